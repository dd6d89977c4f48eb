"""Addresses of the monitor."""

from django.urls import path

from vliegwiel.see.monitor.pages.area.page import area_csv, area_page
from vliegwiel.see.monitor.pages.search.page import search_page
from vliegwiel.see.monitor.pages.start.page import start_page

urlpatterns = [
    path("", start_page),
    path("zoeken", search_page),
    path("gebieden/<str:code>", area_page),
    path("gebieden/<str:code>/cijfers.csv", area_csv),
]
