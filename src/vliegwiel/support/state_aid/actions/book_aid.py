"""Write in the ledger of de-minimis aid: what we gave, what an applicant declared, what was put right, what was reported."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.state_aid import aid_questions, aid_routes
from vliegwiel.foundation.people.public import Subject, demand, undertaking_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.state_aid.models import AidAccount, AidAssessment, AidEntry, AidSource
from vliegwiel.support.state_aid.queries import granted_to, newest
from vliegwiel.support.state_aid.rules import report_by, room


def book(*, actor: Actor, about: Reference, province: str, amount: Money, on: date, key: str, authority: str) -> AidEntry | None:
    """Enter a grant, in the transaction of its decision; None when its route fills no ledger. Harmless when repeated with one `key`.

    Raises NotNow when the undertaking would get more than its ceiling over the years before `on`, whatever happens at the same moment.
    """
    found = newest(about)
    if found is None:
        raise NotNow(_("Beoordeel eerst of dit staatssteun is."), code="no-aid-assessment")
    route = aid_routes()[found.route]
    if not route.ledger:
        return None
    version = route.on(on)
    if version is None:
        raise NotNow(_("Op deze dag geldt geen de-minimisverordening. Kies een andere weg."), code="no-regulation")
    with _held(found.undertaking, on):
        same = AidEntry.objects.filter(about_kind=about.kind, about_id=about.id, key=key).first()
        if same is not None:
            return same
        left = room(granted_to(found.undertaking, on=on), ledger=route.ledger, version=version, on=on)
        if amount > left:
            text = _("Deze onderneming mag nog {left} krijgen. {amount} past daar niet in ({regulation}).")
            raise NotNow(text.format(left=left.dutch(), amount=amount.dutch(), regulation=version.regulation), code="aid-ceiling")
        entry = AidEntry.objects.create(
            province=province,
            organisation=found.undertaking,
            ledger=route.ledger,
            amount=amount.cents,
            granted_on=on,
            regulation=version.regulation,
            source=AidSource.GRANT,
            authority=authority,
            about_kind=about.kind,
            about_id=about.id,
            key=key,
            report_by=report_by(on, equated_days()),
            by=actor.id or actor.kind,
        )
        _note(actor, "book-aid", entry)
    return entry


@dataclass(frozen=True)
class PublicPart:
    """What one public giver gives to a shared award: how much, who, and whether that is us, who report it to the European register."""

    amount: Money
    authority: str
    ours: bool = True


def book_shared(
    *,
    actor: Actor,
    about: Reference,
    province: str,
    undertaking: str,
    route: str,
    why: str,
    declared_on: date,
    on: date,
    parts: Sequence[PublicPart],
) -> list[AidEntry]:
    """Enter an award that several public givers share, by the route that was agreed, in the transaction of the act, which demands the
    permission. Only state resources are aid (VWEU 107(1)): what a private giver adds is no part. Each giver's part is an entry of its own;
    ours is reported by us. Raises NotNow when together they pass the ceiling of the undertaking."""
    known = aid_routes()[route]
    version = known.on(on)
    if version is None or not known.ledger:
        raise NotNow(_("Op deze dag geldt geen de-minimisverordening. Kies een andere weg."), code="no-regulation")
    together = Money(sum(part.amount.cents for part in parts))
    with _held(undertaking, on):
        left = room(granted_to(undertaking, on=on), ledger=known.ledger, version=version, on=on)
        if together > left:
            text = _("Deze onderneming mag nog {left} krijgen. {amount} past daar niet in ({regulation}).")
            raise NotNow(
                text.format(left=left.dutch(), amount=together.dutch(), regulation=version.regulation), code="aid-ceiling"
            )
        AidAssessment.objects.create(
            province=province,
            about_kind=about.kind,
            about_id=about.id,
            answers={key: {"yes": True, "why": why} for key in aid_questions()},
            is_aid=True,
            route=route,
            why=why,
            undertaking=undertaking,
            declared_on=declared_on,
            by=actor.id or actor.kind,
        )
        made = []
        for place, part in enumerate(parts, start=1):
            entry = AidEntry.objects.create(
                province=province,
                organisation=undertaking,
                ledger=known.ledger,
                amount=part.amount.cents,
                granted_on=on,
                regulation=version.regulation,
                source=AidSource.GRANT if part.ours else AidSource.DECLARED,
                authority=part.authority,
                about_kind=about.kind,
                about_id=about.id,
                key=f"shared-{place}",
                report_by=report_by(on, equated_days()) if part.ours else None,
                by=actor.id or actor.kind,
            )
            _note(actor, "book-aid", entry)
            made.append(entry)
    return made


@trail.recorded("declare-aid", kind="aid-entry")
def declare_aid(
    *, actor: Actor, organisation: str, province: str, ledger: str, amount: Money, on: date, authority: str, key: str
) -> AidEntry:
    """Enter aid that an applicant says to have had from someone else (public id of the organisation). Raises NotAllowed, NotValid."""
    demand(actor, "assess-applications", Subject(province=province))
    if ledger not in ("regular", "daeb") or amount.cents <= 0 or not authority.strip() or not organisation:
        raise NotValid(_("Noem wie de steun gaf, hoeveel, wanneer en welk soort het was."), code="aid-incomplete")
    if on > clock.today():
        raise NotValid(_("De steun ligt in de toekomst. Noem de dag waarop de steun is gegeven."), code="future")
    with transaction.atomic(), _held(organisation, on):
        entry, new = AidEntry.objects.get_or_create(
            about_kind="organisation",
            about_id=organisation,
            key=key,
            defaults={
                "province": province,
                "organisation": organisation,
                "ledger": ledger,
                "amount": amount.cents,
                "granted_on": on,
                "regulation": "",
                "source": AidSource.DECLARED,
                "authority": authority.strip(),
                "by": actor.id or actor.kind,
            },
        )
        if new:
            _note(actor, "declare-aid", entry)
    return entry


@trail.recorded("correct-aid", kind="aid-entry", about=lambda arguments: arguments["entry"])
def correct_aid(*, actor: Actor, entry: str, amount: Money, reason: str) -> AidEntry:
    """Take back part or all of an entry (public id) by a counter-entry, which counts on the same day. Raises NotFound, NotAllowed, and
    NotValid for more than is left of it or without a reason."""
    with transaction.atomic():
        found = _entry(entry)
        demand(actor, "assess-applications", Subject(province=found.province))
        with _held(found.organisation, found.granted_on):
            left = found.amount + sum(found.corrections.values_list("amount", flat=True))
            if not 0 < amount.cents <= left or not reason.strip() or found.corrects_id:
                raise NotValid(_("Noem een bedrag dat er nog staat, en de reden."), code="correction")
            counter = AidEntry.objects.create(
                province=found.province,
                organisation=found.organisation,
                ledger=found.ledger,
                amount=-amount.cents,
                granted_on=found.granted_on,
                regulation=found.regulation,
                source=AidSource.CORRECTION,
                authority=found.authority,
                about_kind=found.about_kind,
                about_id=found.about_id,
                key=f"{found.public_id}-{found.corrections.count() + 1}",
                corrects=found,
                reason=reason.strip(),
                report_by=report_by(clock.today(), equated_days()) if found.reported_on else None,
                by=actor.id or actor.kind,
            )
            _note(actor, "correct-aid", counter)
    return counter


def book_less(
    *, actor: Actor, about: Reference, amount: Money, key: str, reason: str, source: AidSource = AidSource.GRANT
) -> AidEntry | None:
    """Aid of a grant became less by this amount: a counter-entry on the day it was given, once per `key`, in the transaction of the act,
    which demands the permission. None when nothing was booked for this file; never more than is left of it. `source` is DECLARED for what
    another public giver gave to it."""
    with transaction.atomic():
        rows = AidEntry.objects.filter(about_kind=about.kind, about_id=about.id)
        before = rows.filter(key=key).first()
        found = rows.filter(source=source).order_by("-pk").first()
        if before is not None or found is None:
            return before
        with _held(found.organisation, found.granted_on):
            left = found.amount + sum(found.corrections.values_list("amount", flat=True))
            less = min(amount.cents, left)
            if less <= 0:
                return None
            counter = AidEntry.objects.create(
                province=found.province,
                organisation=found.organisation,
                ledger=found.ledger,
                amount=-less,
                granted_on=found.granted_on,
                regulation=found.regulation,
                source=AidSource.CORRECTION,
                authority=found.authority,
                about_kind=found.about_kind,
                about_id=found.about_id,
                key=key,
                corrects=found,
                reason=reason.strip(),
                report_by=report_by(clock.today()) if found.reported_on else None,
                by=actor.id or actor.kind,
            )
            _note(actor, "correct-aid", counter)
    return counter


@trail.recorded("report-aid", kind="aid-entry", about=lambda arguments: arguments["entry"])
def report_aid(*, actor: Actor, entry: str, number: str) -> AidEntry:
    """An entry (public id) stands in the European register under this number. Raises NotFound, NotAllowed, NotValid without a number,
    NotNow when it was reported before."""
    with transaction.atomic():
        found = _entry(entry)
        demand(actor, "assess-applications", Subject(province=found.province))
        if not number.strip():
            raise NotValid(_("Vul het nummer in dat het Europese register gaf."), code="no-number")
        waiting = AidEntry.objects.filter(pk=found.pk, reported_on=None, report_by__isnull=False)
        if not waiting.update(reported_on=clock.today(), reported_as=number.strip()[:60]):
            raise NotNow(_("Deze steun is al gemeld, of hoeft niet gemeld te worden."), code="reported")
        found.refresh_from_db()
        _note(actor, "report-aid", found)
    return found


@contextmanager
def _held(organisation: str, on: date) -> Iterator[None]:
    """Nobody else writes in the ledger of this undertaking until the transaction ends: its row is held by an update."""
    key = min(undertaking_of(organisation, on=on))
    AidAccount.objects.get_or_create(key=key)
    AidAccount.objects.filter(key=key).update(turn=F("turn") + 1)
    yield


def _entry(name: str) -> AidEntry:
    found = AidEntry.objects.filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Deze regel kennen we niet."))
    return found


def _note(actor: Actor, action: str, entry: AidEntry) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("aid-entry", entry.public_id, "", ""),
        facts={
            "organisation": entry.organisation,
            "ledger": entry.ledger,
            "amount": entry.amount,
            "on": entry.granted_on.isoformat(),
        },
        province=entry.province,
    )
