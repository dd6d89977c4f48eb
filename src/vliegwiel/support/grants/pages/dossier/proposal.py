"""The form of a decision: from fields to a proposal, and back to what was typed."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from vliegwiel.engines.allocation import Award
from vliegwiel.foundation.questions.public import amount_of, as_typed, date_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.decisions import Beyond, Proposal
from vliegwiel.support.grants.duties import END, DutyIn, usual
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.placing import placed
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.turn import newest_division

#: How many conditions and obligations the form has room for.
ROOM = 6


def proposal_of(found: Application, form: QueryDict) -> Proposal:
    """The proposal that the form makes. An amount that cannot be read is zero, and then the action says what is wrong."""
    kind = form.get("soort", "")
    whole = kind in ("grant", "conditional", "at_once") and not form.get("bedrag", "").strip()
    awarded = found.asked_money if whole else amount_of(form.get("bedrag", "") or "0") or Money(0)
    reason = form.get("voorbij-reden", "").strip()
    ends = date_of(form.get("einde", ""))
    days = {item.text: item.due_on for item in usual(rules_for(found), ends)}
    duties = [replace(item, due_on=item.due_on or days.get(item.text)) for item in duties_of(form)]
    return Proposal(
        kind=kind,
        awarded=Money(0) if kind in ("refusal", "not_treated") else awarded,
        summary=form.get("kort", ""),
        motivation=form.get("motivering", ""),
        grounds=tuple(form.getlist("grond")) if kind in ("refusal", "partial") else (),
        facts_differ=form.get("andere-feiten") == "1",
        duties=() if kind in ("refusal", "not_treated") else tuple(duties),
        consent_weighed=form.get("instemming", ""),
        views_answer=form.get("reactie", ""),
        public_title=form.get("titel", ""),
        activity_ends=ends,
        beyond=Beyond(reason, form.get("voorbij-post", "").strip(), form.get("voorbij-grond") or "4:25(3)") if reason else None,
    )


def duties_of(form: QueryDict) -> list[DutyIn]:
    """The conditions and obligations that were typed; an empty line is none."""
    found = []
    for place in range(1, ROOM + 1):
        text = form.get(f"plicht-{place}-tekst", "").strip()
        if text:
            kind, _space, article = form.get(f"plicht-{place}-soort", "obligation 4:37").partition(" ")
            found.append(
                DutyIn(
                    kind,
                    article,
                    text,
                    form.get(f"plicht-{place}-grond", ""),
                    form.get(f"plicht-{place}-bewijs", ""),
                    date_of(form.get(f"plicht-{place}-dag", "")),
                )
            )
    return found


@dataclass(frozen=True)
class Row:
    """A line of the form for a condition or an obligation; `choice` is its kind and article."""

    place: int
    text: str = ""
    choice: str = ""
    basis: str = ""
    proof: str = ""
    day: date | None = None


def rows_of(duties: list[DutyIn]) -> list[Row]:
    """The lines of the form, those that are known first."""
    known = [
        Row(place, duty.text, f"{duty.kind} {duty.article}", duty.basis, duty.evidence, duty.due_on)
        for place, duty in enumerate(duties[:ROOM], start=1)
    ]
    return known + [Row(place) for place in range(len(known) + 1, ROOM + 1)]


def suggested(found: Application, freed: Award | None = None) -> dict[str, str]:
    """What the form says before anybody typed: the end that the applicant named, and what came out of a division it took part in, or
    what it would get of money that came free."""
    given = {"einde": str(found.answers.get(END) or "")}
    if freed is not None:
        return given | {"soort": "grant" if freed.amount == found.asked_money else "partial", "bedrag": as_typed(freed.amount)}
    division = newest_division(found.call)
    award = division.awards.get(found.public_id) if division else None
    if award is None:
        return given
    money = Money(award["amount"])
    given |= {"soort": "refusal", "motivering": placed(found, division)}
    if not money.cents:
        return given
    return given | {"soort": "partial" if money < found.asked_money else "grant", "bedrag": as_typed(money)}
