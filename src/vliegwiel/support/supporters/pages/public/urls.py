"""Addresses that everybody may open."""

from django.urls import path

from vliegwiel.support.supporters.pages.public import people, stands

urlpatterns = [
    path("dorpsondersteuners", people.supporters_page, name="supporters"),
    path("dorpsondersteuners/<str:supporter>", people.supporter_page, name="supporter"),
    path("dorpsondersteuners/<str:supporter>/bericht", people.message_page, name="supporter_message"),
    path("dorpsondersteuners/<str:supporter>/bericht/<str:message>/<str:key>", people.confirm_page, name="supporter_confirm"),
    path("ruimte-en-rugdekking", stands.stands_page, name="authority_stands"),
    path("ruimte-en-rugdekking.csv", stands.stands_file, name="authority_stands_file"),
    path("ruimte-en-rugdekking/oordelen.csv", stands.ratings_file, name="ratings_file"),
    path("ruimte-en-rugdekking/vragen.csv", stands.rooms_file, name="rooms_file"),
    path("ruimte-en-rugdekking/<str:request_id>", stands.room_page, name="room_request"),
]
