"""A decision as it is proposed: what it says with its hash, what is missing in it, and the letter that tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.compose import dated
from vliegwiel.foundation.papers.public import LetterDraft
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import letters
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.duties import problems as duty_problems
from vliegwiel.support.grants.gates import Intent, grounds_for, guard_words
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.application import ApplicantKind
from vliegwiel.support.grants.models.decision import AWARDING, FREED, DecisionKind, DutyKind
from vliegwiel.support.grants.regulation import basis_of, rules_for, version_why

K = DecisionKind
#: Money is paid within six weeks after the decision was announced, unless it says otherwise (Awb 4:87).
PAYMENT_TERM = timedelta(weeks=6)
#: How the grounds of the act itself are named at work; a letter writes it out.
_AWB = "Awb "


@dataclass(frozen=True)
class Beyond:
    """The only two ways past a ceiling by a first decision: it is late and the duty to refuse did not hold on the day it was due (Awb
    4:25(3)), or it is the rest of a notice term (4:51(2)). Why, and the budget line (public id) that carries it."""

    reason: str
    line: str
    article: str = "4:25(3)"


@dataclass(frozen=True)
class Proposal:
    """What someone proposes to decide. `grounds` are keys of `gates.grounds_for`; `summary` and `motivation` are read by the applicant;
    `public_title` is what the register shows."""

    kind: str
    awarded: Money
    summary: str
    motivation: str
    grounds: tuple[str, ...] = ()
    facts_differ: bool = False
    duties: tuple[DutyIn, ...] = ()
    consent_weighed: str = ""
    views_answer: str = ""
    public_title: str = ""
    activity_ends: date | None = None
    beyond: Beyond | None = None


def intent_of(application: Application, proposal: Proposal) -> Intent:
    """The proposal as the gates look at it."""
    known = grounds_for(application)
    grounds = tuple((key, known[key][0]) for key in proposal.grounds if key in known)
    return Intent(
        proposal.kind,
        proposal.awarded,
        grounds,
        proposal.facts_differ,
        proposal.consent_weighed,
        proposal.views_answer,
        settled=proposal.beyond is not None,
    )


def intent_again(decision: Decision) -> Intent:
    """A decision that waits for its signature, as the gates look at it: its money was set apart."""
    return Intent(
        decision.kind,
        decision.awarded_money,
        tuple((item["key"], item["article"]) for item in decision.grounds),
        decision.facts_differ,
        decision.consent_weighed,
        decision.views_answer,
        settled=True,
    )


def problems(application: Application, proposal: Proposal) -> list[str]:
    """What is missing in a proposal, one Dutch line each."""
    rules, kind, asked = rules_for(application), proposal.kind, application.asked_money
    if kind not in K.values:
        return ["Kies wat u besluit."]
    found = _amount_problems(kind, proposal.awarded, asked, rules)
    if not proposal.summary.strip():
        found.append("Schrijf in gewone woorden op wat het besluit is.")
    if not proposal.motivation.strip():
        found.append("Schrijf op waarom u dit besluit (Awb 3:46). Zonder motivering is er geen besluit.")
    unknown = [key for key in proposal.grounds if key not in grounds_for(application)]
    if unknown:
        found.append("Kies een grond uit de lijst.")
    if kind in (K.REFUSAL, K.PARTIAL) and not proposal.grounds:
        found.append("Kies op welke grond u afwijst. De brief noemt het artikel.")
    conditions = [duty for duty in proposal.duties if duty.kind == DutyKind.CONDITION]
    if kind == K.CONDITIONAL and not conditions:
        found.append("Schrijf de voorwaarde op, met artikel 4:33 of 4:34 Awb.")
    if kind != K.CONDITIONAL and conditions:
        found.append("Kies ‘toekennen onder voorwaarde’, of maak van de voorwaarde een verplichting.")
    if kind in AWARDING:
        found += duty_problems(proposal.duties, rules)
        if application.applicant_kind != ApplicantKind.ORGANISATION and not proposal.public_title.strip():
            found.append("Geef het plan een titel voor het openbare register, zonder naam van een inwoner.")
    elif proposal.duties:
        found.append("Bij een afwijzing horen geen verplichtingen.")
    return found


def content_of(decision: Decision, duties: Sequence[DutyIn]) -> dict[str, Any]:
    """Everything a signature stands under."""
    return {
        "decision": decision.public_id,
        "application": decision.application.public_id,
        "number": decision.application.number,
        "kind": decision.kind,
        "asked": decision.asked,
        "advised": decision.advised,
        "awarded": decision.awarded,
        "grounds": decision.grounds,
        "facts_differ": decision.facts_differ,
        "summary": decision.summary,
        "motivation": decision.motivation,
        "consent_weighed": decision.consent_weighed,
        "views_answer": decision.views_answer,
        "said_along": decision.said_along,
        "hearing": decision.hearing.public_id if decision.hearing else "",
        "public_title": decision.public_title,
        "activity_ends": decision.activity_ends,
        "division": decision.division,
        "version": decision.version,
        "version_why": decision.version_why,
        "ledger_ground": decision.ledger_ground,
        "beyond": decision.beyond,
        "duties": [vars(duty) for duty in duties],
    }


def duties_of(decision: Decision) -> list[DutyIn]:
    """Its duties as they were proposed."""
    return [
        DutyIn(duty.kind, duty.article, duty.text, duty.basis, duty.evidence, duty.due_on)
        for duty in decision.duties.order_by("pk")
    ]


def hash_of(decision: Decision) -> str:
    """The hash of what it says now; each signature names it."""
    return content_hash(content_of(decision, duties_of(decision)))


def filled(application: Application, proposal: Proposal, *, by: str, name: str, instead_of: Decision | None = None) -> Decision:
    """The record of a proposal, not saved yet; `instead_of` is the refusal that it comes back on."""
    known, rules = grounds_for(application), rules_for(application)
    said = [_comes_back(instead_of)] if instead_of else []
    return Decision(
        application=application,
        kind=proposal.kind,
        asked=application.asked,
        advised=application.advised,
        awarded=proposal.awarded.cents,
        grounds=[{"key": key, "article": known[key][0], "text": known[key][1]} for key in proposal.grounds],
        facts_differ=proposal.facts_differ,
        summary=proposal.summary.strip(),
        motivation=proposal.motivation.strip(),
        consent_weighed=proposal.consent_weighed.strip(),
        views_answer=proposal.views_answer.strip(),
        said_along="\n".join(filter(None, [*said, guard_words(application, intent_of(application, proposal))])),
        public_title=(proposal.public_title.strip() or application.title)[:120] if proposal.kind in AWARDING else "",
        activity_ends=proposal.activity_ends,
        version=application.version,
        version_why=version_why(rules),
        ledger_ground=proposal.beyond.article if proposal.beyond else FREED if instead_of else "first",
        beyond={"reason": proposal.beyond.reason.strip(), "line": proposal.beyond.line} if proposal.beyond else {},
        proposed_by=by,
        proposed_name=name[:80],
        two_signatures=proposal.beyond is not None or proposal.awarded >= rules.two_signatures_from,
        came_from=application.state,
    )


def _comes_back(refusal: Decision) -> str:
    on = day(refusal.sent_on or clock.legal_date(refusal.taken_at or refusal.proposed_at), "full")
    return (
        f"Op {on} wezen wij uw aanvraag af, omdat het geld op was. Daarna kwam er geld vrij. "
        f"Dit besluit komt in de plaats van dat van {on}."
    )


def letter_of(decision: Decision, duties: Sequence[DutyIn], *, name: str) -> LetterDraft:
    """The letter that tells this decision, signed by `name` in the name of the executive."""
    application, rules = decision.application, rules_for(decision.application)
    kind, facts = _letter_facts(decision, duties, rules)
    return letters.draft_of(application, kind, facts, name=name, motivation=motivation_of(decision), summary=decision.summary)


def as_sent(letter: LetterDraft) -> LetterDraft:
    """The letter with date and remedy clause, as it would go today."""
    return dated(letter, clock.today())


def motivation_of(decision: Decision) -> str:
    """Why, as the letter says it: the motivation, what was done with the municipality's answer and with the applicant's reaction."""
    parts = [decision.motivation]
    if decision.kind == K.PARTIAL:
        parts += [f"De rest wijzen wij af. {item['text']} Dit staat in {_named(item['article'])}." for item in decision.grounds]
    if decision.consent_weighed:
        parts.append(f"Over het antwoord van de gemeente: {decision.consent_weighed}")
    if decision.hearing and decision.hearing.received_on and decision.views_answer:
        parts.append(f"U reageerde op {day(decision.hearing.received_on, 'full')}. {decision.views_answer}")
    parts += [decision.said_along] if decision.said_along else []
    return "\n".join(parts)


def _named(article: str) -> str:
    """An article as a letter names it."""
    if article.startswith(_AWB):
        return f"artikel {article.removeprefix(_AWB)}, van de Algemene wet bestuursrecht"
    return f"artikel {article}" if article[:1].isdigit() else article


def instalments_of(decision: Decision, on: date) -> list[tuple[int, date]]:
    """What is paid in advance and by when: all of it when it is determined at once, else the share of the regulation."""
    amount = decision.awarded_money
    if decision.kind == K.CONDITIONAL or not amount.cents:
        return []
    first = amount if decision.kind == K.AT_ONCE else amount.part(rules_for(decision.application).advance_for(amount))
    return [(first.cents, on + PAYMENT_TERM)] if first.cents else []


#: Under which interest runs over what a decision gives too late (*te laat besluit*), or only after an objection.
LATE, AFTER_OBJECTION = "4:100", "4:102, tweede lid"


def owed_earlier(decision: Decision, on: date, due_on: date) -> dict[str, date | str]:
    """When a payment that is planned on this day should have been there with a decision on the last day of its term (Awb 4:100, 4:102(2)),
    and the article; nothing when the decision came in time, or has no term. Who comes back on a rightful refusal was not late."""
    last = decision.application.due_on
    if last is None or on <= last or decision.comes_back:
        return {}
    return {"owed_from": due_on - (on - last), "owed_under": AFTER_OBJECTION if decision.replaces_id else LATE}


def _amount_problems(kind: str, awarded: Money, asked: Money, rules: SchemeRules) -> list[str]:
    if kind not in AWARDING:
        return ["Bij dit besluit hoort geen bedrag."] if awarded.cents else []
    if not 0 < awarded.cents <= asked.cents:
        return [f"Ken een bedrag toe tot en met {asked.dutch()}. Dat is gevraagd."]
    if kind == K.PARTIAL and awarded == asked:
        return ["Dit is het hele bedrag. Kies ‘toekennen’."]
    if kind == K.GRANT and awarded != asked:
        return ["Dit is niet het hele bedrag. Kies ‘deels toekennen’ en noem de grond."]
    limit = rules.determined_at_once_below
    if kind == K.AT_ONCE and (limit is None or awarded >= limit):
        said = f" onder {limit.dutch(cents=False)}" if limit else ""
        return [f"Meteen vaststellen kan alleen als de regeling dat zegt{said} (Awb 4:43)."]
    return []


def _letter_facts(decision: Decision, duties: Sequence[DutyIn], rules: SchemeRules) -> tuple[str, dict[str, letters.Fact]]:
    application = decision.application
    common: dict[str, letters.Fact] = {
        "activity": letters.activity_of(application),
        "scheme": application.scheme_title,
    }
    if decision.kind == K.NOT_TREATED:
        return "not-treated", _not_treated(application)
    if decision.kind == K.REFUSAL:
        return "refusal", {
            **common,
            "asked": decision.asked_money,
            "ground": " ".join(item["text"] for item in decision.grounds),
            "article": " en ".join(_named(item["article"]) for item in decision.grounds),
        }
    common |= {
        "amount": decision.awarded_money,
        "basis": basis_of(rules),
        "obligations": [duty_line(duty) for duty in duties if duty.kind == DutyKind.OBLIGATION],
        "payment": _payment(decision),
    }
    if decision.kind == K.AT_ONCE:
        return "grant-at-once", common
    common["account_by"] = account_by(decision, rules)
    if decision.kind == K.CONDITIONAL:
        conditions = [duty for duty in duties if duty.kind == DutyKind.CONDITION]
        articles = " en ".join(dict.fromkeys(duty.article for duty in conditions))
        lines = [f"{duty.text} Dit blijkt uit: {duty.evidence}." for duty in conditions]
        return "conditional-grant", {**common, "conditions": lines, "condition_basis": f"artikel {articles} Awb"}
    if decision.kind == K.PARTIAL:
        return "partial-grant", {**common, "asked": decision.asked_money}
    return "grant", common


def account_by(decision: Decision, rules: SchemeRules) -> date | None:
    """By when the recipient asks to determine the grant: so many weeks after the activity ends, when its arrangement asks that."""
    arrangement = rules.arrangement_for(decision.awarded_money)
    if arrangement is None or arrangement.settled != "on_application" or arrangement.report_weeks is None:
        return None
    return decision.activity_ends + timedelta(weeks=arrangement.report_weeks) if decision.activity_ends else None


def waits_for_end(duties: Sequence[DutyIn], rules: SchemeRules, awarded: Money) -> bool:
    """Whether something gets its day from the end of the activity: a duty of the regulation, or the request to determine the grant."""
    arrangement = rules.arrangement_for(awarded)
    reported = arrangement is not None and arrangement.settled == "on_application" and arrangement.report_weeks is not None
    counted = {item.text for item in rules.obligations if item.weeks_after_end is not None}
    return reported or any(duty.text in counted for duty in duties)


def _payment(decision: Decision) -> str:
    if decision.kind == K.CONDITIONAL:
        return "U krijgt geld als blijkt dat aan de voorwaarde is voldaan."
    rows = instalments_of(decision, date.min + PAYMENT_TERM)
    paid = Money(sum(cents for cents, _day in rows))
    if not paid.cents:
        return "U krijgt het geld nadat de subsidie is vastgesteld."
    if paid == decision.awarded_money:
        return f"U krijgt {paid.dutch()} binnen zes weken."
    rest = decision.awarded_money - paid
    return f"U krijgt {paid.dutch()} binnen zes weken. De rest, {rest.dutch()}, krijgt u na de vaststelling."


def duty_line(duty: DutyIn) -> str:
    """A duty as a letter says it, with its day and article."""
    when = f" Doe dit uiterlijk {day(duty.due_on, 'full')}." if duty.due_on else ""
    article = duty.basis if duty.article == "own" else f"artikel {duty.article} Awb"
    return f"{duty.text}{when} ({article})"


def _not_treated(application: Application) -> dict[str, letters.Fact]:
    asked = application.clock.filter(kind="asked").order_by("-pk").first()
    items = [item["text"] for item in asked.facts.get("items", ())] if asked else []
    return {
        "scheme": application.scheme_title,
        "missing": items,
        "asked_on": asked.on if asked else None,
        "answer_by": asked.until if asked else None,
        "basis": "artikel 4:5 Awb",
    }
