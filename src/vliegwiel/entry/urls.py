"""All addresses, handed down by the rooms."""

from django.urls import include, path

from vliegwiel.entry.api import FEATURES, SERVICE
from vliegwiel.entry.history.page import progress_page
from vliegwiel.foundation.design.wellknown import security_txt
from vliegwiel.see.monitor import catalogue_api
from vliegwiel.see.monitor.pages.api.page import api_page_of

urlpatterns = [
    path(".well-known/security.txt", security_txt),
    path("", include("vliegwiel.foundation.people.urls")),
    path("", include("vliegwiel.foundation.papers.urls")),
    path("", include("vliegwiel.foundation.notices.urls")),
    path("", include("vliegwiel.foundation.budgets.urls")),
    path("", include("vliegwiel.see.figures.urls")),
    path("", include("vliegwiel.see.surveys.urls")),
    path("", include("vliegwiel.see.fieldwork.urls")),
    path("", include("vliegwiel.see.monitor.urls")),
    path("", include("vliegwiel.see.facilities.urls")),
    path("", include("vliegwiel.support.archive.urls")),
    path("", include("vliegwiel.support.confidential.urls")),
    path("", include("vliegwiel.support.consents.urls")),
    path("", include("vliegwiel.support.settlements.urls")),
    path("", include("vliegwiel.support.grants.urls")),
    path("", include("vliegwiel.support.objections.urls")),
    path("", include("vliegwiel.support.schemes.urls")),
    path("", include("vliegwiel.support.desk.urls")),
    path("", include("vliegwiel.support.outreach.urls")),
    path("", include("vliegwiel.support.direct_grants.urls")),
    path("", include("vliegwiel.support.funders.urls")),
    path("", include("vliegwiel.support.running_grants.urls")),
    path("", include("vliegwiel.support.experts.urls")),
    path("", include("vliegwiel.support.challenges.urls")),
    path("", include("vliegwiel.support.offers.urls")),
    path("", include("vliegwiel.support.register.urls")),
    path("", include("vliegwiel.support.initiatives.urls")),
    path("", include("vliegwiel.support.state_aid.urls")),
    path("", include("vliegwiel.support.supporters.urls")),
    path("voorbeeld", progress_page),
    path("data/api", api_page_of(lambda: (SERVICE, FEATURES))),
    *SERVICE.urls(),
    *FEATURES.urls(),
    *catalogue_api.SERVICE.urls(),
]
handler404 = "vliegwiel.foundation.design.refusals.not_found"
handler429 = "vliegwiel.foundation.design.refusals.too_often"
handler500 = "vliegwiel.foundation.design.refusals.server_error"
