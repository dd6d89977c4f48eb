"""Begin, fill in and close a scan; ask and keep advice. Each save needs the version that the person saw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.scan import scan_form
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.monitor.models import Scan, ScanAdvice
from vliegwiel.see.monitor.rules import may_change_scan, wrong_answers

VERB = "make-scans"
Answers = Mapping[str, Mapping[str, str]]


def _scan_of(arguments: Mapping[str, Any]) -> str:
    return str(arguments.get("scan_id", ""))[:12]


@trail.recorded("begin-scan", kind="scan")
@transaction.atomic
def begin_scan(*, actor: Actor, province: str, title: str, plan: str, area: tuple[str, int] | None = None) -> Scan:
    """Begin a scan of a plan for the organisation of the actor. Raises NotAllowed or NotValid."""
    demand(actor, VERB, Subject(organisation=actor.organisation))
    problems = _wrong_plan(title, plan)
    if problems:
        raise NotValid(_("Er klopt iets niet."), details=tuple(problems))
    moment = clock.now()
    scan = Scan.objects.create(
        province=province,
        organisation=actor.organisation,
        author=actor.id,
        title=title.strip(),
        plan=plan.strip(),
        area_code=area[0] if area else "",
        area_year=area[1] if area else None,
        made_at=moment,
        changed_at=moment,
    )
    _record(actor, "begin-scan", scan)
    return scan


@trail.recorded("save-scan-effects", kind="scan", about=_scan_of)
@transaction.atomic
def save_effects(*, actor: Actor, scan_id: str, version: int, effects: Answers) -> Scan:
    """Keep the answers of some themes and times; answers to others stay. Nothing chosen and nothing said takes an answer away."""
    scan = _open(actor, scan_id, version)
    filled = _given(effects)
    cleared = effects.keys() - filled.keys()
    _refuse_wrong(filled, {})
    return _save(
        actor,
        "save-scan-effects",
        scan,
        version,
        effects={key: value for key, value in {**scan.effects, **filled}.items() if key not in cleared},
    )


@trail.recorded("save-scan-groups", kind="scan", about=_scan_of)
@transaction.atomic
def save_groups(*, actor: Actor, scan_id: str, version: int, groups: Answers, side_effects: str, goals: Sequence[int]) -> Scan:
    """Keep for whom the plan works out how, its side effects, and the goals (SDG 1–17) it touches."""
    scan = _open(actor, scan_id, version)
    filled = _given(groups)
    _refuse_wrong({}, filled)
    if any(goal not in range(1, 18) for goal in goals):
        raise NotValid(_("Een doel is een getal van 1 tot en met 17."))
    return _save(
        actor, "save-scan-groups", scan, version, groups=filled, side_effects=side_effects.strip(), goals=sorted(set(goals))
    )


@trail.recorded("ask-scan-advice", kind="scan", about=_scan_of)
@transaction.atomic
def ask_advice(*, actor: Actor, scan_id: str, version: int, name: str, function: str, question: str) -> ScanAdvice:
    """Note that advice was asked of a named person in a function."""
    scan = _open(actor, scan_id, version)
    if not name.strip() or not function.strip():
        raise NotValid(_("Vul in wie u advies vraagt en welke functie die persoon heeft."))
    advice = ScanAdvice.objects.create(
        scan=scan, name=name.strip(), function=function.strip(), question=question.strip(), asked_on=clock.today()
    )
    _save(actor, "ask-scan-advice", scan, version)
    return advice


@trail.recorded("keep-scan-advice", kind="scan", about=_scan_of)
@transaction.atomic
def keep_advice(*, actor: Actor, scan_id: str, version: int, advice: int, answer: str) -> Scan:
    """Keep the answer of who was asked; an answer that is there is not replaced."""
    scan = _open(actor, scan_id, version)
    if not answer.strip():
        raise NotValid(_("Vul het advies in."))
    changed = ScanAdvice.objects.filter(scan=scan, pk=advice, answer="").update(answer=answer.strip(), answered_on=clock.today())
    if not changed:
        raise NotNow(_("Dit advies is al ingevuld of bestaat niet."))
    return _save(actor, "keep-scan-advice", scan, version)


@trail.recorded("close-scan", kind="scan", about=_scan_of)
@transaction.atomic
def close_scan(*, actor: Actor, scan_id: str, version: int) -> Scan:
    """Close the scan: from now on it is read, printed and compared, not changed."""
    scan = _open(actor, scan_id, version)
    if not scan.effects:
        raise NotNow(_("Vul eerst bij ten minste één thema in wat het plan doet."))
    return _save(actor, "close-scan", scan, version, closed_at=clock.now())


def _open(actor: Actor, scan_id: str, version: int) -> Scan:
    scan = Scan.objects.filter(public_id=scan_id).first()
    if scan is None:
        raise NotFound(_("Deze scan bestaat niet."))
    demand(actor, VERB, Subject(organisation=scan.organisation))
    if not (verdict := may_change_scan(scan)):
        raise NotNow(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if scan.version != version:
        raise NotNow(_("Iemand anders heeft deze scan intussen veranderd. Bekijk eerst de nieuwe antwoorden."), code="stale")
    return scan


def _save(actor: Actor, action: str, scan: Scan, version: int, **changes: Any) -> Scan:
    """One conditional update decides who was first; the trail keeps that it was saved, never what was said."""
    changed = Scan.objects.filter(pk=scan.pk, version=version).update(**changes, version=version + 1, changed_at=clock.now())
    if not changed:
        raise NotNow(_("Iemand anders heeft deze scan intussen veranderd. Bekijk eerst de nieuwe antwoorden."), code="stale")
    scan.refresh_from_db()
    _record(actor, action, scan)
    return scan


def _record(actor: Actor, action: str, scan: Scan) -> None:
    subject = Reference("scan", scan.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts={"version": scan.version}, province=scan.province)


def _refuse_wrong(effects: Answers, groups: Answers) -> None:
    problems = wrong_answers(scan_form(), effects, groups)
    if problems:
        raise NotValid(
            _("Er zijn {problems} dingen die nog niet kloppen.").format(problems=len(problems))
            if len(problems) > 1
            else problems[0],
            details=tuple(problems),
        )


def _wrong_plan(title: str, plan: str) -> list[str]:
    problems = []
    if not title.strip():
        problems.append(_("Geef het plan een naam."))
    if len(title) > 120:
        problems.append(_("De naam van het plan is langer dan 120 tekens. Maak hem korter."))
    if len(plan.strip()) < 20:
        problems.append(_("Beschrijf het plan in een paar zinnen, zodat een ander het begrijpt."))
    return problems


def _given(answers: Answers) -> dict[str, dict[str, str]]:
    """What was chosen or said; who says something but chooses nothing is asked to choose."""
    found = {key: {"effect": answer.get("effect", ""), "why": answer.get("why", "").strip()} for key, answer in answers.items()}
    return {key: answer for key, answer in found.items() if any(answer.values())}
