"""Addresses of decisions in bulk."""

from django.urls import path

from vliegwiel.support.grants.pages.runs.page import decisions_page

urlpatterns = [path("werk/openstellingen/<str:call>/besluiten", decisions_page, name="decisions_in_bulk")]
