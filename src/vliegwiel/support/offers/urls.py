"""Addresses of offers of help: for who sends them, and for municipalities."""

from django.urls import path

from vliegwiel.support.offers.pages.municipality.page import answer_page, offers_page
from vliegwiel.support.offers.pages.office.page import counts_file, counts_page, office_page

urlpatterns = [
    path("beheer/aanbod", office_page, name="help_offers"),
    path("beheer/aanbod/<str:offer>", counts_page, name="help_offer"),
    path("beheer/aanbod/<str:offer>/antwoorden.csv", counts_file, name="help_offer_file"),
    path("gemeente/aanbod", offers_page, name="offers_to_us"),
    path("gemeente/aanbod/<str:offer>/<str:municipality>", answer_page, name="offer_to_us"),
]
