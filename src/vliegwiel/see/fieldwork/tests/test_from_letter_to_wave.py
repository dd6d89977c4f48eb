"""What must hold from letter to wave: nobody misses a reminder, special data stay special, and a series breaks once."""

from dataclasses import replace

import pytest

from vliegwiel.see.fieldwork.actions import print_invitations as printing
from vliegwiel.see.fieldwork.actions.answer_questions import begin, save_answers, send_answers
from vliegwiel.see.fieldwork.actions.edit_questionnaire import save_questionnaire
from vliegwiel.see.fieldwork.actions.hand_over import hand_over
from vliegwiel.see.fieldwork.actions.print_invitations import unanswered_in
from vliegwiel.see.fieldwork.document import Page
from vliegwiel.see.fieldwork.models import Questionnaire
from vliegwiel.see.fieldwork.tests.given import (
    DOCUMENT,
    HOME,
    SCORES,
    VISITOR,
    a_field_worker,
    a_researcher,
    answered,
    by_letter,
    by_open_link,
    closed,
    codes_in,
)
from vliegwiel.see.surveys.models import Wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_province")]


def test_who_answers_while_reminders_are_made_moves_nobody_out_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "IN_ONE_FILE", 10)
    fielding = by_letter(a_researcher(), a_field_worker(), people=20)
    before = {part: {one.handle for one in some} for part, some in unanswered_in(fielding).items()}
    first = {one.lines[0] for one in unanswered_in(fielding)[1]}
    for name, code in codes_in(fielding):
        if name in first:
            answered(fielding, code)
    assert {part: {one.handle for one in some} for part, some in unanswered_in(fielding).items()} == {2: before[2]}


def test_a_survey_of_special_data_is_one_in_surveys_also_without_a_score() -> None:
    researcher = a_researcher()
    document = replace(DOCUMENT, title="Zonder cijfer", pages=(Page("een", "Een", items=(HOME,)),))
    fielding = by_open_link(researcher, document, special=True, assessment="DPIA 2", title="Zonder cijfer")
    for _number in range(2):
        begun = begin(actor=VISITOR, fielding=fielding.public_id, agreed=True)
        save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"thuis": "1"})
        send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code)
    closed(researcher, fielding)
    wave = Wave.objects.get(public_id=hand_over(actor=researcher, fielding=fielding.public_id))
    assert (wave.special, wave.assessment, wave.described_at) == (True, "DPIA 2", None)


def test_a_series_breaks_once_and_a_score_that_nobody_gave_hides_no_other() -> None:
    researcher = a_researcher()
    waves = []
    for period, words, why in (("2026", "Welk cijfer?", ""), ("2027", "Welk?", "Korter."), ("2028", "Welk?", "Korter.")):
        unasked = replace(SCORES[1], show_if={"fact": "thuis", "is": "2"})
        items = (HOME, replace(SCORES[0], text=words, changed=why), unasked)
        document = replace(DOCUMENT, title="Breuk", pages=(Page("een", "Een", items=items),))
        if asks := Questionnaire.objects.filter(title="Breuk").first():
            save_questionnaire(actor=researcher, questionnaire=asks.public_id, document=document, revision=asks.revision)
        fielding = by_open_link(researcher, document, title="Breuk", period=period)
        begun = begin(actor=VISITOR, fielding=fielding.public_id)
        save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"thuis": "1", "cijfer1": 7})
        send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code)
        closed(researcher, fielding)
        waves.append(Wave.objects.get(public_id=hand_over(actor=researcher, fielding=fielding.public_id)))
    assert [[one.name for one in wave.breaks.all()] for wave in waves] == [[], ["cijfer1"], []]
    assert [wave.columns.filter(name="cijfer2").exists() for wave in waves] == [False] * 3
