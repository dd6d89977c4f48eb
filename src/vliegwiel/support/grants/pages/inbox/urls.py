"""Addresses of the inbox."""

from django.urls import path

from vliegwiel.support.grants.pages.inbox.page import inbox_file, inbox_page

urlpatterns = [
    path("werk/aanvragen", inbox_page, name="inbox"),
    path("werk/aanvragen.csv", inbox_file, name="inbox_file"),
]
