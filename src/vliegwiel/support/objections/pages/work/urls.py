"""Addresses of who works on objections."""

from django.urls import path

from vliegwiel.support.objections.pages.work.dossier import dossier_page
from vliegwiel.support.objections.pages.work.inbox import enter_page, inbox_file, inbox_page
from vliegwiel.support.objections.pages.work.notice import notice_page

urlpatterns = [
    path("werk/bezwaren", inbox_page, name="objections"),
    path("werk/bezwaren.csv", inbox_file, name="objections_file"),
    path("werk/bezwaren/invoeren", enter_page, name="enter_objection"),
    path("werk/bezwaren/<str:number>", dossier_page, name="objection_file"),
    path("werk/bezwaren/<str:number>/<str:part>", dossier_page, name="objection_part"),
    path("werk/ingebrekestellingen/<str:number>", notice_page, name="default_notice"),
]
