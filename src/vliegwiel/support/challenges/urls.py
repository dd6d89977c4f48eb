"""Addresses of the Right to Challenge."""

from django.urls import path

from vliegwiel.support.challenges.pages.mine.pages import my_challenge, my_challenges, new_challenge
from vliegwiel.support.challenges.pages.public.pages import challenge_page, challenges_csv, challenges_page
from vliegwiel.support.challenges.pages.work.list import work_list
from vliegwiel.support.challenges.pages.work.one import work_page
from vliegwiel.support.challenges.pages.work.rules import rules_page

urlpatterns = [
    path("uitdagingen", challenges_page, name="challenges"),
    path("uitdagingen.csv", challenges_csv, name="challenges_csv"),
    path("uitdagingen/<str:challenge>", challenge_page, name="challenge"),
    path("mijn/uitdagingen", my_challenges, name="my_challenges"),
    path("mijn/uitdagingen/nieuw", new_challenge, name="new_challenge"),
    path("mijn/uitdagingen/<str:challenge>", my_challenge, name="my_challenge"),
    path("werk/uitdagingen", work_list, name="work_challenges"),
    path("werk/uitdagingen/regels", rules_page, name="challenge_rules"),
    path("werk/uitdagingen/<str:challenge>", work_page, name="work_challenge"),
]
