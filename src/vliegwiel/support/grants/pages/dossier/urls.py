"""Addresses of a file at work."""

from django.urls import path

from vliegwiel.support.grants.pages.dossier.page import dossier_page

urlpatterns = [
    path("werk/aanvragen/<str:number>", dossier_page, name="dossier"),
    path("werk/aanvragen/<str:number>/<str:part>", dossier_page, name="dossier_part"),
]
