"""Addresses of state aid."""

from django.urls import path

from vliegwiel.support.state_aid.pages.tasks.page import ledger_page, tasks_page

urlpatterns = [
    path("werk/staatssteun", tasks_page, name="state_aid"),
    path("werk/staatssteun/<str:organisation>", ledger_page, name="state_aid_ledger"),
]
