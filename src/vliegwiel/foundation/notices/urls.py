"""Addresses of messages."""

from django.urls import path

from vliegwiel.foundation.notices.pages.mine import message_page, messages_page, preferences_page
from vliegwiel.foundation.notices.pages.planned import planned_page

urlpatterns = [
    path("mijn/berichten", messages_page, name="messages"),
    path("mijn/berichten/<str:message>", message_page, name="message"),
    path("mijn/voorkeuren", preferences_page, name="preferences"),
    path("beheer/berichten", planned_page, name="planned_messages"),
]
