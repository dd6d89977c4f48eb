"""Addresses of running grants."""

from django.urls import path

from vliegwiel.support.running_grants.pages.takeover.page import takeover_page, template_file

urlpatterns = [
    path("werk/lopende-subsidies", takeover_page, name="running_grants"),
    path("werk/lopende-subsidies/sjabloon.csv", template_file, name="running_grants_template"),
]
