"""Addresses of the monitor."""

from django.urls import path

from vliegwiel.see.monitor.pages.area.page import area_csv, area_page
from vliegwiel.see.monitor.pages.compare.page import compare_csv, compare_page
from vliegwiel.see.monitor.pages.data.page import data_page
from vliegwiel.see.monitor.pages.frame.page import frames_page
from vliegwiel.see.monitor.pages.glossary.page import glossary_page
from vliegwiel.see.monitor.pages.indicator.page import indicator_csv, indicator_json, indicator_page
from vliegwiel.see.monitor.pages.map.background import background_tile
from vliegwiel.see.monitor.pages.map.live import tiles_file
from vliegwiel.see.monitor.pages.map.page import map_csv, map_json, map_page
from vliegwiel.see.monitor.pages.method.page import method_page, methods_page
from vliegwiel.see.monitor.pages.outcome.page import note_page, outcome_released, outcomes_page, shown_page
from vliegwiel.see.monitor.pages.scan.page import compare_page as compare_scans
from vliegwiel.see.monitor.pages.scan.page import scan_page, scan_step, scans_page
from vliegwiel.see.monitor.pages.sdg.page import goals_page
from vliegwiel.see.monitor.pages.search.page import search_page
from vliegwiel.see.monitor.pages.start.page import start_page
from vliegwiel.see.monitor.pages.theme.page import theme_page
from vliegwiel.see.monitor.pages.vulnerability.files import vulnerability_csv, vulnerability_receipt
from vliegwiel.see.monitor.pages.vulnerability.method import vulnerability_method
from vliegwiel.see.monitor.pages.vulnerability.page import vulnerability_page

urlpatterns = [
    path("", start_page),
    path("zoeken", search_page),
    path("gebieden/<str:code>", area_page),
    path("gebieden/<str:code>/cijfers.csv", area_csv),
    path("gebieden/<str:code>/thema/<slug:key>", theme_page),
    path("data", data_page),
    path("methoden", methods_page),
    path("methoden/kwetsbaarheid", vulnerability_method),
    path("methoden/<slug:key>", method_page),
    path("kaders", frames_page),
    path("duurzame-doelen", goals_page),
    path("begrippen", glossary_page),
    path("scans", scans_page),
    path("scans/vergelijk", compare_scans),
    path("scans/<str:scan_id>", scan_page),
    path("scans/<str:scan_id>/<slug:step>", scan_step),
    path("kwetsbaarheid", vulnerability_page),
    path("kwetsbaarheid.csv", vulnerability_csv),
    path("kwetsbaarheid/bon.json", vulnerability_receipt),
    path("gebieden/<str:code>/<slug:key>", indicator_page),
    path("gebieden/<str:code>/<slug:key>/cijfers.csv", indicator_csv),
    path("gebieden/<str:code>/<slug:key>/cijfers.json", indicator_json),
    path("beheer/uitkomsten", outcomes_page, name="outcomes"),
    path("beheer/uitkomsten/vrijgeven", outcome_released, name="outcome_released"),
    path("gemeente/uitkomsten", shown_page, name="outcomes_shown"),
    path("gemeente/uitkomsten/<str:release>", note_page, name="outcome_note"),
    path("kaart", map_page),
    path("kaart/cijfers.csv", map_csv),
    path("kaart/cijfers.json", map_json),
    path("tegels/<str:name>", tiles_file),
    path("achtergrond/<int:zoom>/<int:column>/<int:row>.png", background_tile),
    path("vergelijk", compare_page),
    path("vergelijk/cijfers.csv", compare_csv),
]
