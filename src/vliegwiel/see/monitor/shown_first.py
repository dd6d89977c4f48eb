"""Own estimates of any room, shown to the municipalities first and to everybody ten working days later, with room for one note each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.engines.terms import after_ordinary_days
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.monitor import outcomes
from vliegwiel.see.monitor.models import IndexNote, IndexRelease


@dataclass(frozen=True)
class ShownFirst:
    """How an estimate is shown to the municipalities: its public id, and from which day everybody may see it."""

    public_id: str
    public_from: date


@dataclass(frozen=True)
class NoteBeside:
    """What a municipality wrote beside an estimate."""

    municipality: str
    text: str


def show_first(
    *, actor: Actor, province: str, year: int, about: str, title: str, path: str, receipt: str, template: str,
    facts: Mapping[str, Any], made_up: bool = False,
) -> ShownFirst:  # fmt: skip
    """Show an estimate of another room to the municipalities from today; part of the caller's transaction, which asks for permission.

    `about` is the public id of what is released, `path` the page on which it can be read ahead, `year` that of the areas. Each official
    who may write the note of a municipality hears so once, by `template`, which gets `facts` and the day. Raises NotNow when this very
    estimate was shown already.
    """
    if IndexRelease.objects.filter(province=province, year=year, receipt=receipt).exists():
        raise NotNow(_("Deze uitkomst is al vrijgegeven."), code="released")
    today = clock.today()
    release = IndexRelease.objects.create(
        province=province, year=year, receipt=receipt, about=about, title=title[:160], path=path, shown_on=today,
        public_from=after_ordinary_days(today, outcomes.AHEAD), made_up=made_up, released_by=actor.id[:20],
    )  # fmt: skip
    tell_municipalities(release, template, facts)
    outcomes.stamp.forget()
    return ShownFirst(release.public_id, release.public_from)


def tell_municipalities(release: IndexRelease, template: str, facts: Mapping[str, Any]) -> None:
    """Tell everyone who may write the note of a municipality in the province, once each; part of the caller's transaction."""
    title = release.title or _("Waar stapelt het zich op?")
    about = Reference("index-release", release.public_id, title, f"/gemeente/uitkomsten/{release.public_id}")
    receivers: set[str] = set()
    for code in areas.codes_of(Level.MUNICIPALITY, release.year, province=release.province):
        receivers |= set(who_may("write-note", Subject(province=release.province, municipality=code)))
    for person in sorted(receivers):
        tell(
            about=about, moment="shown", template=template, facts={**facts, "public_from": release.public_from},
            province=release.province, person=person,
        )  # fmt: skip


def may_see_ahead(actor: Actor, shown: str) -> bool:
    """Whether the actor may see an estimate (public id of its showing) before everybody does: who may write a note beside it."""
    release = IndexRelease.objects.filter(public_id=shown).first()
    return release is not None and bool(outcomes.municipalities_of(actor, release))


def notes_beside(shown: str) -> list[NoteBeside]:
    """What municipalities wrote beside an estimate, by municipality; nothing before everybody may see it."""
    found = IndexNote.objects.filter(release__public_id=shown, release__public_from__lte=clock.today()).order_by("municipality")
    return [NoteBeside(one.municipality, one.text) for one in found]
