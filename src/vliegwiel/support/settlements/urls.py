"""Addresses of settlements; each part lists its own."""

from django.urls import path

from vliegwiel.support.settlements.pages.due.page import due_page
from vliegwiel.support.settlements.pages.file.page import file_page
from vliegwiel.support.settlements.pages.mine.act import account_page, change_page, duty_page, reaction_page
from vliegwiel.support.settlements.pages.mine.page import money_page
from vliegwiel.support.settlements.pages.mine.report import report_page
from vliegwiel.support.settlements.pages.misuse.page import misuse_page
from vliegwiel.support.settlements.pages.work.page import work_page

_MINE = "mijn/aanvragen/<str:application>/geld"
urlpatterns = [
    path("werk/uitbetalingen", due_page, name="due_payments"),
    path("werk/vaststellingen", work_page, name="settlements"),
    path("werk/vaststellingen/<str:number>", file_page, name="settlement"),
    path("werk/vaststellingen/<str:number>/<str:part>", file_page, name="settlement_part"),
    path("werk/misbruik", misuse_page, name="misuse"),
    path(_MINE, money_page, name="my_money"),
    path(f"{_MINE}/verslag", report_page, name="my_report"),
    path(f"{_MINE}/tussenbericht", report_page, {"progress": True}, name="my_progress"),
    path(f"{_MINE}/wijzigen", change_page, name="my_change"),
    path(f"{_MINE}/reageren", reaction_page, name="my_reaction"),
    path(f"{_MINE}/rekening", account_page, name="my_account"),
    path(f"{_MINE}/verplichting/<int:duty>", duty_page, name="my_duty"),
]
