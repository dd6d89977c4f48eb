"""All addresses, handed down by the rooms."""

from django.urls import include, path

urlpatterns = [path("", include("vliegwiel.see.monitor.urls"))]
handler404 = "vliegwiel.foundation.design.refusals.not_found"
handler500 = "vliegwiel.foundation.design.refusals.server_error"
