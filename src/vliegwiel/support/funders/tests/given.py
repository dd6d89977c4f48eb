"""Agreements with a fund that cannot exist, brought to a state by the real actions in the made-up province."""

from datetime import date, timedelta
from typing import Any

from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.agree_terms import propose_terms, sign_terms
from vliegwiel.support.funders.actions.share_application import answer_for_fund, ask_fund, share_application
from vliegwiel.support.funders.actions.take_in_decisions import book_intake, prepare_intake
from vliegwiel.support.funders.models import AgreementTerms, Disclosure, FundAnswer, FunderAgreement, Intake
from vliegwiel.support.funders.rules import Promise, TermsIn
from vliegwiel.support.funders.sheet import written
from vliegwiel.support.funders.trial import Trial
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, a_signer, an_officer, the_province
from vliegwiel.support.schemes.public import CallFacts

FUND_NAME = "Fonds Luchtkasteel"
EURO = Money.euros
TOGETHER, CROWD = "gelderland/verbind-je-buurt", "zuid-holland/samen-betalen"


def the_fund(name: str = FUND_NAME) -> Organisation:
    """A fund that cannot exist."""
    return Organisation.objects.filter(name=name).first() or an_organisation(name)


def of_the_fund(name: str = FUND_NAME) -> Actor:
    """Someone who works for the fund."""
    email = f"{name.lower().replace(' ', '-')}@voorbeeld.invalid"
    held = Role.objects.filter(kind="fonds", person__email=email).first()
    return acting(held or a_role("fonds", organisation=the_fund(name), email=email))


def a_controller() -> Actor:
    """Who compares the money for the province."""
    held = Role.objects.filter(kind="controller", person__email="controller@voorbeeld.invalid").first()
    return acting(held or a_role("controller", organisation=the_province(), email="controller@voorbeeld.invalid"))


def terms(**changes: Any) -> TermsIn:
    """Both put in ten thousand euros this year; the fund handles; at most 10,000 per award and initiative, from a ceiling of 100,000."""
    today = clock.today()
    usual: dict[str, Any] = {
        "kind": "double",
        "handled_by": "fund",
        "starts": today - timedelta(days=4),
        "ends": date(today.year, 12, 31),
        "promised": {today.year: Promise(EURO(10_000), EURO(10_000))},
        "per_award": EURO(10_000),
        "per_initiative": EURO(10_000),
        "naming": "Provincie en fonds worden samen genoemd, in gelijke letters.",
        "ground": "Verzonnen mandaatbesluit, nummer 7",
        "aid": "Het zijn plannen van inwoners, zonder winst.",
    }
    found = {**usual, **changes}
    if found["handled_by"] == "fund" and "ceiling" not in found:
        found["ceiling"] = a_ceiling(EURO(100_000)).id
    return TermsIn(**found)


def proposed(call: CallFacts | None = None, *, by: Actor | None = None, **changes: Any) -> AgreementTerms:
    """An agreement that waits for its signature."""
    found = call or a_call(TOGETHER)
    return propose_terms(
        actor=by or an_officer(), province=PROVINCE, scheme=found.scheme, funder=the_fund().public_id, terms=terms(**changes)
    )


def agreed(call: CallFacts | None = None, **changes: Any) -> FunderAgreement:
    """An agreement that two persons signed."""
    waiting = proposed(call, **changes)
    return sign_terms(actor=a_signer(), terms=waiting.public_id, seen=waiting.content_hash).agreement


def changed(agreement: FunderAgreement, **changes: Any) -> AgreementTerms:
    """New terms from today, signed."""
    new = terms(**{"starts": clock.today(), **changes})
    waiting = propose_terms(actor=an_officer(), province=PROVINCE, agreement=agreement.public_id, terms=new)
    return sign_terms(actor=a_signer(), terms=waiting.public_id, seen=waiting.content_hash)


def together_handled_by_the_province(**changes: Any) -> tuple[FunderAgreement, CallFacts]:
    """Each gives an amount of its own, the province handles; a call of a plain scheme."""
    call = a_call(follow_funder={"article": "12"})
    usual: dict[str, Any] = {"kind": "apart", "handled_by": "province", "follow": True, "follow_most": EURO(10_000)}
    usual["promised"] = {clock.today().year: Promise(EURO(50_000), EURO(50_000))}
    return agreed(call, **{**usual, **changes}), call


def a_row(number: str = "F-1", **changes: str) -> dict[str, str]:
    """A decision of the fund as it stands in its file: six thousand euros for an organisation."""
    usual = {
        "nummer": number,
        "uitkomst": "toegekend",
        "ontvanger": f"Stichting Verzonnen {number}",
        "organisatie": "ja",
        "gemeente": "GM9901",
        "waarvoor": "Een tafel op het plein",
        "besluit": f"{clock.today():%d-%m-%Y}",
        "bedrag": "6.000,00",
    }
    return {**usual, **changes}


def a_file(*rows: dict[str, str]) -> bytes:
    """The rows as the spreadsheet of the fund."""
    return written(list(rows)).encode()


def laid_ready(agreement: FunderAgreement, *rows: dict[str, str], by: Actor | None = None) -> Intake:
    """Decisions that wait for who books them."""
    return prepare_intake(actor=by or an_officer(), agreement=agreement.public_id, data=a_file(*(rows or (a_row(),))))


def booked(agreement: FunderAgreement, *rows: dict[str, str]) -> Trial:
    """Decisions that were booked by a second person."""
    intake = laid_ready(agreement, *rows)
    return book_intake(actor=a_signer(), intake=intake.public_id, seen=intake.content_hash)


def shared(agreement: FunderAgreement, application: Application, *parts: str) -> Disclosure:
    """A plan that its applicant shares with the fund."""
    actor = Actor("person", application.applicant)
    return share_application(
        actor=actor, application=application.public_id, agreement=agreement.public_id, parts=parts or ("budget", "answers")
    )


def asked(agreement: FunderAgreement, application: Application, amount: Money | None = None) -> FundAnswer:
    """The fund was asked to take part, within four weeks."""
    until = clock.today() + timedelta(days=28)
    return ask_fund(
        actor=an_officer(), agreement=agreement.public_id, application=application.public_id, until=until, amount=amount
    )


def answered(answer: FundAnswer, amount: Money) -> FundAnswer:
    """The fund says yes."""
    return answer_for_fund(actor=of_the_fund(), answer=answer.public_id, agrees=True, amount=amount)


def a_shared_application(agreement: FunderAgreement, call: CallFacts) -> Application:
    """Ready to be decided, and shared with the fund."""
    application = a_decidable_application(call)
    shared(agreement, application)
    return application
