"""Addresses of one's own applications."""

from django.urls import path

from vliegwiel.support.grants.pages.mine.ask import ask_page
from vliegwiel.support.grants.pages.mine.completion import completion_page
from vliegwiel.support.grants.pages.mine.download import download
from vliegwiel.support.grants.pages.mine.invitation import invitation_page
from vliegwiel.support.grants.pages.mine.page import application_page, applications_page, discard_page, withdraw_page
from vliegwiel.support.grants.pages.mine.views import views_page

urlpatterns = [
    path("mijn/aanvragen", applications_page, name="my_applications"),
    path("mijn/aanvragen/<str:application>", application_page, name="my_application"),
    path("mijn/aanvragen/<str:application>/aanvullen", completion_page, name="my_completion"),
    path("mijn/aanvragen/<str:application>/bericht", ask_page, name="my_message"),
    path("mijn/aanvragen/<str:application>/download", download, name="my_download"),
    path("mijn/aanvragen/<str:application>/intrekken", withdraw_page, name="my_withdrawal"),
    path("mijn/aanvragen/<str:application>/reageren", views_page, name="my_views"),
    path("mijn/aanvragen/<str:application>/uitnodiging", invitation_page, name="my_invitation"),
    path("mijn/aanvragen/<str:application>/weggooien", discard_page, name="my_discarding"),
]
