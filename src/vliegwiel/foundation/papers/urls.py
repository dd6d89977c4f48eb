"""Addresses of papers."""

from django.urls import path

from vliegwiel.foundation.papers.pages.letter.page import letter_page, letter_pdf
from vliegwiel.foundation.papers.pages.paper import paper_file
from vliegwiel.foundation.papers.pages.to_print import printed, to_print_page

urlpatterns = [
    path("stukken/<str:paper>", paper_file, name="paper"),
    path("brieven/<str:letter>", letter_page, name="letter"),
    path("brieven/<str:letter>/pdf", letter_pdf, name="letter_pdf"),
    path("beheer/brieven", to_print_page, name="to_print"),
    path("beheer/brieven/geprint", printed, name="printed"),
]
