"""Addresses of the front desk."""

from django.urls import path

from vliegwiel.support.desk.pages.ask.page import desk_page
from vliegwiel.support.desk.pages.follow.page import linked_page, my_list, my_page
from vliegwiel.support.desk.pages.hours.page import hours_page
from vliegwiel.support.desk.pages.on_time.page import on_time_file, on_time_page
from vliegwiel.support.desk.pages.routing.page import routing_page
from vliegwiel.support.desk.pages.work.dossier import file_page
from vliegwiel.support.desk.pages.work.inbox import enter_page, inbox_page

urlpatterns = [
    path("loket", desk_page, name="desk"),
    path("loket/op-tijd", on_time_page, name="desk_on_time"),
    path("loket/op-tijd.csv", on_time_file, name="desk_on_time_file"),
    path("loket/vragen/<str:enquiry>/<str:token>", linked_page, name="linked_enquiry"),
    path("mijn/vragen", my_list, name="my_enquiries"),
    path("mijn/vragen/<str:enquiry>", my_page, name="my_enquiry"),
    path("werk/loket", inbox_page, name="desk_inbox"),
    path("werk/loket/invoeren", enter_page, name="enter_enquiry"),
    path("werk/loket/verdeling", routing_page, name="desk_routing"),
    path("werk/loket/uren", hours_page, name="desk_hours"),
    path("werk/loket/<str:number>", file_page, name="desk_file"),
    path("werk/loket/<str:number>/<slug:part>", file_page, name="desk_file_part"),
]
