"""Addresses of messages."""

from django.urls import path

from vliegwiel.foundation.notices.pages.mine.page import message_page, messages_page, preferences_page
from vliegwiel.foundation.notices.pages.planned.page import (
    pause_lifted,
    pause_set,
    planned_message_page,
    planned_page,
    reached,
)

urlpatterns = [
    path("mijn/berichten", messages_page, name="messages"),
    path("mijn/berichten/<str:message>", message_page, name="message"),
    path("mijn/voorkeuren", preferences_page, name="preferences"),
    path("beheer/berichten", planned_page, name="planned_messages"),
    path("beheer/berichten/tekst", planned_message_page, name="planned_message"),
    path("beheer/berichten/stilzetten", pause_set, name="pause_set"),
    path("beheer/berichten/stilzetten/<str:pause>/opheffen", pause_lifted, name="pause_lifted"),
    path("beheer/berichten/<str:message>/bereikt", reached, name="message_reached"),
]
