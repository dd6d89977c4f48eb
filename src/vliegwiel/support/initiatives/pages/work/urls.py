"""Addresses for advisers and municipalities."""

from django.urls import path

from vliegwiel.support.initiatives.pages.work import pages

urlpatterns = [
    path("werk/initiatieven", pages.guard_page, name="guard_initiatives"),
    path("werk/initiatieven/<str:initiative>", pages.guarded_page, name="guarded_initiative"),
    path("werk/ontmoetingsplekken", pages.places_page, name="work_meeting_places"),
    path("werk/vrijwilligers", pages.offers_page, name="work_offers"),
]
