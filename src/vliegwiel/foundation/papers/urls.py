"""Addresses of papers."""

from django.urls import path

from vliegwiel.foundation.papers.pages.batches.page import (
    batch_held,
    batch_letter_page,
    batch_letter_pdf,
    batch_page,
    batch_released,
    batches_page,
)
from vliegwiel.foundation.papers.pages.letter.page import letter_page, letter_pdf
from vliegwiel.foundation.papers.pages.paper.page import paper_file
from vliegwiel.foundation.papers.pages.to_print.page import print_file, printed, to_print_page

urlpatterns = [
    path("stukken/<str:paper>", paper_file, name="paper"),
    path("brieven/<str:letter>", letter_page, name="letter"),
    path("brieven/<str:letter>/pdf", letter_pdf, name="letter_pdf"),
    path("beheer/brieven", to_print_page, name="to_print"),
    path("beheer/brieven/printen.pdf", print_file, name="print_file"),
    path("beheer/brieven/geprint", printed, name="printed"),
    path("beheer/brieven/stapels", batches_page, name="letter_batches"),
    path("beheer/brieven/stapels/<str:batch>", batch_page, name="letter_batch"),
    path("beheer/brieven/stapels/<str:batch>/vrijgeven", batch_released, name="letter_batch_released"),
    path("beheer/brieven/stapels/<str:batch>/vasthouden", batch_held, name="letter_batch_held"),
    path("beheer/brieven/stapels/<str:batch>/<int:number>", batch_letter_page, name="batch_letter"),
    path("beheer/brieven/stapels/<str:batch>/<int:number>/pdf", batch_letter_pdf, name="batch_letter_pdf"),
]
