"""Addresses of consents."""

from django.urls import path

from vliegwiel.support.consents.pages.answers.page import answer_page, questions_page

urlpatterns = [
    path("gemeente/instemming", questions_page, name="consent_questions"),
    path("gemeente/instemming/<str:consent>", answer_page, name="consent_question"),
]
