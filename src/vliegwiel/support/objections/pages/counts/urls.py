"""Addresses of objections in numbers."""

from django.urls import path

from vliegwiel.support.objections.pages.counts.page import counts_file, counts_page

urlpatterns = [
    path("bezwaren", counts_page, name="objection_counts"),
    path("bezwaren.csv", counts_file, name="objection_counts_file"),
]
