"""The yearly picture of an initiative: written by its people, read by them and by the adviser with whom they share it. Never public, and
nothing depends on it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, colleague_of, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.initiatives.models import Initiative, PictureShare, YearPicture
from vliegwiel.support.initiatives.standing import begin, find, makes, named

_ABOUT = named("initiative")
_ADVISES = "do-casework"
_YEARS_BACK, _MOST_CENTS, _MOST_PEOPLE, _LONGEST, _MOST_SHARES = 10, 10**11, 100_000, 2000, 5


@dataclass(frozen=True)
class YearFigures:
    """What an initiative tells of a year: what came in from itself, from people and funds and from authorities, what it holds, how many
    people carry it, and how it wants to lean less on authorities."""

    own: Money
    given: Money
    public: Money
    reserves: Money
    volunteers: int | None = None
    plan: str = ""


@trail.recorded("draw-year", kind="initiative", about=_ABOUT)
@transaction.atomic
def draw_year(*, actor: Actor, initiative: str, year: int, figures: YearFigures, seen: int | None = None) -> YearPicture:
    """Keep the picture of a year. `seen` is the version that was changed, None for a new one. Raises NotFound, NotAllowed, NotValid, and
    NotNow (code "stale") when someone else saved first."""
    found = find(initiative)
    begin(actor, "draw-year", found)
    _check(year, figures)
    values = {
        "own": figures.own.cents,
        "given": figures.given.cents,
        "public": figures.public.cents,
        "reserves": figures.reserves.cents,
        "volunteers": figures.volunteers,
        "plan": figures.plan.strip(),
        "changed_at": clock.now(),
    }
    stale = NotNow(_("Iemand anders bewaarde dit jaar intussen. Kijk welke cijfers u wilt houden."), code="stale")
    if seen is None:
        try:
            with transaction.atomic():
                YearPicture.objects.create(initiative=found, year=year, **values)
        except IntegrityError:
            raise stale from None
    elif not found.years.filter(year=year, version=seen).update(version=F("version") + 1, **values):
        raise stale
    _record(actor, "draw-year", found, year=year)
    return found.years.get(year=year)


@trail.recorded("erase-year", kind="initiative", about=_ABOUT)
@transaction.atomic
def erase_year(*, actor: Actor, initiative: str, year: int) -> None:
    """Truly delete the picture of a year. Raises NotFound and NotAllowed."""
    found = find(initiative)
    begin(actor, "erase-year", found)
    if not found.years.filter(year=year).delete()[0]:
        raise NotFound(_("Van dit jaar is er geen beeld."))
    _record(actor, "erase-year", found, year=year)


@trail.recorded("share-years", kind="initiative", about=_ABOUT)
@transaction.atomic
def share_years(*, actor: Actor, initiative: str, person: str) -> PictureShare:
    """Let one adviser (public id) read the pictures, until it is ended. Raises NotFound, NotAllowed, NotNow, NotValid for who is no adviser
    there."""
    found = find(initiative)
    begin(actor, "share-years", found)
    adviser = colleague_of(person, [_ADVISES], Subject(province=found.province, municipality=found.municipality))
    if adviser is None:
        raise NotValid(_("Kies een adviseur uit de lijst."), code="adviser")
    if found.shares.count() >= _MOST_SHARES:
        raise NotNow(_("U deelt dit al met vijf adviseurs. Haal er eerst een weg."), code="shares")
    names = {"name": adviser.name[:80], "organisation_name": adviser.organisation_name}
    share, _made = PictureShare.objects.get_or_create(initiative=found, person=person, defaults=names)
    _record(actor, "share-years", found)
    return share


@trail.recorded("end-sharing-years", kind="initiative", about=_ABOUT)
@transaction.atomic
def end_sharing_years(*, actor: Actor, initiative: str, person: str) -> None:
    """This adviser reads them no longer. Raises NotFound and NotAllowed."""
    found = find(initiative)
    begin(actor, "end-sharing-years", found)
    if not found.shares.filter(person=person).delete()[0]:
        raise NotFound(_("Met deze adviseur deelt u niets."))
    _record(actor, "end-sharing-years", found)


def may_read_years(actor: Actor, found: Initiative) -> Verdict:
    """Whether the actor may read the pictures: its people, and the adviser with whom they share them while that person advises there."""
    if makes(actor, found):
        return may(actor, "follow-own-initiative", Subject(person=actor.id))
    shared = actor.kind == "person" and found.shares.filter(person=actor.id).exists()
    verdict = may(actor, _ADVISES, Subject(province=found.province, municipality=found.municipality))
    if not shared and verdict:
        return Verdict.no(Reason("not-shared", _("Dit initiatief deelt zijn jaarbeeld niet met u.")))
    return verdict


def years_for(actor: Actor, initiative: str) -> list[YearPicture]:
    """The pictures of an initiative, newest first. Raises NotFound and NotAllowed."""
    found = find(initiative)
    verdict = may_read_years(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return list(found.years.all())


def _check(year: int, figures: YearFigures) -> None:
    now = clock.today().year
    if not now - _YEARS_BACK <= year <= now:
        raise NotValid(_("Kies een jaar van {first} tot en met {last}.").format(first=now - _YEARS_BACK, last=now), code="year")
    amounts = (figures.own, figures.given, figures.public, figures.reserves)
    if any(not 0 <= amount.cents <= _MOST_CENTS for amount in amounts):
        raise NotValid(_("Een bedrag is te hoog, of lager dan nul. Kijk het na."), code="amount")
    if figures.volunteers is not None and not 0 <= figures.volunteers <= _MOST_PEOPLE:
        raise NotValid(_("Kijk na hoeveel vrijwilligers er zijn."), code="volunteers")
    if len(figures.plan) > _LONGEST:
        raise NotValid(_("Maak het plan korter: hoogstens 2.000 tekens."), code="plan")


def _record(actor: Actor, action: str, found: Initiative, **facts: int) -> None:
    subject = Reference("initiative", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=found.province)
