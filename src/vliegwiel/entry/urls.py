"""All addresses, handed down by the rooms."""

from django.urls import include, path

from vliegwiel.foundation.design.wellknown import security_txt

urlpatterns = [
    path(".well-known/security.txt", security_txt),
    path("", include("vliegwiel.foundation.people.urls")),
    path("", include("vliegwiel.see.monitor.urls")),
]
handler404 = "vliegwiel.foundation.design.refusals.not_found"
handler429 = "vliegwiel.foundation.design.refusals.too_often"
handler500 = "vliegwiel.foundation.design.refusals.server_error"
