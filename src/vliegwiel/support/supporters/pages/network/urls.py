"""Addresses for supporters alone."""

from django.urls import path

from vliegwiel.support.supporters.pages.network import page

urlpatterns = [
    path("dorpsondersteuners/netwerk", page.network_page, name="supporters_network"),
    path("dorpsondersteuners/netwerk/<str:question>", page.question_page, name="network_question"),
]
