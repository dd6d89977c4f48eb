"""The two halves of every act on a question: may it begin, and did it go through. Both follow the table of `lifecycle`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.desk import links
from vliegwiel.support.desk.lifecycle import CASE_NAMES, MOVES, NAMES, CaseState, Side, State
from vliegwiel.support.desk.models import Enquiry, FileRole, SupportCase

#: Only for the organisation that has the file, not for who advises along.
OWN = frozenset(
    {
        "hand-over",
        "share-file",
        "clean-enquiry",
        "close-enquiry",
        "open-case",
        "close-case",
        "take-enquiry",
        "withdraw-link",
        "forget-contact",
    }
)


def reference(enquiry: Enquiry) -> Reference:
    """How other rooms point at this question, with the page that who asked reads with an account."""
    title = _("Vraag {number}").format(number=enquiry.number)
    return Reference("enquiry", enquiry.public_id, title, f"/mijn/vragen/{enquiry.public_id}")


def case_reference(case: SupportCase) -> Reference:
    """How other rooms point at this support case."""
    return Reference("support-case", case.public_id, case.title, f"/mijn/vragen/{case.enquiry.public_id}")


def find(name: str) -> Enquiry:
    """By public id or number; raises NotFound."""
    field = "number" if "-" in name else "public_id"
    found = Enquiry.objects.filter(**{field: name}).first()
    if found is None:
        raise NotFound(_("Deze vraag kennen we niet."), nearest=((_("Het loket"), "/loket"),))
    return found


def case_of(enquiry: Enquiry) -> SupportCase | None:
    """The support case on this file, if there is one."""
    return SupportCase.objects.filter(enquiry=enquiry).first()


def named(argument: str = "enquiry") -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def is_resident(actor: Actor, enquiry: Enquiry, link: str = "") -> bool:
    """Whether this is who asked: by account, or by the secret link."""
    return (actor.kind == "person" and bool(actor.id) and actor.id == enquiry.person) or links.fits(enquiry, link)


def may_work(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Whether the actor works on this file: as adviser of the organisation that has it, or as one who advises along. What nobody has yet is
    for every adviser there."""
    found = may(actor, "do-casework", Subject(province=enquiry.province, municipality=enquiry.municipality))
    if not found or actor.kind == "system" or enquiry.organisation in ("", actor.organisation):
        return found
    if _on_file(actor, enquiry, FileRole.ADVISER):
        return found
    text = _("Dit dossier is van {organisation}. Vraag haar om het met u te delen.").format(
        organisation=enquiry.organisation_name
    )
    return Verdict.no(Reason("other-organisation", text))


def may_read(actor: Actor, enquiry: Enquiry, link: str = "") -> Verdict:
    """Whether the actor may read this question: who asked it, who works on it, who looks along."""
    if is_resident(actor, enquiry, link):
        return Verdict.yes(Reason("own", _("Dit is uw eigen vraag.")))
    found = may_work(actor, enquiry)
    if found or not _on_file(actor, enquiry, FileRole.OBSERVER):
        return found
    return may(actor, "read-shared-files", Subject(province=enquiry.province, municipality=enquiry.municipality))


def may_move(actor: Actor, key: str, enquiry: Enquiry, link: str = "") -> Verdict:
    """Whether this actor may ever make this move on this question; the states are asked apart."""
    if MOVES[key].side is Side.RESIDENT:
        if is_resident(actor, enquiry, link):
            return Verdict.yes(Reason("own", _("Dit is uw eigen vraag.")))
        return Verdict.no(Reason("not-own", _("Dit is de vraag van iemand anders.")))
    found = may_work(actor, enquiry)
    if found and key in OWN and actor.kind != "system" and enquiry.organisation not in ("", actor.organisation):
        text = _("Dit doet {organisation}: die organisatie heeft het dossier.").format(organisation=enquiry.organisation_name)
        return Verdict.no(Reason("not-the-owner", text))
    return found


def demand_unchanged(enquiry: Enquiry, seen: int | None) -> None:
    """Go on only when the file is as who acts saw it (`seen`, its revision; None asks nothing). Raises NotNow, code "stale"."""
    if seen is not None and enquiry.revision != seen:
        raise NotNow(_("Iemand anders heeft dit dossier net gewijzigd. Bekijk het opnieuw."), code="stale")


def begin(actor: Actor, key: str, enquiry: Enquiry, link: str = "") -> SupportCase | None:
    """Go on only when this actor may make this move and the states allow it; raises NotAllowed or NotNow. Returns the case, if any."""
    verdict = may_move(actor, key, enquiry, link)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    move, case = MOVES[key], case_of(enquiry)
    if enquiry.stands not in move.sources:
        raise NotNow(_("Dit kan nu niet. Deze vraag: {state}.").format(state=NAMES[enquiry.stands]), code="state")
    if move.cases and (case is None or case.stands not in move.cases):
        state = CASE_NAMES[case.stands] if case else _("er is geen traject")
        raise NotNow(_("Dit kan nu niet. Het traject: {state}.").format(state=state), code="case-state")
    return case


def begin_case(actor: Actor, key: str, enquiry: Enquiry, link: str = "") -> SupportCase:
    """The same for a move that `lifecycle` says is about a case: the case is there, or it is NotNow."""
    case = begin(actor, key, enquiry, link)
    if case is None:
        raise NotNow(_("Er is geen traject bij deze vraag."), code="case-state")
    return case


def finish(
    actor: Actor,
    key: str,
    enquiry: Enquiry,
    *,
    target: State | None = None,
    facts: Mapping[str, str | int | bool | None] | None = None,
    **changes: Any,
) -> Enquiry:
    """Make the move in the caller's transaction, unless someone else changed the file since it was read (NotNow); recorded."""
    state = target or MOVES[key].target or enquiry.stands
    unchanged = Enquiry.objects.filter(pk=enquiry.pk, revision=enquiry.revision, state=enquiry.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(_("Iemand anders heeft dit dossier net gewijzigd. Bekijk het opnieuw."), code="stale")
    enquiry.refresh_from_db()
    trail.record(
        actor=actor,
        action=key,
        subject=reference(enquiry),
        facts={"state": state.value, **(facts or {})},
        province=enquiry.province,
    )
    return enquiry


def move_case(case: SupportCase, target: CaseState, **changes: Any) -> None:
    """Bring the case to a state, unless someone else did so first (NotNow); in the transaction of `finish`."""
    unchanged = SupportCase.objects.filter(pk=case.pk, state=case.state)
    if not unchanged.update(state=target.value, **changes):
        raise NotNow(_("Iemand anders heeft dit traject net gewijzigd. Bekijk het opnieuw."), code="stale")
    case.refresh_from_db()


def _on_file(actor: Actor, enquiry: Enquiry, role: FileRole) -> bool:
    if actor.kind != "person" or not actor.organisation:
        return False
    found = enquiry.members.filter(until=None, organisation=actor.organisation, person__in=["", actor.id], role=role)
    return found.exists()
