"""Addresses that everybody may open."""

from django.urls import path

from vliegwiel.support.initiatives.pages.public import follow, listing, offers, one

urlpatterns = [
    path("initiatieven", listing.initiatives_page, name="initiatives"),
    path("initiatieven.csv", listing.initiatives_csv, name="initiatives_csv"),
    path("initiatieven/fotos/<str:photo>", one.photo_file, name="initiative_photo"),
    path("initiatieven/<str:initiative>", one.initiative_page, name="initiative"),
    path("initiatieven/<str:initiative>/bericht", one.message_page, name="initiative_message"),
    path("initiatieven/<str:initiative>/bericht/<str:message>/<str:key>", one.confirm_page, name="initiative_message_confirm"),
    path("initiatieven/<str:initiative>/ook", one.adopt, name="adopt_initiative"),
    path("ontmoetingsplekken", listing.places_page, name="meeting_places"),
    path("ontmoetingsplekken.csv", listing.places_csv, name="meeting_places_csv"),
    path("ontmoetingsplekken/<str:place>", one.place_page, name="meeting_place"),
    path("volgen", follow.follow_page, name="follow"),
    path("volgen/<str:follow>/stop", follow.stop_page, name="follow_stop"),
    path("volgen/<str:follow>/<str:key>", follow.follow_key_page, name="follow_key"),
    path("vrijwilligers", offers.offers_page, name="offers"),
    path("vrijwilligers/<str:offer>", offers.offer_page, name="offer"),
]
