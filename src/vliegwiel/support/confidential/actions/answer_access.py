"""Somebody whom a case is about asks what is known (GDPR article 15): received, once made later, answered in all or in part."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import ConfidentialRules, rules_on, shareable
from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.confidential.models import AccessRequest, CaseSignal, ConfidentialCase
from vliegwiel.support.confidential.queries import RETENTION
from vliegwiel.support.confidential.rules import checked
from vliegwiel.support.confidential.standing import KIND, begin, finish, named


@trail.recorded("receive-access-request", kind=KIND, about=named())
@transaction.atomic
def receive_access_request(*, actor: Actor, case: str, received_on: date, checked_how: str) -> AccessRequest:
    """Note that somebody asked and how we know who it is; no name is kept. The answer is due within the term of GDPR article 12(3).

    Raises NotFound, NotValid.
    """
    found = begin(actor, "receive-access-request", case)
    rules = rules_on(clock.today())
    if checked_how not in rules.checked_by:
        raise NotValid(_("Kies hoe u weet wie dit vraagt."), code="no-check")
    if received_on > clock.today():
        raise NotValid(_("Die dag moet nog komen. Kies de dag waarop het verzoek kwam."), code="future")
    asked = AccessRequest.objects.create(
        case=found, received_on=received_on, due_on=received_on + timedelta(days=rules.access_days), checked_how=checked_how
    )
    finish(actor, "receive-access-request", found)
    return asked


@trail.recorded("extend-access-request", kind=KIND, about=named())
@transaction.atomic
def extend_access_request(*, actor: Actor, case: str, request: str, why: str) -> AccessRequest:
    """Take longer, once and before the day the answer is due, with the reason that the person hears (GDPR article 12(3)).

    Raises NotFound, NotValid without a reason, NotNow when it was answered, is late already or was made later before.
    """
    found = begin(actor, "extend-access-request", case)
    asked = found.requests.filter(public_id=request).first()
    if asked is None:
        raise NotFound(_("Dit verzoek kennen we niet."))
    if not why.strip():
        raise NotValid(_("Schrijf op waarom het langer duurt. De persoon hoort dit van u."), code="no-reason")
    checked(why)
    today = clock.today()
    still = AccessRequest.objects.filter(pk=asked.pk, answered_on=None, later_on=None, due_on__gte=today)
    due_on = asked.due_on + timedelta(days=rules_on(today).extended_days)
    if not still.update(due_on=due_on, later_on=today, later_why=why.strip()):
        raise NotNow(_("Dit kan één keer, en voor de dag van het antwoord. Beantwoord het verzoek nu."), code="not-later")
    finish(actor, "extend-access-request", found)
    asked.refresh_from_db()
    return asked


@trail.recorded("answer-access-request", kind=KIND, about=named())
@transaction.atomic
def answer_access_request(
    *, actor: Actor, case: str, request: str, signals: Sequence[str], withheld: str = "", why: str = ""
) -> AccessRequest:
    """Answer once, with these signals (public ids) of the case. What is kept back needs a ground (GDPR 15(4), UAVG 41(1)) and a reason.

    The text that is given holds purposes, parties, legal basis and term as GDPR 15(1) asks, and is kept with its hash. Raises NotFound,
    NotNow when it was answered, NotValid.
    """
    found = begin(actor, "answer-access-request", case)
    asked = found.requests.filter(public_id=request).first()
    if asked is None:
        raise NotFound(_("Dit verzoek kennen we niet."))
    all_of_them = list(found.signals.prefetch_related("handovers"))
    chosen = [signal for signal in all_of_them if signal.public_id in set(signals)]
    rules = rules_on(clock.today())
    complete = len(chosen) == len(all_of_them)
    if withheld not in ("", *rules.withheld) or (not complete and not (withheld and why.strip())):
        raise NotValid(_("U geeft niet alles. Kies de grond en schrijf op waarom."), code="no-ground")
    if complete and withheld:
        raise NotValid(_("U geeft alles. Dan hoeft er geen grond bij."), code="ground-without-need")
    checked(why)
    answer = AccessRequest.Answer.ALL if complete else AccessRequest.Answer.PART if chosen else AccessRequest.Answer.NOTHING
    given = _text_of(found, chosen, rules, withheld)
    unanswered = AccessRequest.objects.filter(pk=asked.pk, answered_on=None)
    if not unanswered.update(
        answer=answer,
        about_them=[signal.public_id for signal in chosen],
        withheld=withheld,
        why=why.strip(),
        given=given,
        digest=hashlib.sha256(given.encode()).hexdigest(),
        answered_on=clock.today(),
        answered_by=actor.id,
    ):
        raise NotNow(_("Dit verzoek is al beantwoord."), code="answered")
    finish(actor, "answer-access-request", found, facts={"answer": answer.value})
    asked.refresh_from_db()
    return asked


def _text_of(found: ConfidentialCase, chosen: Sequence[CaseSignal], rules: ConfidentialRules, withheld: str) -> str:
    """What the person gets, in plain Dutch. The address of others, the team's plans and its members are not in it."""
    kind = rules.kind(found.kind)
    term = retentions()[RETENTION].on(clock.today())
    lines = [
        _("Wat {organisation} over u weet").format(organisation=found.team.organisation_name),
        "",
        _("Waarover: {kind}, {place}.").format(kind=kind.name if kind else found.kind, place=found.municipality_name),
        _("Waarvoor: wij zorgen dat een gebouw of een groep mensen de juiste hulp krijgt."),
        _("Hoe lang: tot {length} na het sluiten.").format(length=term.length),
        _("U mag vragen dit te verbeteren of weg te halen. U mag ook klagen bij de Autoriteit Persoonsgegevens."),
        "",
    ]
    for signal in chosen:
        lines += [
            _("Gezien op {day}, door {who}:").format(day=day(signal.seen_on, "full"), who=rules.seen_by.get(signal.seen_by, "")),
            signal.what,
        ]
        lines += [
            _("Gedeeld op {day} met {party}. Doel: {purpose}. Grond: {basis}. Wat: {what}.").format(
                day=day(handed.on, "full"),
                party=handed.party_name,
                purpose=handed.purpose,
                basis=handed.basis,
                what=", ".join(shareable().get(key, key) for key in handed.shared),
            )
            for handed in signal.handovers.all()
        ]
        lines.append("")
    if withheld:
        lines.append(_("Niet alles staat hier. De reden: {ground}.").format(ground=rules.withheld[withheld]))
    return "\n".join(lines).strip() + "\n"
