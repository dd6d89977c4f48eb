"""Experts and requests, reached by the real actions."""

from datetime import date, timedelta
from typing import Any

from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.models import Organisation
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.experts.actions.admit_expert import admit_expert
from vliegwiel.support.experts.actions.answer_request import Said, offer_help
from vliegwiel.support.experts.actions.assign_expert import assign_expert
from vliegwiel.support.experts.actions.finish_request import finish_request
from vliegwiel.support.experts.actions.keep_pool import agree_pool_hours
from vliegwiel.support.experts.actions.make_request import Where, Wish, make_request, wish_expert
from vliegwiel.support.experts.actions.write_expert import About, ask_admission, offer_time, write_expert
from vliegwiel.support.experts.lifecycle import ExpertState, RequestState
from vliegwiel.support.experts.models import Expert, ExpertRequest
from vliegwiel.support.experts.standing import find
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_municipality, a_resident

NO_INTEREST = Said("Graag.", conflict=False)


def _at(name: str) -> Organisation:
    found = Organisation.objects.filter(name=name, province=PROVINCE).first()
    return found or add_organisation(actor=SYSTEM, name=name, kind="steunorganisatie", province=PROVINCE, made_up=True)


def someone(kind: str, number: int = 1, organisation: str = "Steunpunt Denkbeeldig") -> Actor:
    """Someone with a role at an organisation; the same one for the same number."""
    email, at = f"{kind}{number}@voorbeeld.invalid", _at(organisation)
    there = at.roles.filter(person__email=email, until=None).select_related("person", "organisation").first()
    return acting(there or a_role(kind, organisation=at, email=email))


def an_asker(number: int = 1, organisation: str = "Steunpunt Denkbeeldig") -> Actor:
    """An adviser who asks for experts."""
    return someone("adviseur", number, organisation)


def a_coordinator(number: int = 1) -> Actor:
    """Who lets experts in."""
    return someone("coordinator", number)


def pool_hours(hours: int = 100) -> None:
    """Hours of the pool in this year."""
    officer = someone("programma", organisation="Provincie Verzonnenland")
    agree_pool_hours(actor=officer, province=PROVINCE, year=clock.today().year, hours=hours)


def an_expert(number: int = 1, state: ExpertState = ExpertState.ADMITTED, **told: Any) -> tuple[Actor, Expert]:
    """An expert in this state, who is the actor; in Nergensdam unless `told` says otherwise."""
    a_municipality()
    actor = a_resident(f"deskundige{number}@voorbeeld.invalid", called=f"D. Verzonnen {number}")
    words: dict[str, Any] = {"name": f"D. Verzonnen {number}", "skills": ("recht",), "place": MUNICIPALITY, "reach": 0}
    found = write_expert(actor=actor, province=PROVINCE, told=About(**{**words, **told}))
    if state is not ExpertState.DRAFT:
        found = ask_admission(actor=actor, expert=found.public_id)
    if state is ExpertState.ADMITTED:
        found = admit_expert(actor=a_coordinator(), expert=found.public_id)
    return actor, found


def with_time(actor: Actor, expert: Expert, hours: int = 16, days: int = 30) -> None:
    """Hours in the days from today on."""
    today = clock.today()
    last = today + timedelta(days=days - 1)
    offer_time(actor=actor, expert=expert.public_id, first_day=today, last_day=last, hours=hours)


def a_wish(**more: Any) -> Wish:
    """What is asked: law, eight hours, within a month."""
    words: dict[str, Any] = {
        "title": "Statuten nakijken",
        "text": "Een stichting wil een dorpshuis huren. Kloppen de statuten?",
        "skills": ("recht",),
        "hours": 8,
        "by": clock.today() + timedelta(days=30),
    }
    return Wish(**{**words, **more})


def where(asker: Actor, *, place: str = MUNICIPALITY, case: str = "zaakzaakzaak") -> Where:
    """A support case of this adviser."""
    about = Reference("support-case", case, "Samen eten", "/mijn/vragen/x")
    return Where(about, "/werk/loket/V2026-00001/traject", PROVINCE, asker.organisation, asker.id, place)


def a_request(state: RequestState = RequestState.OPEN, *, case: str = "zaakzaakzaak", **wish: Any) -> ExpertRequest:
    """A request in this state; from ASSIGNED on the first expert has it."""
    a_municipality()
    asker = an_asker()
    if state is RequestState.WISHED:
        return wish_expert(actor=a_resident(), where=where(asker, case=case), wish=a_wish(**wish))
    made = make_request(actor=asker, where=where(asker, case=case), wish=a_wish(**wish))
    if state in (RequestState.ASSIGNED, RequestState.FINISHED):
        given_to(made)
    if state is RequestState.FINISHED:
        finish_request(actor=asker, request=made.public_id, said="De statuten kloppen nu.")
    return find(made.public_id)


def given_to(request: ExpertRequest, number: int = 1, hours: int = 8) -> Actor:
    """Give a request to an expert who says they can; returns the expert."""
    actor, expert = an_expert_there(number)
    offer_help(actor=actor, request=request.public_id, said=NO_INTEREST)
    assign_expert(actor=an_asker(), request=request.public_id, expert=expert.public_id, hours=hours)
    return actor


def an_expert_there(number: int = 1) -> tuple[Actor, Expert]:
    """The expert of this number, in the pool; made when they are not there."""
    found = Expert.objects.filter(name=f"D. Verzonnen {number}", state=ExpertState.ADMITTED.value).first()
    if found is None:
        return an_expert(number)
    return Actor("person", found.person), found


def in_days(days: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=days)
