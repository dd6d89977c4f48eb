"""Addresses of working with other funders: for officers and funds, and for who applied."""

from django.urls import path

from vliegwiel.support.funders.pages.mine.page import readers_page
from vliegwiel.support.funders.pages.office.agreement import agreement_page, change_page, list_page, new_page, stand_file
from vliegwiel.support.funders.pages.office.decisions import decision_page, intake_page, template_file, waiting_page
from vliegwiel.support.funders.pages.office.plan import shared_file, shared_page
from vliegwiel.support.funders.pages.office.statements import new_statement_page, statement_file, statement_page

urlpatterns = [
    path("werk/medefinanciers", list_page, name="funder_agreements"),
    path("werk/medefinanciers/nieuw", new_page, name="funder_agreement_new"),
    path("werk/medefinanciers/sjabloon.csv", template_file, name="fund_template"),
    path("werk/medefinanciers/besluiten/<str:number>", decision_page, name="fund_decision"),
    path("werk/medefinanciers/afrekeningen/<str:statement>.csv", statement_file, name="funder_statement_file"),
    path("werk/medefinanciers/afrekeningen/<str:statement>", statement_page, name="funder_statement"),
    path("werk/medefinanciers/<str:agreement>", agreement_page, name="funder_agreement"),
    path("werk/medefinanciers/<str:agreement>/stand.csv", stand_file, name="funder_stand"),
    path("werk/medefinanciers/<str:agreement>/wijzigen", change_page, name="funder_agreement_change"),
    path("werk/medefinanciers/<str:agreement>/besluiten", intake_page, name="fund_decisions"),
    path("werk/medefinanciers/<str:agreement>/aanlevering/<str:intake>", waiting_page, name="fund_intake"),
    path("werk/medefinanciers/<str:agreement>/afrekenen", new_statement_page, name="funder_statement_new"),
    path("werk/medefinanciers/<str:agreement>/aanvragen/<str:number>.csv", shared_file, name="shared_application_file"),
    path("werk/medefinanciers/<str:agreement>/aanvragen/<str:number>", shared_page, name="shared_application"),
    path("mijn/aanvragen/<str:application>/meelezers", readers_page, name="application_readers"),
]
