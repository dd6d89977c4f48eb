"""Addresses of the expert pool."""

from django.urls import path

from vliegwiel.support.experts.pages.mine.own import own_form, own_page
from vliegwiel.support.experts.pages.mine.request import own_request
from vliegwiel.support.experts.pages.public.page import pool_page
from vliegwiel.support.experts.pages.work.people import people_page
from vliegwiel.support.experts.pages.work.request import request_page
from vliegwiel.support.experts.pages.work.requests import requests_page
from vliegwiel.support.experts.pages.work.year import year_page

urlpatterns = [
    path("deskundigen", pool_page, name="expert_pool"),
    path("mijn/deskundige", own_page, name="my_expert_page"),
    path("mijn/deskundige/gegevens", own_form, name="my_expert_form"),
    path("mijn/deskundige/verzoeken/<str:request_id>", own_request, name="my_expert_request"),
    path("werk/deskundigen", requests_page, name="expert_requests"),
    path("werk/deskundigen/mensen", people_page, name="expert_people"),
    path("werk/deskundigen/jaar", year_page, name="expert_year"),
    path("werk/deskundigen/verzoeken/<str:request_id>", request_page, name="expert_request"),
]
