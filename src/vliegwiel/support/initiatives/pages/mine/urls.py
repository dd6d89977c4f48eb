"""Addresses for who makes an initiative or keeps a meeting place."""

from django.urls import path

from vliegwiel.support.initiatives.pages.mine import own, places, steps, years

urlpatterns = [
    path("mijn/initiatieven", steps.list_page, name="my_initiatives"),
    path("mijn/initiatieven/kaart/<str:municipality>.svg", steps.place_map, name="initiative_place_map"),
    path("mijn/initiatieven/<str:initiative>", own.own_page, name="my_initiative"),
    path("mijn/initiatieven/<str:initiative>/doe", own.act, name="my_initiative_act"),
    path("mijn/initiatieven/<str:initiative>/berichten", own.messages_page, name="my_initiative_messages"),
    path("mijn/initiatieven/<str:initiative>/op-de-site", steps.show_page, name="show_initiative"),
    path("mijn/initiatieven/<str:initiative>/meedoen/<str:token>", own.join_page, name="join_initiative"),
    path("mijn/initiatieven/<str:initiative>/certificaat/<str:thanks>", own.certificate_page, name="certificate"),
    path("mijn/initiatieven/<str:initiative>/plek", steps.place_step, name="my_initiative_place"),
    path("mijn/initiatieven/<str:initiative>/jaarbeeld", years.years_page, name="initiative_years"),
    path("mijn/initiatieven/<str:initiative>/<slug:step>", steps.step_page, name="my_initiative_step"),
    path("werk/jaarbeelden", years.shared_list, name="shared_years"),
    path("werk/jaarbeelden/<str:initiative>", years.shared_page, name="shared_year"),
    path("mijn/ontmoetingsplekken/<str:place>", places.own_place, name="my_meeting_place"),
    path("mijn/ontmoetingsplekken/<str:place>/zelfcheck", places.check_page, name="viability"),
    path("mijn/ontmoetingsplekken/<str:place>/beheer/<str:token>", places.join_place, name="join_place"),
]
