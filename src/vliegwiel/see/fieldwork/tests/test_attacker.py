"""Who holds the whole database, and even who looks at it while people answer, finds nobody's answers."""

import json
import random
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.answer_questions import come_in, save_answers
from vliegwiel.see.fieldwork.actions.print_invitations import unanswered
from vliegwiel.see.fieldwork.actions.shuffle_answers import shuffle_answers
from vliegwiel.see.fieldwork.models import Door, Fielding, Invitation, PanelMember, SentAnswers, UnsentAnswers, WrittenAnswer
from vliegwiel.see.fieldwork.tests.given import (
    GIVEN,
    VISITOR,
    a_field_worker,
    a_researcher,
    answered,
    by_letter,
    closed,
    codes_in,
    someone,
)
from vliegwiel.see.surveys.tests.given import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_province")]


def _rows(model: Any) -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]


def _stored_order(model: Any) -> list[str]:
    """The rows as they lie in the file of the database: the order of writing, which no column tells."""
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {model._meta.pk.column} FROM {model._meta.db_table} ORDER BY {hidden}")
        return [row[0] for row in cursor.fetchall()]


def test_nothing_that_an_invitation_holds_stands_with_answers_doors_or_boxes() -> None:
    fielding = by_letter(a_researcher(), a_field_worker())
    people = list(codes_in(fielding))
    for _name, code in people[:12]:
        answered(fielding, code, thuis="2", waarom="Omdat het stil is.")
    begun = come_in(actor=VISITOR, typed=people[20][1])
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values=GIVEN)
    shared = {str(fielding.pk)}
    for one, other in product((Invitation,), (Door, UnsentAnswers, SentAnswers, WrittenAnswer)):
        mine = {value for row in _rows(one) for value in row.values()} - shared
        theirs = {value for row in _rows(other) for value in row.values()} - shared
        assert {value for value in mine & theirs if len(value) > 3} == set(), other
    whole = json.dumps([row for model in apps.get_models() for row in _rows(model)])
    for _name, code in people:
        assert codes.read_code(code) not in whole
        assert code not in whole
    assert "cijfer1" not in json.dumps(_rows(UnsentAnswers))


def test_no_table_with_answers_or_codes_has_a_moment_or_a_number_in_order() -> None:
    for model in (Door, UnsentAnswers, SentAnswers, WrittenAnswer, Invitation):
        kinds = {field.get_internal_type() for field in model._meta.fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}, model
        if model is not Invitation:
            assert model._meta.pk.get_internal_type() == "CharField", model
    from base64 import urlsafe_b64decode

    box = codes.locked("salt", "abcdefghjkmn", {"a": 1})
    assert urlsafe_b64decode(box)[1:9] == bytes(8), "the box would tell when it was closed"


def test_after_shuffling_neither_order_nor_the_act_that_wrote_a_row_joins_answers_to_doors() -> None:
    fielding, chance = by_letter(a_researcher(), a_field_worker()), random.Random(4)
    people = list(codes_in(fielding))
    chance.shuffle(people)
    came, doors = [], []
    for _name, code in people[:24]:
        before = set(SentAnswers.objects.values_list("key", flat=True))
        answered(fielding, code, **someone(chance))
        came += list(set(SentAnswers.objects.values_list("key", flat=True)) - before)
        doors.append(codes.door_mark(fielding.salt, codes.read_code(code)))
    assert shuffle_answers(actor=SYSTEM) == 1
    assert shuffle_answers(actor=SYSTEM) == 0
    assert _stored_order(SentAnswers) == sorted(came) != came
    assert _stored_order(Door) == sorted(_stored_order(Door))
    assert Door.objects.filter(spent=True).count() == 24
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT xmin::text FROM fieldwork_sentanswers UNION SELECT xmin::text FROM fieldwork_door")
            assert len(cursor.fetchall()) == 1


def test_the_trail_says_that_answers_came_in_and_never_whose() -> None:
    fielding = by_letter(a_researcher(), a_field_worker())
    name, code = next(codes_in(fielding))
    answered(fielding, code)
    sent = Entry.objects.get(action="send-answers")
    assert (sent.object_id, sent.actor_kind, sent.actor_id, sent.facts) == (fielding.public_id, "visitor", "", {"mode": "web"})
    everything = json.dumps([[one.action, one.object_id, one.facts, one.reason] for one in Entry.objects.all()])
    assert not any(part in everything for part in (name, codes.read_code(code), SentAnswers.objects.get().key))


def test_once_closed_not_even_the_province_can_find_out_who_answered(settings: Any) -> None:
    researcher = a_researcher()
    fielding = by_letter(researcher, a_field_worker())
    people = dict(codes_in(fielding))
    for code in list(people.values())[:11]:
        answered(fielding, code)
    left = {one.lines[0] for one in unanswered(fielding)}
    assert left == set(list(people)[11:]), "reminders go by making each code again"
    gone = closed(researcher, fielding)
    assert (gone.salt, Invitation.objects.count(), Door.objects.count(), UnsentAnswers.objects.count()) == ("", 0, 0, 0)
    assert SentAnswers.objects.count() == 11
    assert not [row for row in _rows(SentAnswers) if any(name in json.dumps(row) for name in people)]


def test_without_the_secret_of_the_installation_codes_cannot_be_made_again(settings: Any) -> None:
    fielding = by_letter(a_researcher(), a_field_worker())
    known = {code for _name, code in codes_in(fielding)}
    settings.SECRET_KEY = "what an intruder guesses"
    assert not known & {code for _name, code in codes_in(fielding)}
    assert unanswered(Fielding.objects.get()) == []
    assert clock.now() is not None
    assert not PanelMember.objects.exists()
