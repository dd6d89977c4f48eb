"""Addresses of the ranking workbench."""

from django.urls import path

from vliegwiel.support.grants.pages.bench.page import calls_page, ranking_file, ranking_page

urlpatterns = [
    path("werk/openstellingen", calls_page, name="calls_at_work"),
    path("werk/openstellingen/<str:call>/rangschikking", ranking_page, name="ranking"),
    path("werk/openstellingen/<str:call>/rangschikking/lijst", ranking_file, name="ranking_file"),
]
