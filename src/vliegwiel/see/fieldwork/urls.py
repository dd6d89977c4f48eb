"""Addresses of fieldwork: taking part, the panel, and the work of who makes, runs, invites and enters."""

from django.urls import path

from vliegwiel.see.fieldwork.pages.answering import page as answering
from vliegwiel.see.fieldwork.pages.panel import page as panel
from vliegwiel.see.fieldwork.pages.panel import work as panels
from vliegwiel.see.fieldwork.pages.questionnaires import edit, page
from vliegwiel.see.fieldwork.pages.work import fielding, letters

urlpatterns = [
    path("meedoen", answering.door_page, name="take_part"),
    path("meedoen/<str:fielding>", answering.start_page, name="take_part_start"),
    path("meedoen/<str:fielding>/<int:place>", answering.questions_page, name="take_part_page"),
    path("meedoen/<str:fielding>/nakijken", answering.check_page, name="take_part_check"),
    path("meedoen/<str:fielding>/later", answering.later_page, name="take_part_later"),
    path("meedoen/<str:fielding>/bedankt", answering.thanks_page, name="take_part_thanks"),
    path("panel/mijn", panel.leave_page, name="panel_leave"),
    path("panel/<str:panel>", panel.join_page, name="panel_join"),
    path("werk/panels", panels.panels_page, name="panels"),
    path("werk/panels/<str:panel>", panels.members_page, name="panel"),
    path("werk/vragenlijsten", page.list_page, name="questionnaires"),
    path("werk/vragenlijsten/<str:questionnaire>", page.questionnaire_page, name="questionnaire"),
    path("werk/vragenlijsten/<str:questionnaire>/voorbeeld", page.preview_page, name="questionnaire_preview"),
    path("werk/vragenlijsten/<str:questionnaire>/surveyjs.json", page.surveyjs_file, name="questionnaire_surveyjs"),
    path("werk/vragenlijsten/<str:questionnaire>/blad/<str:name>", edit.page_page, name="questionnaire_part"),
    path("werk/vragenlijsten/<str:questionnaire>/vraag/<str:name>", edit.item_page, name="questionnaire_item"),
    path("werk/veldwerk", fielding.list_page, name="fieldings"),
    path("werk/veldwerk/plan/<str:questionnaire>", fielding.plan_page, name="fielding_plan"),
    path("werk/veldwerk/<str:fielding>", fielding.fielding_page, name="fielding"),
    path("werk/veldwerk/<str:fielding>/respons.csv", fielding.response_file, name="fielding_response"),
    path("werk/veldwerk/<str:fielding>/brieven", letters.letters_page, name="fielding_letters"),
    path("werk/veldwerk/<str:fielding>/brieven.pdf", letters.letters_file, name="fielding_letters_file"),
    path("werk/veldwerk/<str:fielding>/telefoon", fielding.phone_page, name="fielding_phone"),
]
