"""Addresses of village supporters, and of what is asked of authorities."""

from django.urls import include, path

urlpatterns = [
    path("", include("vliegwiel.support.supporters.pages.network.urls")),
    path("", include("vliegwiel.support.supporters.pages.mine.urls")),
    path("", include("vliegwiel.support.supporters.pages.work.urls")),
    path("", include("vliegwiel.support.supporters.pages.public.urls")),
]
