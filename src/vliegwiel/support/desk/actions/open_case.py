"""A support case from opening to closing: goals, the municipality, pausing, and what came of it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.consents.public import close as close_consents
from vliegwiel.support.desk import clocks, consent, telling
from vliegwiel.support.desk.actions.answer_enquiry import taking
from vliegwiel.support.desk.lifecycle import PENDING_ADVICE, CaseState
from vliegwiel.support.desk.models import CaseGoal, CaseOutcome, Look, SupportCase
from vliegwiel.support.desk.standing import begin, begin_case, case_reference, find, finish, move_case, named
from vliegwiel.support.desk.terms import months_later
from vliegwiel.support.experts.public import end_requests

_MOST_GOALS = 10


@trail.recorded("open-case", kind="enquiry", about=named())
@transaction.atomic
def open_case(
    *,
    actor: Actor,
    enquiry: str,
    title: str,
    summary: str,
    goals: Sequence[str],
    expected_until: date | None = None,
    missing: str = "",
    carried: str = "",
) -> SupportCase:
    """A support case on the file of a question, with the goals of the residents in their own words. `summary` is what the
    municipality reads; `missing` and `carried` answer the two questions on shadow sides at the start, and may come later. Where
    nobody has to be asked it starts at once. Raises NotFound, NotAllowed, NotNow, NotValid.
    """
    found = find(enquiry)
    begin(actor, "open-case", found)
    wanted = [goal.strip()[:200] for goal in goals if goal.strip()]
    if not title.strip() or not summary.strip() or not wanted:
        raise NotValid(_("Geef het traject een naam, een korte tekst en minstens één doel."), code="incomplete")
    today = clock.today()
    if expected_until is not None and expected_until < today:
        raise NotValid(_("De dag waarop het klaar is, ligt in de toekomst."), code="expected")
    changes = taking(found, actor)
    if found.answered_on is None:
        clocks.note_answered(found, actor, str(changes.get("organisation_name", "")))
        changes["answered_on"] = today
    case = SupportCase.objects.create(
        enquiry=found, province=found.province, title=title.strip()[:120], opened_on=today, expected_until=expected_until
    )
    CaseGoal.objects.bulk_create(CaseGoal(case=case, text=text) for text in wanted[:_MOST_GOALS])
    _first_look(case, missing, carried)
    done = finish(actor, "open-case", found, **changes)
    case.enquiry = done
    if consent.needed(case):
        consent.ask(actor, case, summary)
    else:
        move_case(case, CaseState.ACTIVE, started_on=today)
    telling.to_resident(done, "case", "case", {"case": case})
    return case


@trail.recorded("start-case", kind="enquiry", about=named())
@transaction.atomic
def start_case(*, actor: Actor, enquiry: str) -> SupportCase:
    """The work begins: the municipality agreed, or did not object in time. Raises NotFound, NotAllowed, and NotNow with the reason."""
    found = find(enquiry)
    case = begin_case(actor, "start-case", found)
    verdict = consent.may_start(case)
    if not verdict:
        raise NotNow(verdict.reasons[0].text, code=verdict.reasons[0].code)
    move_case(case, CaseState.ACTIVE, started_on=clock.today())
    done = finish(actor, "start-case", found)
    telling.to_resident(done, "case-started", "case_started", {"case": case})
    return case


@trail.recorded("set-goals", kind="enquiry", about=named())
@transaction.atomic
def set_goals(*, actor: Actor, enquiry: str, add: str = "", reached: Sequence[int] = ()) -> SupportCase:
    """A new goal, and those that were reached (keys of rows). Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "set-goals", found)
    if not add.strip() and not reached:
        raise NotValid(_("Schrijf een doel op, of kies wat is bereikt."), code="empty")
    if add.strip():
        CaseGoal.objects.create(case=case, text=add.strip()[:200])
    CaseGoal.objects.filter(case=case, pk__in=reached, reached_on=None).update(reached_on=clock.today())
    finish(actor, "set-goals", found)
    return case


@trail.recorded("pause-case", kind="enquiry", about=named())
@transaction.atomic
def pause_case(*, actor: Actor, enquiry: str, until: date, reason: str) -> SupportCase:
    """It stands still until a day, with a reason that who asked reads; reminders wait. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "pause-case", found)
    if not reason.strip() or until <= clock.today():
        raise NotValid(_("Kies een dag in de toekomst en schrijf waarom het even wacht."), code="pause")
    move_case(case, CaseState.PAUSED, paused_on=clock.today(), paused_until=until, pause_reason=reason.strip()[:200])
    done = finish(actor, "pause-case", found, facts={"due": until.isoformat()})
    telling.to_resident(done, f"paused-{done.revision}", "paused", {"reason": reason.strip(), "until": day(until, "week")})
    return case


@trail.recorded("resume-case", kind="enquiry", about=named())
@transaction.atomic
def resume_case(*, actor: Actor, enquiry: str) -> SupportCase:
    """It goes on. Raises NotFound, NotAllowed, NotNow."""
    found = find(enquiry)
    case = begin_case(actor, "resume-case", found)
    move_case(case, CaseState.ACTIVE, paused_on=None, paused_until=None, pause_reason="")
    finish(actor, "resume-case", found)
    return case


@trail.recorded("close-case", kind="enquiry", about=named())
@transaction.atomic
def close_case(*, actor: Actor, enquiry: str, outcome: str, text: str) -> SupportCase:
    """What came of it. Advice that is still open is not done; three questions go to who was helped, and after 6, 12 and 24 months we look
    back. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "close-case", found)
    if outcome not in CaseOutcome.values or not text.strip():
        raise NotValid(_("Kies wat eruit kwam, en schrijf het in een paar zinnen op."), code="outcome")
    today = clock.today()
    move_case(
        case,
        CaseState.CLOSED,
        closed_on=today,
        outcome=outcome,
        outcome_text=text.strip(),
        paused_on=None,
        paused_until=None,
        pause_reason="",
    )
    case.advices.filter(state__in=[state.value for state in PENDING_ADVICE]).update(follow_up_on=None)
    Look.objects.bulk_create(
        Look(case=case, months=months, due_on=months_later(today, months)) for months in desk().follow_up_months
    )
    close_consents(actor=actor, about=case_reference(case))
    end_requests(actor=actor, about=case_reference(case), why=_("Het traject is afgerond."))
    done = finish(actor, "close-case", found, facts={"outcome": outcome}, closed_on=today)
    telling.to_resident(done, "case-closed", "case_closed", {"text": text.strip()})
    return case


def _first_look(case: SupportCase, missing: str, carried: str) -> None:
    told = bool(missing.strip() and carried.strip())
    Look.objects.create(
        case=case,
        months=0,
        due_on=case.opened_on,
        missing=missing.strip(),
        carried=carried.strip(),
        told_by="adviser" if told else "",
        answered_on=case.opened_on if told else None,
    )
