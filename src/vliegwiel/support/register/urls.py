"""Addresses of the subsidy register."""

from django.urls import path

from vliegwiel.support.register.pages.register.page import csv_file, entry_page, package_file, register_page

urlpatterns = [
    path("subsidieregister", register_page, name="subsidy_register"),
    path("subsidieregister.csv", csv_file, name="subsidy_register_csv"),
    path("subsidieregister/360giving.json", package_file, name="subsidy_register_360"),
    path("subsidieregister/<str:number>", entry_page, name="subsidy"),
]
