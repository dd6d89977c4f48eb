"""The file of an objection at work: parts as links, what can be done now, and who did what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.objection_costs import cost_tariff
from vliegwiel.foundation.budgets.public import ceiling_of, free_then, lines_of_kind
from vliegwiel.foundation.papers.public import PaperFacts, letters_of, may_read_papers, papers_of, preview_of
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.people.public import Dossier, Subject, colleagues, show_dossier
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.grants.public import ceiling_under, duties_in, grant_of, grounds_to_refuse, may_read_grant, rules_of
from vliegwiel.support.objections import outcomes
from vliegwiel.support.objections.actions.decide_objection import may_decide
from vliegwiel.support.objections.actions.hear_objection import NOTICE_DAYS, hearing_of
from vliegwiel.support.objections.contested import Contested, contested_of
from vliegwiel.support.objections.costs import ACTS as ACTS_OF_HELP
from vliegwiel.support.objections.costs import OTHERS, WEIGHTS, costs_owed
from vliegwiel.support.objections.effects import OWN_DEBTS, REMEDIES
from vliegwiel.support.objections.lifecycle import MOVES, PENDING, moves_from
from vliegwiel.support.objections.models import (
    InadmissibleGround,
    Matter,
    Objection,
    Outcome,
    SkipHearingGround,
)
from vliegwiel.support.objections.pages.mine.status import moments_of
from vliegwiel.support.objections.pages.visitors import readable
from vliegwiel.support.objections.pages.work.acts import ACTS
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.queries import notice_of, objections_of
from vliegwiel.support.objections.standing import is_objector, may_move, reference, uninvolved
from vliegwiel.support.objections.terms import REPAIR_WEEKS, may_still_adjourn, open_request, term_of, why_until
from vliegwiel.support.settlements.public import BURDENS, account_problem, grounds_of
from vliegwiel.support.settlements.public import PAPERS as PAPERS_OF_ACCOUNT

_FOLDER = "support/objections/pages/work"
Part = Callable[[Actor, Objection, HttpRequest], dict[str, Any]]
#: What is usually missing (Awb 6:5), as the form offers it.
MISSING = (
    "De reden waarom u het niet eens bent met het besluit.",
    "Uw handtekening.",
    "Een machtiging als u voor iemand anders schrijft.",
    "Een kopie van het besluit, of het nummer ervan.",
)


def dossier_page(request: HttpRequest, number: str, part: str = "overzicht") -> HttpResponse:
    """`/werk/bezwaren/<nummer>/<deel>`."""
    return show_dossier(request, _DOSSIER, number, part)


def _opened(actor: Actor, number: str) -> Objection:
    found = readable(actor, number)
    if is_objector(actor, found):
        raise NotAllowed(gettext("Dit dossier is voor wie bij de provincie aan het bezwaar werkt."), code="not-at-work")
    return found


def _frame(actor: Actor, found: Objection) -> dict[str, Any]:
    """What stands around every part."""
    grant, first = grant_of(found.application), contested_of(found)
    notice = notice_of(found.application, found)
    return {
        "objection": found,
        "grant": grant,
        "first": first,
        "reads_file": bool(may_read_grant(actor, grant.id)),
        "others": [item for item in objections_of(found.application) if item.pk != found.pk],
        "left": (found.due_on - clock.today()).days,
        "pending": found.stands in PENDING,
        "asked": open_request(found),
        "can": {move.key for move in moves_from(found.stands) if may_move(actor, move.key, found)},
        "involved": not uninvolved(actor, found),
        "hearing": hearing_of(found),
        "advice": outcomes.advice_of(found),
        "notice": facts_of(notice) if notice else None,
        "actor_id": actor.id,
        "outcome_name": dict(Outcome.choices).get(found.outcome, ""),
        "made_up": found.made_up,
    }


def _people(found: Objection, key: str) -> list[Any]:
    return list(colleagues(MOVES[key].verbs, Subject(province=found.province, municipality=found.municipality)))


def _overview(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    term = term_of(found)
    latest = term.ends + timedelta(days=42)
    return {
        "moments": moments_of(found),
        "term": term.explain(),
        "why_until": why_until(found.announced_on),
        "handlers": [person for person in _people(found, "take-objection") if person.id not in found.involved],
        "may_adjourn": may_still_adjourn(found),
        "latest": latest,
    }


def _grounds(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    return {
        "papers": papers_of(reference(found)),
        "file_papers": _file_papers(actor, found),
        "letters": letters_of(grant_of(found.application).about),
        "missing": MISSING,
        "repair_by_iso": (clock.today() + timedelta(weeks=REPAIR_WEEKS)).isoformat(),
    }


def _file_papers(actor: Actor, found: Objection) -> list[PaperFacts]:
    """The papers of the application and of the account for it, for who may read them: all that the first decision rests on (Awb 7:4)."""
    about = grant_of(found.application).about
    both = (about, Reference(PAPERS_OF_ACCOUNT, about.id, "", ""))
    return [paper for item in both if may_read_papers(actor, item) for paper in papers_of(item)]


def _hearing(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    return {
        "hearings": found.hearings.all(),
        "hearers": _people(found, "report-hearing"),
        "skip_grounds": SkipHearingGround.choices,
        "first_day": clock.today() + timedelta(days=NOTICE_DAYS),
    }


def _advice(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    return {"advices": found.advices.all(), "choices": Outcome.choices}


def _decision(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    waiting = found.decisions.select_related("objection").filter(taken_at=None, returned_at=None).first()
    context: dict[str, Any] = {
        "waiting": waiting,
        "taken": found.decisions.filter(taken_at__isnull=False),
        "returned": found.decisions.filter(returned_at__isnull=False),
        "choices": Outcome.choices,
        "grounds": InadmissibleGround.choices,
        "position": _position(found),
        "costs": _costs(found, request.POST),
        "owed": costs_owed(found),
        **_ways(found, contested_of(found)),
    }
    if waiting is not None:
        try:
            context["signer"] = may_decide(actor, found, waiting)
        except (NotAllowed, NotNow) as refusal:
            context["no_signer"] = refusal.message
        signer = context["signer"].name if "signer" in context else waiting.proposed_name
        context["letter"] = preview_of(province=found.province, draft=outcomes.letter_of(waiting, signer=signer))
    return context


def _costs(found: Objection, typed: QueryDict) -> dict[str, Any] | None:
    """What the form offers about the costs of objecting, with what was typed; None when nobody asked."""
    if not found.wants_costs:
        return None
    tariff = cost_tariff(clock.today())
    weight = typed.get("kosten-gewicht", "average")
    return {
        "tariff": tariff,
        "ours": typed.get("kosten-fout", ""),
        "acts": [(key, words, typed.get(f"kosten-hulp-{key}") == "1") for key, words in ACTS_OF_HELP.items()],
        "weights": [(key, words, key == weight) for key, words in WEIGHTS.items()],
        "others": [(key, words, typed.get(f"kosten-{key}", "")) for key, (words, _part) in OTHERS.items()],
    }


def _ways(found: Objection, against: Contested) -> dict[str, Any]:
    """What the form offers when the objection is upheld: it depends on the decision that it is against."""
    award = against.award if against.matter is Matter.AWARD else None
    grounds = []
    if award is not None and not award.awards:
        grounds = [(key, article, text) for key, (article, text) in grounds_to_refuse(found.application).items()]
    elif award is None:
        grounds = grounds_of(against.matter)
    return {
        "remedies": [(item.value, item.label) for item in REMEDIES[against.matter]],
        "of_award": award is not None,
        "duties": list(enumerate(duties_in(against.id), start=1)) if award and award.awards and not against.replaced else [],
        "better_grounds": grounds,
        "consent": rules_of(found.application).consent if award else None,
        "may_pass_ceiling": against.matter not in (Matter.CHANGE, *OWN_DEBTS),
        "lines": lines_of_kind(found.province, BURDENS, clock.today()) if against.matter is Matter.INTEREST else [],
        "burdens": lines_of_kind(found.province, BURDENS, clock.today()) if found.wants_costs else [],
        "account_problem": account_problem(grant_of(found.application)),
    }


def _position(found: Objection) -> dict[str, Any] | None:
    """How the ceiling stands now, and stood at the first decision: whether the duty to refuse held then (Awb 4:25(3))."""
    grant, first = grant_of(found.application), contested_of(found)
    if first.taken_at is None or first.matter in (Matter.CHANGE, *OWN_DEBTS):
        return None
    under = ceiling_under(found.application)
    if not under:
        return None
    return {"now": ceiling_of(under, grant.received_on), "then": free_then(under, first.taken_at, grant.received_on)}


def _appeal(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    return {"appeals": found.appeals.all(), "decision": found.decisions.filter(taken_at__isnull=False).first()}


def _trail(actor: Actor, found: Objection, request: HttpRequest) -> dict[str, Any]:
    rows = trail.entries(trail.Filter(object=found.public_id))[:200]
    return {"entries": [(entry, str(ACTIONS.get(entry.action, entry.action))) for entry in rows]}


PARTS: dict[str, tuple[Promise, Part]] = {
    "overzicht": (_("Overzicht"), _overview),
    "bezwaar": (_("Bezwaar en stukken"), _grounds),
    "horen": (_("Horen"), _hearing),
    "advies": (_("Commissie"), _advice),
    "besluit": (_("Besluit"), _decision),
    "beroep": (_("Beroep"), _appeal),
    "logboek": (_("Logboek"), _trail),
}
_DOSSIER = Dossier[Objection](
    folder=_FOLDER,
    route="objection_part",
    opened=_opened,
    number=lambda found: found.number,
    parts=PARTS,
    acts=ACTS,
    around=_frame,
    templates={},
)
