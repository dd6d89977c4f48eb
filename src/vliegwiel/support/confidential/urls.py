"""Addresses of confidential casework: for the team, for who keeps teams, and the counts for everybody."""

from django.urls import path

from vliegwiel.support.confidential.pages.counts.page import counts_file, counts_page
from vliegwiel.support.confidential.pages.teams.page import teams_page
from vliegwiel.support.confidential.pages.work.page import access_file, case_page, list_page, new_page

urlpatterns = [
    path("vertrouwelijk-werk", counts_page, name="confidential_counts"),
    path("vertrouwelijk-werk.csv", counts_file, name="confidential_counts_file"),
    path("werk/vertrouwelijke-teams", teams_page, name="confidential_teams"),
    path("werk/vertrouwelijk", list_page, name="confidential_cases"),
    path("werk/vertrouwelijk/nieuw", new_page, name="new_confidential"),
    path("werk/vertrouwelijk/<str:number>", case_page, name="confidential_case"),
    path("werk/vertrouwelijk/<str:number>/<slug:part>", case_page, name="confidential_part"),
    path("werk/vertrouwelijk/<str:number>/inzage/<str:request_id>.txt", access_file, name="confidential_access_file"),
]
