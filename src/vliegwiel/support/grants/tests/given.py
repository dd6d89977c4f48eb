"""Residents of the made-up province and their applications, made by the real actions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.areas.tests.given import provinces_of
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.invite_participant import accept_invitation, invite_participant
from vliegwiel.support.grants.actions.sign_application import sign_application
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.made_up import ACCOUNT, answer_everything, fill_in_block, fill_in_costs
from vliegwiel.support.grants.models import Application, Participant
from vliegwiel.support.grants.models.application import ParticipantRole
from vliegwiel.support.grants.readiness import documents_of
from vliegwiel.support.grants.standing import find
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.tests.given import an_open_call

MUNICIPALITY = "GM9901"
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
    fill_in_block(actor, name, PLAN, {"title": title, "municipality": MUNICIPALITY})
    fill_in_block(actor, name, WHO, who)
    answer_everything(actor, name, {**GOOD, **(answers or {})})
    fill_in_costs(actor, name, asked)
    for document in documents_of(Draft(find(name))):
        attach_document(actor=actor, application=name, key=document.key, upload=an_upload())
    return find(name)


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
