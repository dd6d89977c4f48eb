"""Addresses of assessors."""

from django.urls import path

from vliegwiel.support.grants.pages.score.page import assignments_page, score_page

urlpatterns = [
    path("beoordelen", assignments_page, name="my_assessments"),
    path("beoordelen/<str:number>", score_page, name="score"),
]
