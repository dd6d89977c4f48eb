"""Addresses of this room."""

from django.urls import path

from vliegwiel.see.facilities.pages.care.page import care_csv, care_page
from vliegwiel.see.facilities.pages.distance.page import distance_csv, distance_page
from vliegwiel.see.facilities.pages.keep.page import keep_choose
from vliegwiel.see.facilities.pages.nearby.page import nearby_page
from vliegwiel.see.facilities.pages.register.page import facility_page, list_csv, list_page, mistake, report_page
from vliegwiel.see.facilities.pages.saved.page import keep_page, scenario_csv, scenario_page
from vliegwiel.see.facilities.pages.what_if.compare import compare_page
from vliegwiel.see.facilities.pages.what_if.page import what_if_csv, what_if_page, what_if_saved
from vliegwiel.see.facilities.pages.what_if.place import place_map, place_page
from vliegwiel.see.facilities.pages.work.page import edit_page, norm_deed, office_page, release_deed, reports_page, template_file

urlpatterns = [
    path("voorzieningen", list_page, name="facilities"),
    path("voorzieningen.csv", list_csv, name="facilities_csv"),
    path("voorzieningen/afstand", distance_page, name="facility_distances"),
    path("voorzieningen/afstand.csv", distance_csv, name="facility_distances_csv"),
    path("voorzieningen/dichtbij", nearby_page, name="facilities_nearby"),
    path("voorzieningen/wat-als", what_if_page, name="what_if"),
    path("voorzieningen/wat-als.csv", what_if_csv, name="what_if_csv"),
    path("voorzieningen/wat-als/bewaar", what_if_saved, name="what_if_save"),
    path("voorzieningen/wat-als/plek", place_page, name="what_if_place"),
    path("voorzieningen/kaart/<str:code>.svg", place_map, name="what_if_map"),
    path("voorzieningen/wat-als/vergelijk", compare_page, name="what_if_compare"),
    path("voorzieningen/scenarios/<str:saved>.csv", scenario_csv, name="closure_scenario_csv"),
    path("voorzieningen/scenarios/<str:saved>", scenario_page, name="closure_scenario"),
    path("voorzieningen/houden", keep_choose, name="keep_choose"),
    path("voorzieningen/keuzes/<str:saved>", keep_page, name="keep_question"),
    path("voorzieningen/meldingen/<str:report>/<str:key>", report_page, name="facility_report"),
    path("voorzieningen/<str:facility>", facility_page, name="facility"),
    path("voorzieningen/<str:facility>/klopt-niet", mistake, name="facility_mistake"),
    path("zorgkaart", care_page, name="care_map"),
    path("zorgkaart.csv", care_csv, name="care_map_csv"),
    path("werk/voorzieningen", office_page, name="facilities_office"),
    path("werk/voorzieningen/sjabloon.csv", template_file, name="facilities_template"),
    path("werk/voorzieningen/normen", norm_deed, name="facilities_norms"),
    path("werk/voorzieningen/cijfers", release_deed, name="facilities_release"),
    path("werk/voorzieningen/meldingen", reports_page, name="facility_reports"),
    path("werk/voorzieningen/<str:facility>", edit_page, name="facility_edit"),
]
