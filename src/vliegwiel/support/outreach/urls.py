"""Addresses of outreach, for who works with the reach list."""

from django.urls import path

from vliegwiel.support.outreach.pages.work.lists import partners_page, reach_file, reach_page, tasks_page
from vliegwiel.support.outreach.pages.work.task import ask_page, task_page

urlpatterns = [
    path("werk/bereik", reach_page, name="reach_list"),
    path("werk/bereik.csv", reach_file, name="reach_file"),
    path("werk/bereik/taken", tasks_page, name="outreach_tasks"),
    path("werk/bereik/partners", partners_page, name="outreach_partners"),
    path("werk/bereik/vraag/<str:area>", ask_page, name="ask_outreach"),
    path("werk/bereik/<str:task>", task_page, name="outreach_task"),
]
