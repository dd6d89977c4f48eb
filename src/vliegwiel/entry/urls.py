"""All addresses, handed down by the rooms."""

from django.urls import include, path

from vliegwiel.entry.api import FEATURES, SERVICE
from vliegwiel.see.monitor import catalogue_api
from vliegwiel.see.monitor.pages.api.page import api_page_of

urlpatterns = [
    path("", include("vliegwiel.see.monitor.urls")),
    path("data/api", api_page_of(lambda: (SERVICE, FEATURES))),
    *SERVICE.urls(),
    *FEATURES.urls(),
    *catalogue_api.SERVICE.urls(),
]
handler404 = "vliegwiel.foundation.design.refusals.not_found"
handler500 = "vliegwiel.foundation.design.refusals.server_error"
