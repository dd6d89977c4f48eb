"""Addresses of the archive: the work of who keeps it, and what stays of a file for everybody."""

from django.urls import path

from vliegwiel.support.archive.pages.keeping.page import due_file, due_page
from vliegwiel.support.archive.pages.lists.page import list_file, list_page
from vliegwiel.support.archive.pages.stone.page import stone_page
from vliegwiel.support.archive.pages.transfer.page import transfer_file

urlpatterns = [
    path("beheer/bewaren", due_page, name="retention"),
    path("beheer/bewaren/aan-de-beurt.csv", due_file, name="retention_due_file"),
    path("beheer/bewaren/lijsten/<str:name>", list_page, name="destruction_list"),
    path("beheer/bewaren/lijsten/<str:name>/lijst.csv", list_file, name="destruction_list_file"),
    path("beheer/bewaren/dossiers/<str:number>.zip", transfer_file, name="archive_transfer"),
    path("vernietigd/<str:name>", stone_page, name="tombstone"),
]
