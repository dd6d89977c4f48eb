"""Plan that a questionnaire goes into the field, and open it: from then on its words are fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork.document import AREA, Document, problems_of
from vliegwiel.see.fieldwork.models import Fielding, QuestionnaireVersion
from vliegwiel.see.fieldwork.queries import RUN, fielded_before, fielding_named, newest_version, panel_named, questionnaire_named
from vliegwiel.see.fieldwork.steady import changes_since, locked_problems

State, Route = Fielding.State, Fielding.Route


@dataclass(frozen=True)
class Plan:
    """What is planned. `by_chance`: the addresses are a draw by lot (*kanssteekproef*). `panel` is the public id of a panel; `themes` of
    the rotating themes those that are asked now; `returns_after` years it comes back, or 0; `special` an experience survey with its DPIA
    in `assessment`."""

    title: str
    period: str
    area_year: int
    route: str
    population: str
    closes_on: date
    by_chance: bool = False
    special: bool = False
    assessment: str = ""
    panel: str = ""
    themes: Sequence[str] = ()
    returns_after: int = 0
    phone: str = ""


@trail.recorded("plan-fielding", kind="fielding")
def plan_fielding(*, actor: Actor, questionnaire: str, plan: Plan, made_up: bool = False) -> Fielding:
    """Prepare a wave; nobody can answer yet. Raises NotValid with a sentence per mistake, NotNow when the wave is there already."""
    asks = questionnaire_named(questionnaire)
    demand(actor, RUN, Subject(province=asks.province))
    title = " ".join(plan.title.split())[:120]
    problems = list(_wrong(plan, asks.document))
    panel = panel_named(plan.panel) if plan.panel and plan.route == Route.PANEL else None
    if panel is not None and panel.province != asks.province:
        problems.append(_("Dit panel is van een andere provincie."))
    if problems:
        raise NotValid(_("Het plan klopt nog niet."), code="bad-plan", details=tuple(problems))
    there = NotNow(
        _("Van {title} is er al een meting van {period}.").format(title=title, period=plan.period), code="fielding-exists"
    )
    if Fielding.objects.filter(province=asks.province, title=title, period=plan.period).exists():
        raise there
    try:
        with transaction.atomic():
            made = Fielding.objects.create(
                province=asks.province, questionnaire=asks, panel=panel, title=title, period=plan.period, area_year=plan.area_year,
                route=plan.route, by_chance=plan.by_chance and plan.route == Route.LETTER, population=plan.population.strip()[:60],
                special=plan.special, assessment=plan.assessment.strip()[:80], themes=list(plan.themes),
                returns_after=plan.returns_after, closes_on=plan.closes_on, phone=plan.phone.strip()[:40],
                made_up=made_up or asks.made_up or settings.VLIEGWIEL_DEMO,
            )  # fmt: skip
            facts: dict[str, str | int | bool | None] = {"route": made.route, "special": made.special}
            record(actor, "plan-fielding", made, facts)
    except IntegrityError:
        raise there from None
    return made


@trail.recorded("open-fielding", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def open_fielding(*, actor: Actor, fielding: str) -> Fielding:
    """Fix the words of the questionnaire as a version that never changes, and let people answer.

    The same words as last time are the same version. Raises NotValid for a questionnaire that is not right, changes words under an id
    without a reason or is not fit for an experience survey; NotNow when it is open already or nobody was invited.
    """
    found = fielding_named(fielding)
    demand(actor, RUN, Subject(province=found.province))
    if found.state != State.PLANNED:
        raise NotNow(_("Deze enquête is al in het veld geweest."), code="state")
    if found.closes_on < clock.today():
        raise NotNow(_("De laatste dag is voorbij. Kies eerst een latere dag."), code="past")
    if found.invites and not found.invited:
        raise NotNow(_("Er is nog niemand uitgenodigd. Lees eerst de adressen in, of trek mensen uit het panel."), code="nobody")
    document = found.questionnaire.document
    problems = [
        *problems_of(document),
        *locked_problems(document),
        *changes_since(document, fielded_before(found.questionnaire)),
        *unfit(found, document),
    ]
    if problems:
        raise NotValid(_("De vragenlijst kan zo niet het veld in."), code="bad-questionnaire", details=tuple(problems[:20]))
    with transaction.atomic():
        version = _fixed(actor, found, document)
        planned = Fielding.objects.filter(pk=found.pk, state=State.PLANNED)
        if not planned.update(state=State.OPEN, opened_at=clock.now(), version=version):
            raise NotNow(_("Deze enquête is al in het veld geweest."), code="state")
        record(actor, "open-fielding", found, {"hash": document.hash, "invited": found.invited})
    return fielding_named(fielding)


def unfit(fielding: Fielding, document: Document) -> list[str]:
    """Why this questionnaire does not go with the way people come in."""
    found = []
    area = document.item(AREA)
    if area is not None and (fielding.special or fielding.invites):
        found.append(
            _("Vraag in een belevingsonderzoek niet naar de gemeente: kleiner dan een regio mag niet.")
            if fielding.special
            else _("Vraag niet naar de gemeente: die weten we van de uitnodiging.")
        )
    if gone := [theme for theme in fielding.themes if theme not in document.themes]:
        found.append(_("Het thema {theme} staat niet meer in de vragenlijst.").format(theme=gone[0]))
    asked = document.with_themes(list(fielding.themes))
    if not any(True for _item in asked):
        found.append(_("Met deze thema’s is er geen vraag. Kies een ander thema."))
    ids = {item.id for item in asked}
    found += [
        _("{id}: deze vraag hangt af van een vraag uit een thema dat nu niet wordt gesteld.").format(id=item.id)
        for item in asked
        if item.show_if is not None and not set(_facts_in(item.show_if)) <= ids
    ]
    return found


def _facts_in(condition: object) -> list[str]:
    if isinstance(condition, dict):
        own = [str(condition["fact"])] if "fact" in condition else []
        return own + [name for part in condition.values() for name in _facts_in(part)]
    return [name for part in condition for name in _facts_in(part)] if isinstance(condition, list) else []


def _wrong(plan: Plan, document: Document) -> list[str]:
    found = []
    if not plan.title.strip() or not (plan.period.isascii() and plan.period.isdecimal() and len(plan.period) == 4):
        found.append(_("Geef de naam van de enquête en het jaar van de meting, zoals 2026."))
    if not 1900 < plan.area_year < 2200:
        found.append(_("Zeg van welk jaar de codes van gemeenten zijn."))
    if plan.route not in Route.values:
        found.append(_("Kies hoe mensen meedoen."))
    if not plan.population.strip():
        found.append(_("Zeg over wie de enquête gaat."))
    if plan.closes_on < clock.today():
        found.append(_("De laatste dag ligt in het verleden."))
    if plan.route == Route.PANEL and not plan.panel:
        found.append(_("Kies het panel waaruit u mensen uitnodigt."))
    if plan.special and plan.route != Route.OPEN:
        found.append(_("Een belevingsonderzoek gaat met een open link. Zo weet niemand wie meedeed."))
    if plan.special and not plan.assessment.strip():
        found.append(_("Noem de DPIA van dit belevingsonderzoek. Zonder die toets kan het niet open."))
    if not 0 <= plan.returns_after <= 10:
        found.append(_("Een enquête komt na één tot tien jaar terug."))
    if unknown := [theme for theme in plan.themes if theme not in document.themes]:
        found.append(_("Het thema {theme} staat niet in de vragenlijst.").format(theme=unknown[0]))
    return found


def _fixed(actor: Actor, fielding: Fielding, document: Document) -> QuestionnaireVersion:
    before = newest_version(fielding.questionnaire)
    if before is not None and before.sha256 == document.hash:
        return before
    return QuestionnaireVersion.objects.create(
        questionnaire=fielding.questionnaire, number=before.number + 1 if before else 1, record=document.plain(),
        sha256=document.hash, fixed_by=actor.id, fixed_at=clock.now(),
    )  # fmt: skip


def record(actor: Actor, action: str, fielding: Fielding, facts: dict[str, str | int | bool | None]) -> None:
    """An entry of the trail about this fieldwork."""
    subject = Reference("fielding", fielding.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=fielding.province)
