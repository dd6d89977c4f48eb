"""Addresses for who answers for an authority, and for advisers."""

from django.urls import path

from vliegwiel.support.supporters.pages.work import page

urlpatterns = [
    path("werk/rugdekking", page.inbox_page, name="backing_inbox"),
    path("werk/rugdekking/<str:request_id>", page.backing_page, name="backing_asked"),
    path("werk/ruimte/<str:request_id>", page.room_page, name="room_asked"),
    path("werk/dorpsondersteuners", page.confirm_page, name="confirm_supporters"),
]
