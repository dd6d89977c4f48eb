"""Addresses of typing in what came on paper, at the counter or by phone."""

from django.urls import path

from vliegwiel.support.grants.pages.enter.page import calls_page, completion_page, register_page

urlpatterns = [
    path("werk/invoeren", calls_page, name="enter_calls"),
    path("werk/invoeren/<str:number>/aanvulling", completion_page, name="enter_completion"),
    path("werk/invoeren/<str:application>", register_page, name="enter_register"),
]
