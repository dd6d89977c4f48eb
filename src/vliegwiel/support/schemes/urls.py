"""Addresses of schemes."""

from django.urls import path, register_converter

from vliegwiel.support.schemes.pages.build.page import case_page, case_taken, cases_filled, draft_file, part_page
from vliegwiel.support.schemes.pages.calls.page import call_announced, call_dropped, call_page, call_planned
from vliegwiel.support.schemes.pages.check.page import check_page, proof
from vliegwiel.support.schemes.pages.crisis.page import crisis_page
from vliegwiel.support.schemes.pages.listing.page import listing_page
from vliegwiel.support.schemes.pages.scheme.page import regulation_file, scheme_page
from vliegwiel.support.schemes.pages.workbench.page import (
    scheme_acted,
    scheme_imported,
    scheme_started,
    schemes_page,
    workbench_page,
)


class SchemeKey:
    """The key of a scheme in an address: province and name, as `gelderland/dorpendeal`."""

    regex = "[a-z0-9-]+/[a-z0-9-]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(SchemeKey, "scheme")
_SCHEME = "beheer/regelingen/<scheme:key>"
urlpatterns = [
    path("regelingen", listing_page, name="schemes"),
    path("regelingen/<scheme:key>", scheme_page, name="scheme"),
    path("regelingen/<scheme:key>/check", check_page, name="scheme_check"),
    path("regelingen/<scheme:key>/check/bewijs", proof, name="scheme_check_proof"),
    path("regelingen/<scheme:key>/versies/<str:version>", regulation_file, name="scheme_version"),
    path("beheer/regelingen", schemes_page, name="schemes_managed"),
    path("beheer/regelingen/nieuw", scheme_started, name="scheme_started"),
    path("beheer/regelingen/inlezen", scheme_imported, name="scheme_imported"),
    path("beheer/crisis", crisis_page, name="crisis"),
    path(_SCHEME, workbench_page, name="scheme_workbench"),
    path(f"{_SCHEME}/doe", scheme_acted, name="scheme_acted"),
    path(f"{_SCHEME}/bestand", draft_file, name="scheme_file"),
    path(f"{_SCHEME}/openstelling", call_planned, name="call_planned"),
    path(f"{_SCHEME}/voorbeelden/vul-in", cases_filled, name="scheme_cases_filled"),
    path(f"{_SCHEME}/voorbeelden/<slug:number>", case_page, name="scheme_case"),
    path(f"{_SCHEME}/voorbeelden/<slug:number>/neem-over", case_taken, name="scheme_case_taken"),
    path(f"{_SCHEME}/<slug:part>", part_page, name="scheme_part"),
    path("beheer/openstellingen/<str:call>", call_page, name="call_managed"),
    path("beheer/openstellingen/<str:call>/bekend", call_announced, name="call_announced"),
    path("beheer/openstellingen/<str:call>/weg", call_dropped, name="call_dropped"),
]
