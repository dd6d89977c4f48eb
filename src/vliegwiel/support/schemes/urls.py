"""Addresses of schemes."""

from django.urls import path

from vliegwiel.support.schemes.pages.check.page import check_page, proof
from vliegwiel.support.schemes.pages.listing.page import listing_page
from vliegwiel.support.schemes.pages.scheme.page import regulation_file, scheme_page

urlpatterns = [
    path("regelingen", listing_page, name="schemes"),
    path("regelingen/<slug:place>/<slug:name>", scheme_page, name="scheme"),
    path("regelingen/<slug:place>/<slug:name>/check", check_page, name="scheme_check"),
    path("regelingen/<slug:place>/<slug:name>/check/bewijs", proof, name="scheme_check_proof"),
    path("regelingen/<slug:place>/<slug:name>/versies/<str:version>", regulation_file, name="scheme_version"),
]
