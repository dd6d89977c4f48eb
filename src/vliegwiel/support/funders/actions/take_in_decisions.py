"""Take in decisions of the fund: laid ready by one person, booked by another; then the province's side stands in the ledger."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.budgets.public import commit, money_about, release
from vliegwiel.foundation.people.public import mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders import sheet
from vliegwiel.support.funders.models import AgreementTerms, FundDecision, FunderAgreement, Intake, Kind, Outcome
from vliegwiel.support.funders.numbers import next_number
from vliegwiel.support.funders.rules import shared_again
from vliegwiel.support.funders.stand import net
from vliegwiel.support.funders.standing import (
    AGREE,
    SIGN,
    agreement_named,
    booked_about,
    decision_numbered,
    demand_act,
    intake_named,
    name_of,
    reference,
    who,
)
from vliegwiel.support.funders.trial import NEW, Judged, Trial, tried
from vliegwiel.support.grants.public import executive_of, public_from
from vliegwiel.support.register.public import ChangeKind, Entered, change, enter, name_giver
from vliegwiel.support.state_aid.public import AidSource, PublicPart, book_less, book_shared

MATTER = "grants"


def try_decisions(*, actor: Actor, agreement: str, data: bytes) -> Trial:
    """The trial run over a file of decisions; nothing is kept. Raises NotFound, NotAllowed, NotValid for what is no such file."""
    found = agreement_named(agreement)
    demand_act(actor, AGREE, found)
    return tried(found, sheet.read(data))


@trail.recorded("prepare-intake", kind="funder-agreement", about=lambda arguments: str(arguments["agreement"])[:12])
@transaction.atomic
def prepare_intake(*, actor: Actor, agreement: str, data: bytes) -> Intake:
    """Lay a file of decisions ready for who books it. Raises NotFound, NotAllowed, NotNow while another waits; NotValid with one line per
    row that is wrong, or when nothing in it can be booked."""
    found = agreement_named(agreement)
    demand_act(actor, AGREE, found)
    rows = sheet.read(data)
    trial = tried(found, rows)
    wrong = [f"regel {item.row.place}: {item.why}" for item in trial.rows if item.what == "wrong"]
    if wrong:
        raise NotValid(_("Er klopt iets niet in het bestand. Er is niets klaargezet."), code="rows", details=tuple(wrong))
    if not trial.good:
        stopped = tuple(f"regel {item.row.place}: {item.why}" for item in trial.having("stopped"))
        raise NotNow(_("Er is in dit bestand niets dat geboekt kan worden."), code="nothing-new", details=stopped)
    kept = [row.kept() for row in rows]
    made = Intake(agreement=found, rows=kept, prepared_by=who(actor), prepared_name=name_of(actor))
    made.content_hash = content_hash([found.public_id, kept])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as clash:
        raise NotNow(_("Er ligt al een aanlevering klaar. Boek die eerst, of geef haar terug."), code="waiting") from clash
    _record(actor, "prepare-intake", found, {"rows": len(rows), "hash": made.content_hash})
    return made


@trail.recorded("book-intake", kind="funder-agreement")
@transaction.atomic
def book_intake(*, actor: Actor, intake: str, seen: str) -> Trial:
    """Book what lies ready, as a second person with a mandate for what it asks of the province: each new decision gets its number, is
    committed under the ceiling, and stands in the register with both givers. What no longer fits is told, not booked.

    Raises NotFound, NotAllowed (also for who prepared it), NotValid when it reads differently, NotNow when it does not wait, when someone
    else booked at this moment, or when the ledger has no room.
    """
    found = intake_named(intake)
    agreement = found.agreement
    demand_act(actor, SIGN, agreement)
    if found.prepared_by == who(actor):
        raise NotAllowed(_("U zette dit zelf klaar. Een ander met mandaat boekt het."), code="second-signature")
    if seen != found.content_hash:
        raise NotValid(_("Deze aanlevering is anders dan wat u las. Lees haar opnieuw."), code="other-content")
    _hold(agreement)
    trial = tried(agreement, sheet.again(found.rows))
    held = mandate(actor, province=agreement.province, matter=MATTER, amount=trial.province)
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    booked = {"booked_by": who(actor), "booked_name": name_of(actor), "mandate": str(held.reasons[0].facts.get("mandate", ""))}
    waits = Intake.objects.filter(pk=found.pk, booked_at=None, returned_at=None)
    if not waits.update(booked_at=clock.now(), **booked):
        raise NotNow(_("Deze aanlevering ligt niet meer klaar."), code="state")
    for item in sorted(trial.having(NEW), key=lambda one: (one.row.decided_on, one.row.place)):
        _book(actor, found, item)
    FunderAgreement.objects.filter(pk=agreement.pk).update(dry=trial.dry)
    facts = {"rows": len(trial.having(NEW)), "amount": trial.province.cents, "hash": found.content_hash}
    _record(actor, "book-intake", agreement, facts)
    return trial


@trail.recorded("return-intake", kind="funder-agreement")
@transaction.atomic
def return_intake(*, actor: Actor, intake: str, why: str) -> Intake:
    """Send an intake back with the reason; who prepared it may take it back. Its rows go, its hash
    stays. Raises NotFound, NotAllowed, NotValid, NotNow."""
    found = intake_named(intake)
    demand_act(actor, AGREE if found.prepared_by == who(actor) else SIGN, found.agreement)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom dit teruggaat."), code="no-reason")
    waits = Intake.objects.filter(pk=found.pk, booked_at=None, returned_at=None)
    if not waits.update(returned_at=clock.now(), returned_why=why.strip(), rows=[]):
        raise NotNow(_("Deze aanlevering ligt niet meer klaar."), code="state")
    found.refresh_from_db()
    _record(actor, "return-intake", found.agreement, {"hash": found.content_hash})
    return found


@trail.recorded("settle-fund-decision", kind="funder-agreement")
@transaction.atomic
def settle_fund_decision(*, actor: Actor, decision: str, total: Money, why: str) -> FundDecision:
    """The fund settled a decision (our number) lower, or withdrew it (zero): each side keeps its part, the province's rest is free again.

    Once per decision, never higher. Raises NotFound, NotAllowed, NotValid, NotNow when it was settled before or was paid.
    """
    found = decision_numbered(decision)
    agreement = found.agreement
    demand_act(actor, AGREE, agreement)
    if not why.strip() or total.cents < 0 or total >= found.total:
        raise NotValid(_("Vul in wat er lager wordt, en waarom."), code="not-lower")
    if found.settled_on is not None:
        raise NotNow(_("Dit besluit is al vastgesteld."), code="settled")
    _hold(agreement)
    about = booked_about(found)
    money = money_about(about)
    province, fund = shared_again(total, net(money), Money(found.fund_cents))
    less = net(money) - province
    if less > money.committed - money.on_its_way:
        raise NotNow(
            _("Het deel van de provincie is al betaald aan het fonds, of onderweg. Regel dat eerst met het fonds."), code="paid"
        )
    if less.cents:
        release(actor=actor, about=about, amount=less, key="settled", reason=why.strip())
    for source, amount in ((AidSource.GRANT, less), (AidSource.DECLARED, Money(found.fund_cents) - fund)):
        book_less(actor=actor, about=about, amount=amount, key=f"settled-{source}", reason=why.strip(), source=source)
    today = clock.today()
    values = {
        "settled_cents": total.cents,
        "settled_fund": fund.cents,
        "settled_why": why.strip()[:240],
        "settled_at": clock.now(),
    }
    if not FundDecision.objects.filter(pk=found.pk, settled_on=None).update(settled_on=today, **values):
        raise NotNow(_("Dit besluit is al vastgesteld."), code="settled")
    left = {year: side for year, side in agreement.dry.items() if year != str(found.year)}
    FunderAgreement.objects.filter(pk=agreement.pk).update(dry=left)
    change(
        actor=actor,
        decision=found.public_id,
        kind=ChangeKind.DETERMINED if total.cents else ChangeKind.WITHDRAWN,
        amount=province,
        decided_on=today,
        public_from=public_from(today, equated_days()),
        key="settled",
    )
    _name_giver(actor, found, fund, "settled")
    _record(actor, "settle-fund-decision", agreement, {"decision": found.public_id, "amount": total.cents})
    found.refresh_from_db()
    return found


def _hold(agreement: FunderAgreement) -> None:
    """One booking at a time: who read an older state is refused."""
    if not FunderAgreement.objects.filter(pk=agreement.pk, revision=agreement.revision).update(revision=F("revision") + 1):
        raise NotNow(_("Iemand anders boekte net op deze afspraak. Bekijk haar opnieuw."), code="stale")


def _book(actor: Actor, intake: Intake, item: Judged) -> None:
    row, agreement, terms = item.row, intake.agreement, item.terms
    if terms is None:
        raise NotNow(_("Op deze dag gold geen getekende afspraak."), code="no-terms")
    granted = row.outcome == Outcome.GRANTED
    made = FundDecision.objects.create(
        number=next_number(row.day.year) if granted else None,
        agreement=agreement,
        terms=terms,
        intake=intake,
        fund_number=row.number,
        outcome=row.outcome,
        recipient=row.recipient,
        organisation=row.organisation,
        kvk=row.kvk,
        municipality=row.municipality,
        title=row.title,
        initiative=row.initiative if granted else "",
        decided_on=row.day,
        year=row.day.year,
        province_cents=item.province.cents,
        fund_cents=item.fund.cents,
        costs=row.costs,
        row_hash=row.hash,
    )
    if granted:
        about = booked_about(made)
        commit(actor=actor, amount=item.province, about=about, received_on=row.day, key="fund", ceiling=terms.ceiling)
        _name_giver(actor, made, item.fund, "fund")
        _book_aid(actor, made, item, terms)
    enter(actor=actor, entered=_entered(made))


def _book_aid(actor: Actor, made: FundDecision, item: Judged, terms: AgreementTerms) -> None:
    """De-minimis aid counts for the undertaking from the day the fund decided: our part, and that of the fund when its money is public."""
    if not item.undertaking:
        return
    parts = [PublicPart(item.province, executive_of(made.agreement.province))]
    parts += [PublicPart(item.fund, made.agreement.funder_name, ours=False)] if terms.public_money else []
    book_shared(
        actor=actor,
        about=booked_about(made),
        province=made.agreement.province,
        undertaking=item.undertaking,
        route=item.route,
        why=terms.aid,
        declared_on=date.fromisoformat(item.row.declared_on),
        on=item.row.day,
        parts=parts,
    )


def _name_giver(actor: Actor, found: FundDecision, fund: Money, key: str) -> None:
    crowd = found.terms.kind == Kind.CROWD
    name = _("inwoners, via {name}").format(name=found.agreement.funder_name) if crowd else found.agreement.funder_name
    name_giver(
        actor=actor, province=found.agreement.province, number=found.number or "", name=name, amount=fund, key=f"{key}-{found.pk}"
    )


def _entered(found: FundDecision) -> Entered:
    """The decision as the public reads it: organisations by name, everyone else as *particulier* (Woo 3.3a)."""
    agreement = found.agreement
    return Entered(
        province=agreement.province,
        decision=found.public_id,
        number=found.number or "",
        kind="grant" if found.number else "refusal",
        scheme=agreement.scheme,
        scheme_title=agreement.scheme_title,
        legal_basis=found.terms.ground,
        organisation=found.recipient if found.organisation else "",
        organisation_number=found.kvk if found.organisation else "",
        municipality=found.municipality,
        title=found.title,
        conditions=found.terms.naming,
        amount=found.province_money,
        decided_on=found.decided_on,
        public_from=public_from(max(found.decided_on, clock.today()), equated_days()),
        made_up=bool(agreement.made_up or settings.VLIEGWIEL_DEMO),
    )


def _record(actor: Actor, action: str, agreement: FunderAgreement, facts: dict[str, Any]) -> None:
    trail.record(actor=actor, action=action, subject=reference(agreement), facts=facts, province=agreement.province)
