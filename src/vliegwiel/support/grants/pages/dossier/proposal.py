"""The form of a decision: from fields to a proposal, and back to what was typed."""

from django.http import QueryDict

from vliegwiel.foundation.questions.public import amount_of, date_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.decisions import Beyond, Proposal
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.models import Application

#: How many conditions and obligations the form has room for.
ROOM = 6


def proposal_of(found: Application, form: QueryDict) -> Proposal:
    """The proposal that the form makes. An amount that cannot be read is zero, and then the action says what is wrong."""
    kind = form.get("soort", "")
    whole = kind in ("grant", "conditional", "at_once") and not form.get("bedrag", "").strip()
    awarded = found.asked_money if whole else amount_of(form.get("bedrag", "") or "0") or Money(0)
    reason = form.get("voorbij-reden", "").strip()
    return Proposal(
        kind=kind,
        awarded=Money(0) if kind in ("refusal", "not_treated") else awarded,
        summary=form.get("kort", ""),
        motivation=form.get("motivering", ""),
        grounds=tuple(form.getlist("grond")) if kind in ("refusal", "partial") else (),
        facts_differ=form.get("andere-feiten") == "1",
        duties=() if kind in ("refusal", "not_treated") else tuple(duties_of(form)),
        consent_weighed=form.get("instemming", ""),
        views_answer=form.get("reactie", ""),
        public_title=form.get("titel", ""),
        activity_ends=date_of(form.get("einde", "")),
        beyond=Beyond(reason, form.get("voorbij-post", "").strip()) if reason else None,
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
