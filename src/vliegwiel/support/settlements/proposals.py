"""A decision after the grant as it is proposed: what lacks, what stands in its way, what it says with its hash, and its letter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterDraft
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.iban import is_iban
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.grants.public import State, draft_letter_to, most_for_costs
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Act, Intention, LaterDecision, ReportKind
from vliegwiel.support.settlements.rules import GROUNDS, Ground, article_of, calculated, pay_by, within_years

#: The states in which each can be decided.
STATES = {
    Act.SETTLE: {State.GRANTED, State.REPORTED},
    Act.WITHDRAW: {State.GRANTED, State.REPORTED},
    Act.REVISE: {State.DETERMINED},
    Act.RECOVER: {State.DETERMINED, State.WITHDRAWN},
}


@dataclass(frozen=True)
class Proposal:
    """What someone proposes. `ground` is a key of `rules.GROUNDS`; `amount` is the amount from then on, or what is asked back (left out
    where it follows from the ground); `left_out` are costs that do not count (4:46(3))."""

    ground: str
    summary: str
    motivation: str
    amount: Money | None = None
    left_out: Money = Money(0)
    left_out_why: str = ""
    views_answer: str = ""
    breach_on: date | None = None
    pay_to: str = ""
    follows: str = ""


def amount_of(file: GrantFile, proposal: Proposal) -> Money | None:
    """The amount that follows from the ground, or the one that was filled in."""
    ground = GROUNDS[proposal.ground]
    if ground.actual:
        report = file.report
        if report is None or report.kind != ReportKind.COSTS:
            return None
        counted = Money(max(report.total.cents - proposal.left_out.cents, 0))
        return calculated(file.grant.awarded, counted, report.others_money, most_for_costs(file.name, counted))
    if ground.act is Act.RECOVER:
        return proposal.amount or file.undue
    return proposal.amount if ground.lower or ground.follows else file.grant.awarded


def problems(file: GrantFile, proposal: Proposal) -> list[str]:
    """What lacks in a proposal, one Dutch line each."""
    if proposal.ground not in GROUNDS:
        return ["Kies op welke grond u dit besluit."]
    ground, found = GROUNDS[proposal.ground], []
    if not proposal.summary.strip():
        found.append("Schrijf in gewone woorden op wat het besluit is.")
    if not proposal.motivation.strip():
        found.append("Schrijf op waarom u dit besluit (Awb 3:46). Zonder motivering is er geen besluit.")
    amount = amount_of(file, proposal)
    if amount is None:
        text = "Deze grond vraagt een verslag met de kosten." if ground.actual else "Vul het nieuwe bedrag in."
        return [*found, text]
    found += _amount_problems(file, ground, amount)
    if proposal.left_out.cents and not proposal.left_out_why.strip():
        found.append("Schrijf op waarom deze kosten niet meetellen (Awb 4:46, derde lid).")
    if proposal.left_out.cents and not ground.actual:
        found.append("Kosten laat u alleen weg als het bedrag uit de werkelijke kosten volgt.")
    if ground.breach and proposal.breach_on is None:
        found.append("Vul in op welke dag de verplichting niet is nagekomen. Vanaf die dag tellen de vijf jaren.")
    if ground.act is Act.RECOVER and not is_iban(proposal.pay_to):
        found.append("Vul het rekeningnummer van de provincie in waarop de ontvanger betaalt.")
    if ground.follows and not file.rules.follow_funder:
        found.append("In deze regeling staat niet dat u de vaststelling van een ander mag volgen.")
    if ground.follows and not proposal.follows.strip():
        found.append("Vul in wiens vaststelling u volgt, met datum en nummer.")
    heard = file.intention
    if ground.hears and heard is not None and heard.received_on and not proposal.views_answer.strip():
        found.append("Schrijf op wat u met de reactie van de ontvanger deed.")
    return found


def _amount_problems(file: GrantFile, ground: Ground, amount: Money) -> list[str]:
    awarded, net = file.grant.awarded, file.money.paid - file.money.returned
    if ground.act is Act.RECOVER:
        if not 0 < amount.cents <= file.undue.cents:
            return [f"Vraag een bedrag terug tot en met {file.undue.dutch()}. Dat is te veel betaald."]
        return []
    if amount.cents < 0 or amount > awarded:
        return [f"Nooit meer dan is verleend: {awarded.dutch()}."]
    if ground.lower and amount == awarded:
        return ["Op deze grond wordt het bedrag lager."]
    if ground.key.startswith("end-") and amount < net:
        return [f"Volgens 4:50 geldt dit voor de tijd die komt. Wat is betaald, {net.dutch()}, blijft."]
    return []


def obstacles(file: GrantFile, ground: Ground, *, lowers: bool, breach_on: date | None, today: date) -> list[str]:
    """What must happen first, one Dutch line each; asked at the proposal and again in the transaction that signs it."""
    found: list[str] = []
    if file.grant.state not in STATES[ground.act]:
        found.append(f"Dit kan niet. De stand van deze aanvraag is nu: {file.grant.state_name}.")
    if file.decision.sent_on is None:
        found.append("De brief met de verlening is nog niet verstuurd.")
    if ground.act is not Act.RECOVER and file.money.on_its_way.cents:
        found.append(f"Er is nog {file.money.on_its_way.dutch()} onderweg naar de ontvanger. Wacht op de bank.")
    if ground.act is Act.SETTLE:
        found += _before_settling(file, ground, today)
    if ground.hears and lowers:
        found += _not_heard(file.intention, today)
    limit = _limit(file, ground, breach_on, today)
    if limit is not None and not limit:
        found.append(f"{limit.reasons[0].text} ({limit.reasons[0].article})")
    return found


def _before_settling(file: GrantFile, ground: Ground, today: date) -> list[str]:
    found = []
    if file.open_change is not None:
        found.append("Beslis eerst op het verzoek om iets te veranderen.")
    report = file.report
    if report is None and file.report_kind is not None:
        found += _without_report(file, today)
    if report is not None and report.draw_id and report.checked_on is None:
        found.append("Deze verantwoording zit in een steekproef. Bekijk haar eerst.")
    if report is not None and report.good is False and ground.key == "as-granted":
        found.append("De steekproef was niet in orde. Kies een andere grond.")
    return found


def _without_report(file: GrantFile, today: date) -> list[str]:
    """Why it cannot be determined without a report yet: the last day has not passed, or no term was set to ask for it (4:44(3), 4:47)."""
    if file.report_by is not None and today <= file.report_by:
        return [f"Er is nog geen verslag. Dat kan de ontvanger sturen tot en met {day(file.report_by, 'full')}."]
    if file.arrangement is not None and file.arrangement.settled == "ex_officio" and file.report_by is not None:
        return []
    if file.report_request is None:
        return ["Er is geen verslag. Geef de ontvanger eerst een termijn om de vaststelling te vragen (Awb 4:44, derde lid)."]
    return []


def _not_heard(told: Intention | None, today: date) -> list[str]:
    if told is None:
        return ["Hoor eerst wat de ontvanger vindt (Awb 4:7)."]
    if told.skip_ground or told.received_on or (told.until and today > told.until):
        return []
    return [
        f"De ontvanger kan nog reageren tot en met {day(told.until, 'full')}." if told.until else "Vraag de ontvanger opnieuw."
    ]


def _limit(file: GrantFile, ground: Ground, breach_on: date | None, today: date) -> Verdict | None:
    """The five years, where they count: for a revision and a recovery after the determination."""
    since = file.determined_on
    if ground.act is Act.REVISE:
        since = breach_on if ground.breach and breach_on else since
        return within_years(since, today, "Awb 4:49, derde lid") if since else None
    if ground.act is Act.RECOVER:
        last = next((item for item in reversed(file.taken) if item.act == Act.REVISE), None)
        since = last.breach_on if last is not None and last.breach_on else since
        return within_years(since, today, "Awb 4:57, vierde lid") if since else None
    return None


def filled(file: GrantFile, proposal: Proposal, *, by: str, name: str) -> LaterDecision:
    """The record of a proposal, not saved yet."""
    ground, amount = GROUNDS[proposal.ground], amount_of(file, proposal) or Money(0)
    report = file.report if ground.act is Act.SETTLE else None
    ex_officio = ground.act is Act.SETTLE and (
        report is None or (file.arrangement is not None and file.arrangement.settled == "ex_officio")
    )
    lowers = ground.hears and amount < file.grant.awarded
    return LaterDecision(
        application=file.name,
        number=file.grant.number,
        province=file.grant.province,
        decision=file.decision.id,
        act=ground.act,
        ground=ground.key,
        article=(_of_regulation(file) if ground.follows else article_of(ground, file.rules, ex_officio=ex_officio))[:120],
        was=file.grant.awarded.cents,
        amount=amount.cents,
        report=report,
        account=[[_row_name(row), row["planned"], row["actual"]] for row in report.costs] if report and ground.actual else [],
        left_out=proposal.left_out.cents,
        left_out_why=proposal.left_out_why.strip(),
        pay_to=proposal.pay_to.replace(" ", "").upper() if ground.act is Act.RECOVER else "",
        follows=proposal.follows.strip()[:160] if ground.follows else "",
        breach_on=proposal.breach_on if ground.breach else None,
        ex_officio=ex_officio,
        summary=proposal.summary.strip(),
        motivation=proposal.motivation.strip(),
        intention=file.intention if lowers else None,
        views_answer=proposal.views_answer.strip(),
        proposed_by=by,
        proposed_name=name[:80],
    )


def hash_of(found: LaterDecision) -> str:
    """The hash of everything a signature stands under."""
    fields = (
        *("public_id", "application", "number", "decision", "act", "ground", "article", "was", "amount", "account", "left_out"),
        *("left_out_why", "follows", "pay_to", "breach_on", "ex_officio", "summary", "motivation", "views_answer", "proposed_by"),
    )
    said: dict[str, Any] = {name: getattr(found, name) for name in fields}
    said["report"] = found.report.content_hash if found.report else ""
    said["intention"] = found.intention.public_id if found.intention else ""
    if found.replaces is not None:
        said["replaces"] = found.replaces.public_id
    return content_hash(said)


def letter_of(file: GrantFile, found: LaterDecision, *, name: str) -> LetterDraft:
    """The letter that tells this decision, signed by `name` in the name of the executive."""
    kind, facts = _letter_facts(file, found)
    return draft_letter_to(file.name, kind, facts, signer=name, motivation=motivation_of(found), summary=found.summary)


def motivation_of(found: LaterDecision) -> str:
    """Why, as the letter says it: the ground, the motivation, what was left out, and what was done with the reaction."""
    parts = [f"{GROUNDS[found.ground].text} Dit staat in {found.article}.", found.motivation]
    if found.left_out:
        parts.append(f"Wij laten {Money(found.left_out).dutch()} aan kosten weg. {found.left_out_why}")
    if found.follows:
        parts.append(f"Wij volgen de vaststelling van {found.follows}.")
    told = found.intention
    if told is not None and told.received_on:
        parts.append(f"U reageerde op {day(told.received_on, 'full')}. {found.views_answer}")
    elif told is not None and told.until and not told.skip_ground:
        parts.append(f"U kon reageren tot en met {day(told.until, 'full')}. Wij kregen geen reactie.")
    return "\n".join(parts)


def parts_of(file: GrantFile, found: LaterDecision) -> tuple[Money, Money, Money]:
    """What this decision does with money: let go of what was committed, still to pay, and paid too much."""
    net, committed = file.money.paid.cents - file.money.returned.cents, file.money.committed.cents
    free = min(committed, max(committed + net - found.amount, 0))
    rest = committed - free if found.act == Act.SETTLE else 0
    return Money(free), Money(rest), Money(max(net - found.amount, 0))


def _letter_facts(file: GrantFile, found: LaterDecision) -> tuple[str, dict[str, Any]]:
    activity = f"‘{file.grant.title}’"
    _free, rest, back = parts_of(file, found)
    if found.act == Act.RECOVER:
        facts = {"pay_by": pay_by(clock.today(), equated_days()), "account": found.pay_to}
        interest = "Betaalt u later? Dan komt er wettelijke rente bij (artikel 4:98 Awb)."
        return "recovery", {**facts, "activity": activity, "amount": found.money, "basis": found.article, "interest": interest}
    if found.act == Act.SETTLE:
        facts = {"granted": file.decision.awarded, "amount": found.money, "basis": found.article}
        paid = file.money.paid - file.money.returned
        account = [[name, Money(planned), Money(made)] for name, planned, made in found.account]
        rows = {"paid": paid, "to_pay": rest if rest.cents else None, "back": back if back.cents else None}
        return "settlement", {**facts, **rows, "activity": activity, "account": account or None}
    change = "Wij trekken uw subsidie in." if not found.amount else "Wij verlagen uw subsidie."
    facts = {"activity": activity, "was": found.was_money, "amount": found.money, "change": change}
    return "grant-withdrawn", {**facts, "basis": found.article, "back": back if back.cents else None}


def _of_regulation(file: GrantFile) -> str:
    article = file.rules.follow_funder
    return f"artikel {article} van {file.grant.scheme_title}" if article[:1].isdigit() else article


def _row_name(row: dict[str, Any]) -> str:
    return f"{row['kind']}: {row['text']}" if row["text"] else str(row["kind"])
