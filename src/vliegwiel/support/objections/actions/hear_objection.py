"""Hear who objects (*horen*, Awb 7:2–7:9): invite, or not on a ground, and the report; then the advice of a committee."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, colleague_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.lifecycle import MOVES
from vliegwiel.support.objections.models import Objection, ObjectionAdvice, ObjectionHearing, Outcome, SkipHearingGround
from vliegwiel.support.objections.standing import begin, find, finish, named

_ABOUT = named("objection")
#: Papers may come in until ten days before the hearing (7:4(1)) and lie ready for a week before it (7:4(2)).
NOTICE_DAYS, PAPERS_DAYS = 10, 7


def hearing_of(objection: Objection) -> ObjectionHearing | None:
    """The hearing that counts: the last one."""
    return objection.hearings.order_by("-pk").first()


@trail.recorded("invite-to-hearing", kind="objection", about=_ABOUT)
def invite_to_hearing(*, actor: Actor, objection: str, on: date, time: str, place: str) -> ObjectionHearing:
    """Invite who objects by letter (Awb 7:2), ten days ahead, so that papers can come in (7:4(1)) and lie ready for a week (7:4(2)).

    Again for another day. Raises NotAllowed, NotNow, NotValid for a day too soon or without a time or place.
    """
    found = find(objection)
    begin(actor, "invite-to-hearing", found)
    if on < clock.today() + timedelta(days=NOTICE_DAYS):
        text = _("Kies een dag over ten minste tien dagen. Zo lang kan iemand nog stukken sturen (Awb 7:4).")
        raise NotValid(text, code="too-soon")
    if not re.fullmatch(r"([01]?\d|2[0-3])[.:][0-5]\d", time.strip(), re.ASCII) or not place.strip():
        raise NotValid(_("Vul een tijd in, zoals 14.00, en een plek."), code="no-place")
    ready = on - timedelta(days=PAPERS_DAYS)
    facts: dict[str, letters.Fact] = {
        "number": found.number,
        "day": on,
        "time": time.strip().replace(":", "."),
        "place": place.strip(),
        "papers_from": ready,
        "papers_until": on - timedelta(days=1),
    }
    letter = letters.prepared(found.application, found.province, "hearing-invitation", facts)
    with transaction.atomic():
        issued = letters.send(actor, found.application, letter)
        planned = ObjectionHearing.objects.create(
            objection=found,
            planned_on=on,
            time=time.strip().replace(":", "."),
            place=place.strip()[:200],
            papers_from=ready,
            letter=issued,
            by=actor.id,
        )
        finish(actor, "invite-to-hearing", found, facts={"on": on.isoformat(), "letter": issued})
    return planned


@trail.recorded("skip-hearing", kind="objection", about=_ABOUT)
@transaction.atomic
def skip_hearing(*, actor: Actor, objection: str, ground: str, why: str) -> ObjectionHearing:
    """Hear nobody, on a ground of Awb 7:3, with the reason that the decision repeats. Raises NotAllowed, NotNow, NotValid."""
    found = find(objection)
    begin(actor, "skip-hearing", found)
    if ground not in SkipHearingGround.values or not why.strip():
        raise NotValid(_("Kies een grond van artikel 7:3 en schrijf op waarom die hier geldt."), code="no-ground")
    if ground == SkipHearingGround.INADMISSIBLE and found.in_time == "no" and found.excused is None:
        raise NotNow(_("Beoordeel eerst of te laat zijn verschoonbaar is (Awb 6:11)."), code="not-judged")
    skipped = ObjectionHearing.objects.create(objection=found, ground=ground, why=why.strip(), by=actor.id)
    finish(actor, "skip-hearing", found, facts={"ground": ground.replace(":", "-")})
    return skipped


@trail.recorded("report-hearing", kind="objection", about=_ABOUT)
@transaction.atomic
def report_hearing(
    *, actor: Actor, objection: str, hearers: Sequence[str], chair: str, present: str, report: str, held_on: date
) -> ObjectionHearing:
    """Write down what was said (Awb 7:7). `hearers` are public ids of who listened, among them the `chair`.

    One person who took no part in the decision, or more of whom most, with the chair, took none (7:5(1)). Raises NotAllowed with code
    "involved" otherwise; NotNow, NotValid without a report or for a day to come or before the invitation.
    """
    found = find(objection)
    begin(actor, "report-hearing", found)
    planned = hearing_of(found)
    if planned is None or planned.planned_on is None:
        raise NotNow(_("Nodig eerst uit."), code="not-invited")
    subject = Subject(province=found.province, municipality=found.municipality)
    people = {name: colleague_of(name, MOVES["report-hearing"].verbs, subject) for name in dict.fromkeys(hearers)}
    if not people or None in people.values() or chair not in people:
        raise NotValid(_("Kies wie luisterde, en wie van hen de leiding had."), code="no-hearers")
    involved = [name for name in people if name in found.involved]
    if chair in involved or 2 * len(involved) >= len(people):
        text = _("Wie bij het eerste besluit was betrokken, hoort niet alleen en leidt het gesprek niet (Awb 7:5).")
        raise NotAllowed(text, code="involved")
    if not report.strip():
        raise NotValid(_("Schrijf op wat er is gezegd."), code="no-report")
    if not clock.legal_date(planned.at) <= held_on <= clock.today():
        raise NotValid(_("Kies de dag waarop is gehoord."), code="day")
    names = [{"id": name, "name": colleague.name} for name, colleague in people.items() if colleague is not None]
    leading = next(item["name"] for item in names if item["id"] == chair)
    changed = ObjectionHearing.objects.filter(pk=planned.pk, held_on=None).update(
        held_on=held_on, hearers=names, chair=leading[:80], present=present.strip()[:240], report=report.strip()
    )
    if not changed:
        raise NotNow(_("Het verslag is er al."), code="reported")
    finish(actor, "report-hearing", found, facts={"on": held_on.isoformat(), "count": len(names)})
    planned.refresh_from_db()
    return planned


@trail.recorded("advise-objection", kind="objection", about=_ABOUT)
@transaction.atomic
def advise_objection(
    *, actor: Actor, objection: str, committee: str, chair: str, members: str, outcome: str, text: str, outside: bool
) -> ObjectionAdvice:
    """Lay down the advice of the committee (Awb 7:13): a chair from outside the authority (`outside`) and at least two members.

    Raises NotAllowed; NotNow when no committee was involved; NotValid.
    """
    found = find(objection)
    begin(actor, "advise-objection", found)
    if not found.committee:
        raise NotNow(_("Bij dit bezwaar is geen commissie gevraagd."), code="no-committee")
    seats = [name for name in re.split(r"[,;\n]", members) if name.strip()]
    if not committee.strip() or not chair.strip() or len(seats) < 2:
        raise NotValid(_("Noem de commissie, de voorzitter en ten minste twee leden (Awb 7:13)."), code="no-committee-named")
    if not outside:
        raise NotValid(_("De voorzitter mag niet bij de provincie werken (Awb 7:13, eerste lid)."), code="chair-inside")
    if outcome not in Outcome.values or not text.strip():
        raise NotValid(_("Kies wat de commissie adviseert en neem het advies over."), code="no-advice")
    given = ObjectionAdvice.objects.create(
        objection=found,
        committee=committee.strip()[:120],
        chair=chair.strip()[:80],
        members=", ".join(name.strip() for name in seats)[:240],
        outcome=outcome,
        text=text.strip(),
        given_on=clock.today(),
        by=actor.id,
    )
    finish(actor, "advise-objection", found, facts={"outcome": outcome})
    return given
