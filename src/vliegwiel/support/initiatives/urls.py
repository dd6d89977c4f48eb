"""Addresses of initiatives, meeting places and what volunteers are offered."""

from django.urls import include, path

urlpatterns = [
    path("", include("vliegwiel.support.initiatives.pages.public.urls")),
    path("", include("vliegwiel.support.initiatives.pages.mine.urls")),
    path("", include("vliegwiel.support.initiatives.pages.work.urls")),
]
