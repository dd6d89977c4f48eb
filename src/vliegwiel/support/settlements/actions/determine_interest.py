"""Lay down the interest that we owe (Awb 4:99) and pay it; and pay what else we owe besides a grant, such as a penalty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.budgets.public import PaymentFacts, PaymentRequest, commit, lines_of_kind, request_payment
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterDraft, prepare_letter
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import GrantFacts, draft_letter_to, grant_of, move_on, send_letter
from vliegwiel.support.settlements.files import GrantFile, OwingFile, account_problem, begin, owing_file
from vliegwiel.support.settlements.models import InterestCause, InterestDecision
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.owed import Owed, OwnPayee, owed_on, total
from vliegwiel.support.settlements.rules import pay_by

MOVE = "determine-interest"
#: The kind of instrument whose budget lines carry what we owe besides a grant.
BURDENS = "lasten"


@dataclass(frozen=True)
class OwnDebt:
    """Something that we owe besides a grant: about what, how much, by when, in words (at most 140), and the day it was asked or began;
    `to` is another payee than the account of the application."""

    about: Reference
    amount: Money
    due_on: date
    words: str
    since: date
    to: OwnPayee | None = None


@trail.recorded(MOVE, kind="application", about=named("application"))
def determine_interest(*, actor: Actor, application: str, line: str = "", why_none: str = "") -> InterestDecision:
    """Decide by letter how much interest we owe (*rentebesluit*, Awb 4:99) over all that was counted and not decided on, and ask for its
    payment from a budget line (public id) within six weeks (4:87); or that nothing is due, with the reason `why_none`. Who applied along
    and gets a part on an account of their own gets a letter of their own (3:41). An application that got no grant counts too: a penalty
    that we paid late.

    Raises NotFound; NotAllowed without the verb or a mandate; NotNow when nothing is owed, the line has too little or the account may
    not receive it; NotValid for a line of another kind.
    """
    file = owing_file(application)
    begin(actor, MOVE, file)
    rows = owed_on(file)
    if not rows:
        raise NotNow(_("Er is nu geen rente vast te stellen."), code="nothing")
    amount = Money(0) if why_none.strip() else total(rows)
    signer, held = _signer(actor, file.grant, total(rows))
    drafts = [(to, letter_of(file, rows, amount, why_none.strip(), signer, to)) for to in (None, *_along(file, rows))]
    ready = [(to.id if to else "", prepare_letter(province=file.grant.province, draft=draft)) for to, draft in drafts]
    with transaction.atomic():
        letter, *_theirs = [send_letter(actor, file.name, one, person) for person, one in ready]
        found = InterestDecision.objects.create(
            application=file.name,
            number=file.grant.number,
            province=file.grant.province,
            rows=[row.as_row() for row in rows],
            amount=amount.cents,
            why=why_none.strip(),
            letter=letter.id,
            taken_by=actor.id,
            taken_name=signer[:80],
            mandate=held,
        )
        _demand_first(found, rows)
        _pay(actor, file.grant, found, Money(0), line)
        facts: dict[str, Any] = {"decision": found.public_id, "cents": amount.cents, "mandate": held, "letter": letter.id}
        move_on(actor, MOVE, file.name, facts=facts)
    return found


def redress_interest(
    *, actor: Actor, decision: str, amount: Money, by: str, line: str, letter: str, mandate: str, why: str
) -> InterestDecision:
    """More interest after an objection (Awb 4:125, 7:11), in the transaction of the act that decides on it, which demands the permission.
    What comes on top is paid from a budget line. Raises NotFound, NotNow when another took its place, NotValid for less or too much."""
    found = interest_named(decision)
    if InterestDecision.objects.filter(replaces=found).exists():
        raise NotNow(_("Voor dit besluit is al een ander in de plaats gekomen."), code="replaced")
    if not found.money <= amount <= most_interest(found):
        text = _("Kies een bedrag van {least} tot en met {most}.")
        least, most = found.money.dutch(), most_interest(found).dutch()
        raise NotValid(text.format(least=least, most=most), code="amount")
    person = known_person(actor.id)
    fresh = InterestDecision.objects.create(
        application=found.application,
        number=found.number,
        province=found.province,
        rows=found.rows,
        amount=amount.cents,
        why="" if amount.cents else why,
        letter=letter,
        taken_by=actor.id,
        taken_name=person.name[:80] if person else "",
        prepared_by=by,
        mandate=mandate,
        replaces=found,
    )
    grant = grant_of(found.application)
    _pay(actor, grant, fresh, found.money, line)
    facts: dict[str, Any] = {"decision": fresh.public_id, "replaces": found.public_id, "cents": fresh.amount, "letter": letter}
    move_on(actor, MOVE, grant.id, facts=facts)
    return fresh


def _demand_first(found: InterestDecision, rows: Sequence[Owed]) -> None:
    """Go on only when nobody decided on the same causes since they were read; raises NotNow, which undoes this decision. Who decides at the
    same moment waits here for the other."""
    causes = [InterestCause(decision=found, application=found.application, key=row.key, payment=row.payment) for row in rows]
    try:
        with transaction.atomic():
            InterestCause.objects.bulk_create(causes)
    except IntegrityError as twice:
        raise NotNow(_("Iemand anders stelde deze rente net vast. Bekijk het opnieuw."), code="stale") from twice


def interest_named(name: str) -> InterestDecision:
    """By public id; raises NotFound."""
    found = InterestDecision.objects.filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    return found


def most_interest(found: InterestDecision) -> Money:
    """What was counted for this decision, also when nothing was paid."""
    return Money(sum(row["cents"] for row in found.rows))


def _pay(actor: Actor, grant: GrantFacts, found: InterestDecision, before: Money, line: str) -> None:
    """Ask for the payment of a decision, less what an earlier one paid `before`: to each who is to get it, in the order of its rows."""
    now, paid = _per_payee(found, found.money), _per_payee(found, before)
    for place, (to, cents) in enumerate(now.items()):
        more = Money(cents - paid[to])
        if more.cents:
            key = f"interest-{place}" if to else "interest"
            pay_own_debt(actor=actor, grant=grant, debt=debt_of(grant, found, more, to), line=line, key=key)


def _per_payee(found: InterestDecision, amount: Money) -> dict[OwnPayee | None, int]:
    """An amount over who gets it, row by row until it is used up; who gets the grant has no payee of its own."""
    parts: dict[OwnPayee | None, int] = {}
    left = amount.cents
    for row in found.rows:
        to = OwnPayee(row["to_name"], row["to_account"], row["to"]) if row.get("to_account") else None
        part = min(left, int(row["cents"]))
        parts[to] = parts.get(to, 0) + part
        left -= part
    return parts


def debt_of(grant: GrantFacts, found: InterestDecision, amount: Money, to: OwnPayee | None = None) -> OwnDebt:
    """The interest as something we owe."""
    path = f"/mijn/aanvragen/{grant.id}/geld" if grant.awarded.cents else f"/mijn/aanvragen/{grant.id}"
    about = Reference("interest", found.public_id, grant.title, path)
    words = _("Rente bij dossier {number}").format(number=grant.number)
    today = clock.today()
    return OwnDebt(about, amount, pay_by(today, equated_days()), words, today, to)


def pay_own_debt(*, actor: Actor, grant: GrantFacts, debt: OwnDebt, line: str, key: str) -> PaymentFacts:
    """Commit what we owe on a budget line for it and ask for its payment, to the account of the application or to whom the debt names, in
    the transaction of the act that owes it, which demands the permission. Once per debt and key.

    Raises NotValid for a line of another kind or an account that cannot be right, NotNow when the line has too little or the account may
    not receive it.
    """
    problem = "" if debt.to else account_problem(grant)
    if problem:
        raise NotNow(problem, code="no-account")
    if line not in {name for name, _title, _free in lines_of_kind(grant.province, BURDENS, clock.today())}:
        raise NotValid(_("Kies een budgetpost voor dwangsommen, rente en kosten."), code="no-line")
    commit(
        actor=actor,
        line=line,
        amount=debt.amount,
        about=debt.about,
        received_on=debt.since,
        key=key,
        reason=debt.words,
    )
    request = PaymentRequest(
        about=debt.about,
        payee_name=debt.to.name if debt.to else grant.account_name or grant.applicant_name,
        account=debt.to.account if debt.to else grant.account,
        amount=debt.amount,
        due_on=debt.due_on,
        reference=debt.words[:140],
        payee=debt.to.id if debt.to else grant.organisation or grant.applicant,
    )
    return request_payment(actor=actor, request=request, key=key)


def _along(file: OwingFile, rows: Sequence[Owed]) -> list[OwnPayee]:
    """Who of the applicant's side gets a part of their own, each once."""
    return [to for to in dict.fromkeys(row.to for row in rows) if to is not None and to.id in file.grant.applicants]


def letter_of(
    file: OwingFile, rows: Sequence[Owed], amount: Money, why_none: str, signer: str, to: OwnPayee | None = None
) -> LetterDraft:
    """The letter that tells it: over what, from when until when, how much; `to` who applied along about their own part, else to the
    applicant about everything."""
    if to is not None:
        rows = [replace(row, to=None) for row in rows if row.to == to]
    articles = " en ".join(dict.fromkeys(f"artikel {row.article}" for row in rows))
    outcome = _outcome(rows) if amount.cents else _("U krijgt geen rente.")
    table = [[row.text, row.base, day(row.since, "full"), day(row.until, "full"), row.interest] for row in rows]
    facts: dict[str, Any] = {
        "about": _about(file),
        "outcome": outcome,
        "rows": table,
        "basis": f"artikel 4:99 en {articles} Awb",
        "pay_by": pay_by(clock.today(), equated_days()) if amount.cents else None,
    }
    motivation = why_none or " ".join(row.sentence for row in rows)
    along = to.name if to else ""
    return draft_letter_to(
        file.name, "interest-decision", facts, signer=signer, motivation=motivation, summary=outcome, along=along
    )


def _about(file: OwingFile) -> str:
    """What the letter is about, as it goes on after *Dit gaat over*."""
    text = _("uw subsidie voor ‘{title}’") if isinstance(file, GrantFile) else _("uw aanvraag voor ‘{title}’")
    return text.format(title=file.grant.title)


def _outcome(rows: Sequence[Owed]) -> str:
    """How much goes to whom: to who gets the grant, and to each who was paid late on an account of their own."""
    parts: dict[OwnPayee | None, list[Owed]] = {}
    for row in rows:
        parts.setdefault(row.to, []).append(row)
    yours, theirs = _("Wij betalen u {amount} rente."), _("Wij betalen {name} {amount} rente.")
    said = [
        (theirs if to else yours).format(amount=total(part).dutch(), name=to.name if to else "") for to, part in parts.items()
    ]
    return " ".join(said)


def _signer(actor: Actor, grant: GrantFacts, amount: Money) -> tuple[str, str]:
    """The name of who decides and the mandate it rests on; raises NotAllowed."""
    held = mandate(actor, province=grant.province, matter="grants", amount=amount)
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    person = known_person(actor.id)
    return person.name if person else "", str(held.reasons[0].facts.get("mandate", ""))
