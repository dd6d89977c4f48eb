"""Plan a call, change or drop it while nobody was told, and announce it as the law asks."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import CeilingFacts, ceiling_of
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.schemes.lifecycle import MOVES, CallState, SchemeState
from vliegwiel.support.schemes.models import Call, Method, Scheme, SchemeVersion
from vliegwiel.support.schemes.queries import call_named, scheme_named, version_on
from vliegwiel.support.schemes.rules import announcement_problems


@trail.recorded("plan-call", kind="call", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def plan_call(
    *, actor: Actor, scheme: str, name: str, opens_at: datetime, closes_at: datetime, method: str, ceiling: str = "", **facts: Any
) -> Call:
    """Plan a call (*openstelling*) of a scheme on the version that holds on its first day.

    `facts` may be what `change_call` takes. Raises NotAllowed, NotNow without a version for that day, NotValid.
    """
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    if found.state == SchemeState.CLOSED:
        raise NotNow(_("Deze regeling is gestopt en gaat niet meer open."), code="closed-scheme")
    version = _version_for(found, clock.legal_date(opens_at))
    call = Call(scheme=found, version=version, province=found.province, made_up=found.made_up)
    _fill(call, name=name, opens_at=opens_at, closes_at=closes_at, method=method, ceiling=ceiling, **facts)
    call.save()
    _record(actor, "plan-call", call)
    return call


@trail.recorded("change-call", kind="call", about=lambda arguments: str(arguments["call"]))
@transaction.atomic
def change_call(*, actor: Actor, call: str, revision: int, **facts: Any) -> Call:
    """Change a planned call. Takes name, opens_at, closes_at, method, ceiling, parts, decision_number, decision_date, publication,
    published_on. Raises NotAllowed, NotNow once it was announced, NotValid."""
    found = _begin(actor, call, "change-call")
    _fill(found, **facts)
    found.version = _version_for(found.scheme, clock.legal_date(found.opens_at))
    changed = {name: getattr(found, name) for name in (*_FIELDS, "version")}
    _update(found, revision, **changed)
    _record(actor, "change-call", found)
    return found


@trail.recorded("announce-call", kind="call", about=lambda arguments: str(arguments["call"]))
@transaction.atomic
def announce_call(*, actor: Actor, call: str) -> Call:
    """Announce a call: from now on it is public, and it opens and closes by the clock.

    It needs number and date of the adopting decision, the publication of ceiling and way of dividing, and a ceiling, all before the
    period starts (Awb 4:25–4:27). Raises NotAllowed, NotNow, NotValid with one line for everything that is missing.
    """
    found = _begin(actor, call, "announce-call")
    problems = announcement_problems(found, _ceilings(found), clock.now())
    if problems:
        raise NotValid(_("Deze openstelling kan nog niet bekend worden gemaakt."), code="not-ready", details=problems)
    _update(found, found.revision, state=CallState.ANNOUNCED.value, announced_at=clock.now())
    _record(actor, "announce-call", found)
    return found


@trail.recorded("drop-call", kind="call", about=lambda arguments: str(arguments["call"]))
@transaction.atomic
def drop_call(*, actor: Actor, call: str) -> None:
    """Take a planned call away; nobody was told of it. Raises NotAllowed, NotNow once it was announced."""
    found = _begin(actor, call, "drop-call")
    _record(actor, "drop-call", found)
    if not Call.objects.filter(pk=found.pk, state=CallState.PLANNED.value).delete()[0]:
        raise NotNow(_("Deze openstelling is al bekend gemaakt."), code="state")


_FIELDS = (
    "name",
    "opens_at",
    "closes_at",
    "method",
    "ceiling",
    "parts",
    "decision_number",
    "decision_date",
    "publication",
    "published_on",
)


def _ceilings(call: Call) -> list[CeilingFacts]:
    """The ceilings of a call; raises NotFound for one that does not exist, NotValid for one of another province."""
    found = [ceiling_of(ceiling) for ceiling in (call.ceiling, *call.parts) if ceiling]
    if any(ceiling.province != call.province for ceiling in found):
        raise NotValid(_("Dit plafond is van een andere provincie. Kies een eigen plafond."), code="ceiling")
    if any(part.within != call.ceiling for part in found[1:]):
        raise NotValid(_("Een deelplafond hoort onder het plafond van de openstelling."), code="ceiling")
    return found


def _begin(actor: Actor, call: str, key: str) -> Call:
    found = call_named(call)
    demand(actor, MOVES[key].verb, Subject(province=found.province))
    if found.stands not in MOVES[key].sources:
        raise NotNow(_("Deze openstelling is al bekend gemaakt. Wat bekend is gemaakt, verandert niet meer."), code="announced")
    return found


def _fill(call: Call, **facts: Any) -> None:
    unknown = set(facts) - set(_FIELDS)
    if unknown:
        raise TypeError(f"a call has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(call, name, value.strip() if isinstance(value, str) else value)
    if not call.name:
        raise NotValid(_("Geef de openstelling een naam, bijvoorbeeld Voorjaar 2026."), code="no-name")
    if call.opens_at.tzinfo is None or call.closes_at.tzinfo is None:
        raise TypeError("a moment needs a time zone")
    if call.closes_at <= call.opens_at:
        raise NotValid(_("De openstelling sluit voordat zij opengaat. Kies een latere dag om te sluiten."), code="closes-first")
    if call.method not in Method.values:
        raise NotValid(_("Kies hoe het geld wordt verdeeld."), code="no-method")
    allowed = call.version.document.get("dividing", {}).get("methods", Method.values)
    if call.method not in allowed:
        names = ", ".join(str(Method(key).label) for key in allowed)
        raise NotValid(_("Deze regeling laat dat niet toe. Zij verdeelt {names}.").format(names=names), code="method")
    _ceilings(call)
    if call.method == Method.TENDER and not call.version.document.get("criteria"):
        raise NotValid(_("Een tender heeft criteria nodig. Zet die eerst in een nieuwe versie."), code="no-criteria")


def _version_for(scheme: Scheme, day: date) -> SchemeVersion:
    version = version_on(scheme, day)
    if version is None:
        raise NotNow(_("Op de eerste dag geldt er geen versie van deze regeling. Zet die eerst in werking."), code="no-version")
    return version


def _update(call: Call, revision: int, **changes: Any) -> None:
    unchanged = Call.objects.filter(pk=call.pk, revision=revision, state=CallState.PLANNED.value)
    if not unchanged.update(revision=F("revision") + 1, **changes):
        raise NotNow(_("Iemand anders heeft deze openstelling net gewijzigd. Bekijk haar opnieuw."), code="stale")
    call.refresh_from_db()


def _record(actor: Actor, action: str, call: Call) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("call", call.public_id, "", ""),
        facts={"scheme": call.scheme.key, "version": call.version.public_id, "method": call.method, "ceiling": call.ceiling},
        province=call.province,
    )
