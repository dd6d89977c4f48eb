"""Addresses of a draft."""

from django.urls import path

from vliegwiel.support.grants.pages.apply.page import signing_page, step_page
from vliegwiel.support.grants.pages.apply.start import start_page

urlpatterns = [
    path("aanvragen/nieuw/<str:call>", start_page, name="apply_start"),
    path("aanvragen/<str:application>/ondertekenen", signing_page, name="apply_sign"),
    path("aanvragen/<str:application>/<str:step>", step_page, name="apply_step"),
]
