"""Residents of the made-up province and their applications, made by the real actions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.questions.public import Kind, Question, shown
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.areas.tests.given import provinces_of
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.fill_in_application import fill_in_answers, fill_in_budget, fill_in_own
from vliegwiel.support.grants.actions.invite_participant import accept_invitation, invite_participant
from vliegwiel.support.grants.actions.sign_application import sign_application
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.budget_plan import ASKED, COST, COVER, OWN
from vliegwiel.support.grants.content import answers_part, budget_part, hash_of, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO, own_values
from vliegwiel.support.grants.models import Application, Participant
from vliegwiel.support.grants.models.application import ParticipantRole
from vliegwiel.support.grants.readiness import documents_of
from vliegwiel.support.grants.rules import Row
from vliegwiel.support.grants.standing import find
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.tests.given import an_open_call

MUNICIPALITY = "GM9901"
ACCOUNT = "NL91ABNA0417164300"
#: Answers with which the examples say yes.
GOOD = {
    "aantal_inwoners": 12,
    "plaats_in_provincie": True,
    "aanvrager": "groep",
    "al_begonnen": False,
    "draagvlak": True,
    "soort": "project",
    "gewone_kosten": False,
}


def a_resident(email: str = "bewoner@voorbeeld.invalid", *, called: str = "V. Zonnen") -> Actor:
    """Someone with an account and no organisation."""
    person = open_account(actor=SYSTEM, email=email, called=called)
    return Actor("person", person.public_id)


def a_municipality() -> str:
    """The made-up municipality of Nergensdam, so that a plan can name where it is; returns its code."""
    if not municipalities_of(PROVINCE):
        folder = Path(settings.VLIEGWIEL_HOME)
        folder.mkdir(parents=True, exist_ok=True)
        import_areas(
            actor=SYSTEM, path=provinces_of(folder, [(2024, MUNICIPALITY, "Nergensdam", PROVINCE)]), year=None, made_up=True
        )
        areas.stamp.forget()
    return MUNICIPALITY


def a_draft(
    call: CallFacts | None = None, *, person: Actor | None = None, answers: Mapping[str, Any] | None = None
) -> Application:
    """An application that was only begun."""
    found = call or an_open_call()
    return start_application(actor=person or a_resident(), call=found.id, answers=answers)


def a_filled_draft(
    call: CallFacts | None = None,
    *,
    person: Actor | None = None,
    asked: Money = Money.euros(15_000),
    title: str = "Een tafel op het plein",
    kind: str = "organisation",
    answers: Mapping[str, Any] | None = None,
) -> Application:
    """An application with everything in it, not signed yet: costs are a third more than what is asked."""
    actor = person or a_resident()
    a_municipality()
    draft = a_draft(call, person=actor)
    name = draft.public_id
    who = {
        "applicant_kind": kind,
        "applicant_name": "Vereniging Verzonnen Plein",
        "street": "Luchtstraat 12",
        "place": "0000 AB Nergensdam",
        "account": ACCOUNT,
        "account_name": "Vereniging Verzonnen Plein",
    }
    _own(actor, name, PLAN, {"title": title, "municipality": MUNICIPALITY})
    _own(actor, name, WHO, who)
    _answer_everything(actor, name, {**GOOD, **(answers or {})})
    fill_in_budget(actor=actor, application=name, version=version_of(budget_part(find(name))), rows=a_budget(find(name), asked))
    for document in documents_of(Draft(find(name))):
        attach_document(actor=actor, application=name, key=document.key, upload=an_upload())
    return find(name)


def a_budget(application: Application, asked: Money) -> list[Row]:
    """A budget that balances: what is asked, and a third of it of one's own."""
    kinds = Draft(application).rules.cost_kinds
    own = Money(asked.cents // 3)
    return [
        Row(COST, kinds[0] if kinds else "kosten", "Hout en stenen", asked + own),
        Row(COVER, OWN, "", own),
        Row(COVER, ASKED, "", asked),
    ]


def a_submitted_application(
    call: CallFacts | None = None, *, asked: Money = Money.euros(15_000), person: Actor | None = None, **filled: Any
) -> Application:
    """An application that was received: filled in, signed and sent by one person, or by `person` for the organisation they act for.

    `filled` may hold title, kind and answers.
    """
    actor = person or a_resident()
    draft = a_filled_draft(call, person=actor, asked=asked, **filled)
    signed(draft, actor)
    return submit_application(actor=actor, application=draft.public_id)


def a_participant(
    draft: Application,
    email: str = "buur@voorbeeld.invalid",
    *,
    role: str = ParticipantRole.CO_APPLICANT.value,
    by: Actor | None = None,
) -> tuple[Participant, Actor]:
    """Someone who was invited and said yes, with who it is."""
    along = a_resident(email, called="B. Denkbeeldig")
    invite_participant(actor=by or Actor("person", draft.applicant), application=draft.public_id, email=email, role=role)
    return accept_invitation(actor=along, application=draft.public_id, name="B. Denkbeeldig"), along


def signed(draft: Application, actor: Actor, name: str = "V. Zonnen") -> Application:
    """The same application with the signature of this person under it."""
    sign_application(actor=actor, application=draft.public_id, name=name, seen=hash_of(find(draft.public_id)))
    return find(draft.public_id)


def _own(actor: Actor, name: str, block: str, values: Mapping[str, Any]) -> None:
    found = find(name)
    asked = Draft(found).form.own.block(block)
    assert asked is not None
    keys = tuple(question.key for question in asked.questions)
    version = version_of(own_part(found, keys))
    given = {key: value for key, value in values.items() if key in keys}
    fill_in_own(actor=actor, application=name, block=block, version=version, answers=given)
    assert {key: own_values(find(name))[key] for key in given} == given


def _answer_everything(actor: Actor, name: str, good: Mapping[str, Any]) -> None:
    """Answer every block until nothing new is asked: an answer may bring up another question."""
    before: dict[str, Any] = {"": None}
    while before != find(name).answers:
        before = dict(find(name).answers)
        for block in Draft(find(name)).form.blocks:
            draft = Draft(find(name))
            keys = tuple(question.key for question in block.questions)
            values = {
                question.key: _answer(question, good)
                for question in shown(block.questions, draft.known, draft.form.whole)
                if question.kind is not Kind.FILE
            }
            version = version_of(answers_part(draft.application, keys))
            fill_in_answers(actor=actor, application=name, block=block.key, version=version, answers=values)


def _answer(question: Question, good: Mapping[str, Any]) -> Any:
    if question.key in good:
        return good[question.key]
    plain = {Kind.YES_NO: True, Kind.NUMBER: 10, Kind.AMOUNT: 100_00, Kind.SCALE: question.low, Kind.DATE: "2026-12-01"}
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        first = question.options[0].key
        return [first] if question.kind is Kind.MULTIPLE else first
    return plain.get(question.kind, "Wij doen dit samen met het hele dorp.")
