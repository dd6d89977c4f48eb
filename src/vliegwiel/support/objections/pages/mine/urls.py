"""Addresses of one's own objections."""

from django.urls import path

from vliegwiel.support.objections.pages.mine.lodge import lodge_page
from vliegwiel.support.objections.pages.mine.notice import notice_page, objection_notice_page
from vliegwiel.support.objections.pages.mine.status import objection_page

urlpatterns = [
    path("mijn/aanvragen/<str:application>/bezwaar", lodge_page, name="my_lodging"),
    path("mijn/aanvragen/<str:application>/te-laat", notice_page, name="my_notice"),
    path("mijn/bezwaren/<str:objection>", objection_page, name="my_objection"),
    path("mijn/bezwaren/<str:objection>/te-laat", objection_notice_page, name="my_objection_notice"),
]
