"""Addresses of surveys: what everybody reads, and the work of researchers."""

from django.urls import path

from vliegwiel.see.surveys.pages.proof.page import as_r_page
from vliegwiel.see.surveys.pages.public.page import account_page, ahead_page, survey_file, survey_page, surveys_page
from vliegwiel.see.surveys.pages.work.areas import areas_file, areas_page
from vliegwiel.see.surveys.pages.work.meaning import meaning_page
from vliegwiel.see.surveys.pages.work.profiles import profiles_page
from vliegwiel.see.surveys.pages.work.regions import regions_page
from vliegwiel.see.surveys.pages.work.screening import open_page
from vliegwiel.see.surveys.pages.work.steps import decisions_file, run_page, weights_page
from vliegwiel.see.surveys.pages.work.wave import answers_page, description_page, wave_page
from vliegwiel.see.surveys.pages.work.waves import waves_page

urlpatterns = [
    path("enquetes", surveys_page, name="surveys"),
    path("enquetes/<str:survey>", survey_page, name="survey"),
    path("enquetes/<str:survey>/verantwoording", account_page, name="survey_account"),
    path("enquetes/<str:survey>/uitkomsten.csv", survey_file, name="survey_file"),
    path("enquetes/<str:survey>/vooraf/<str:review>", ahead_page, name="survey_ahead"),
    path("methoden/even-goed-als-r", as_r_page, name="as_r"),
    path("werk/enquetes", waves_page, name="waves"),
    path("werk/enquetes/profielen", profiles_page, name="survey_profiles"),
    path("werk/enquetes/regios", regions_page, name="survey_regions"),
    path("werk/enquetes/<str:wave>", wave_page, name="wave"),
    path("werk/enquetes/<str:wave>/beschrijving", description_page, name="wave_description"),
    path("werk/enquetes/<str:wave>/antwoorden", answers_page, name="wave_answers"),
    path("werk/enquetes/<str:wave>/wegen", weights_page, name="wave_weights"),
    path("werk/enquetes/<str:wave>/kleine-gebieden", areas_page, name="wave_areas"),
    path("werk/enquetes/<str:wave>/kleine-gebieden.csv", areas_file, name="wave_areas_file"),
    path("werk/enquetes/<str:wave>/betekenis", meaning_page, name="wave_meaning"),
    path("werk/enquetes/<str:wave>/open-antwoorden", open_page, name="wave_open"),
    path("werk/enquetes/<str:wave>/rekenen", run_page, name="wave_run"),
    path("werk/enquetes/<str:wave>/besluiten.csv", decisions_file, name="wave_decisions"),
]
