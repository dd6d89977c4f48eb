"""Addresses of direct grants: the work of officers, and the reports that everybody reads."""

from django.urls import path

from vliegwiel.support.direct_grants.pages.office.course import course_page
from vliegwiel.support.direct_grants.pages.office.new import new_page
from vliegwiel.support.direct_grants.pages.office.page import grant_page, list_page, series_page
from vliegwiel.support.direct_grants.pages.reports.office import reports_work_page
from vliegwiel.support.direct_grants.pages.reports.page import report_file, report_page, reports_page

urlpatterns = [
    path("werk/directe-subsidies", list_page, name="direct_grants"),
    path("werk/directe-subsidies/nieuw", new_page, name="direct_grant_new"),
    path("werk/directe-subsidies/verslagen", reports_work_page, name="direct_reports_work"),
    path("werk/directe-subsidies/reeksen/<str:series>", series_page, name="direct_series"),
    path("werk/directe-subsidies/vervolg/<str:number>", course_page, name="grant_course"),
    path("werk/directe-subsidies/<str:number>", grant_page, name="direct_grant"),
    path("subsidies-zonder-regeling", reports_page, name="direct_reports"),
    path("subsidies-zonder-regeling/<int:year>", report_page, name="direct_report"),
    path("subsidies-zonder-regeling/<int:year>.csv", report_file, name="direct_report_file"),
]
