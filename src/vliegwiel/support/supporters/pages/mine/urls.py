"""Addresses for a supporter, and for who asks something of an authority."""

from django.urls import path

from vliegwiel.support.supporters.pages.mine import asked, supporter

urlpatterns = [
    path("mijn/dorpsondersteuner", supporter.supporter_page, name="my_supporter"),
    path("mijn/dorpsondersteuner/berichten", supporter.inbox_page, name="my_supporter_messages"),
    path("mijn/rugdekking", asked.mine_page, name="my_backing"),
    path("mijn/rugdekking/vraag", asked.ask_backing_page, name="ask_backing"),
    path("mijn/rugdekking/<str:request_id>", asked.backing_page, name="my_backing_one"),
    path("mijn/ruimte/vraag", asked.ask_room_page, name="ask_room"),
    path("mijn/oordeel", asked.rate_page, name="rate_authorities"),
]
