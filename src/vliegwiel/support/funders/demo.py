"""The made-up agreements of the demo with a fund that cannot exist, in the states in which people meet them, made by the real actions."""

from datetime import date, timedelta

from django.conf import settings

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.agree_terms import propose_terms, sign_terms
from vliegwiel.support.funders.actions.keep_statement import make_statement, name_difference
from vliegwiel.support.funders.actions.share_application import answer_for_fund, ask_fund, share_application
from vliegwiel.support.funders.actions.take_in_decisions import book_intake, prepare_intake
from vliegwiel.support.funders.models import FunderAgreement
from vliegwiel.support.funders.rules import Promise, TermsIn
from vliegwiel.support.funders.sheet import written
from vliegwiel.support.grants.public import State, grant_of, running
from vliegwiel.support.schemes.demo import acting
from vliegwiel.support.schemes.public import CallFacts, calls_in

_TOGETHER, _DESK = "Verbind uw buurt", "Loket voor leefbaarheid"
_NAMING = "De provincie en het fonds worden samen genoemd, in even grote letters."
_AID = "Het zijn plannen van inwoners, zonder winst."
#: Number at the fund, who, for what, euros of both together.
_BOOKED = (
    ("VF-101", "Stichting Koffie Voor Niemand", "Een koffietafel in de hal", 6_000),
    ("VF-102", "Vereniging Zweefbankje", "Bankjes langs het pad", 4_500),
    ("VF-103", "Stichting De Losse Draad", "Samen naaien op dinsdag", 9_800),
    ("VF-104", "Stichting Koffie Voor Niemand", "Een tweede koffietafel", 5_000),
)
_WAITING = (("VF-105", "Vereniging Luchtballet", "Dansen met oud en jong", 7_200),)


def build(province: str) -> int:
    """Make the agreements that are not there yet; returns how many there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen afspraken horen alleen in een voorbeeld.", code="no-demo")
    calls = {call.scheme_title: call for call in calls_in(province)}
    there = set(FunderAgreement.objects.filter(province=province).values_list("scheme_title", flat=True))
    if _TOGETHER in calls and _TOGETHER not in there:
        _handled_by_the_fund(province, calls[_TOGETHER])
    if _DESK in calls and _DESK not in there:
        _handled_by_the_province(province, calls[_DESK])
    return FunderAgreement.objects.filter(province=province).count()


def _agreed(province: str, call: CallFacts, **terms: object) -> FunderAgreement:
    """Proposed by the programme officer and signed by who has the mandate."""
    today = clock.today()
    years = (today.year, today.year + 1)
    usual = {
        "starts": today,
        "ends": date(today.year + 1, 12, 31),
        "promised": {year: Promise(Money.euros(60_000), Money.euros(60_000)) for year in years},
        "naming": _NAMING,
        "ground": "Verzonnen besluit over samen geven, nummer 7",
        "aid": _AID,
    }
    waiting = propose_terms(
        actor=acting("programma", province),
        province=province,
        scheme=call.scheme,
        funder=acting("fonds", province).organisation,
        terms=TermsIn(**{**usual, **terms}),  # type: ignore[arg-type]  # keywords of several kinds
    )
    return sign_terms(actor=acting("tekenbevoegde", province), terms=waiting.public_id, seen=waiting.content_hash).agreement


def _handled_by_the_fund(province: str, call: CallFacts) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=9)):
        agreement = _agreed(
            province,
            call,
            kind="double",
            handled_by="fund",
            per_award=Money.euros(10_000),
            per_initiative=Money.euros(10_000),
            ceiling=call.ceiling,
        )
    with clock.at(now - timedelta(days=5)):
        rows = [_row(*one) for one in _BOOKED]
        rows[2] |= {
            "kvk": "90000090",
            "staatssteun": "de-minimis",
            "verklaring": f"{clock.today():%d-%m-%Y}",
        }  # it sells what it makes
        refused = {"nummer": "VF-099", "uitkomst": "afgewezen", "besluit": f"{clock.today():%d-%m-%Y}"}
        intake = prepare_intake(
            actor=acting("programma", province), agreement=agreement.public_id, data=written([*rows, refused]).encode()
        )
        book_intake(actor=acting("tekenbevoegde", province), intake=intake.public_id, seen=intake.content_hash)
    with clock.at(now - timedelta(days=1)):
        data = written([_row(*one) for one in _WAITING]).encode()
        prepare_intake(actor=acting("programma", province), agreement=agreement.public_id, data=data)
    today = clock.today()
    statement = make_statement(
        actor=acting("controller", province),
        agreement=agreement.public_id,
        starts=today - timedelta(days=9),
        ends=today - timedelta(days=1),
    )
    name_difference(
        actor=acting("fonds", province),
        statement=statement.public_id,
        number="VF-102",
        amount=Money.euros(2_200),
        text="Bij ons staat een lager bedrag voor de bankjes.",
    )


def _row(number: str, who: str, what: str, euros: int) -> dict[str, str]:
    return {
        "nummer": number,
        "uitkomst": "toegekend",
        "ontvanger": who,
        "organisatie": "ja",
        "waarvoor": what,
        "besluit": f"{clock.today():%d-%m-%Y}",
        "bedrag": f"{euros},00",
    }


def _handled_by_the_province(province: str, call: CallFacts) -> None:
    """Two granted plans: of one the fund pays a part, about the other it still has to answer."""
    with clock.at(clock.now() - timedelta(days=20)):
        agreement = _agreed(
            province,
            call,
            kind="apart",
            handled_by="province",
            per_award=Money.euros(10_000),
            per_initiative=Money.euros(10_000),
            headings=(("huur", "Plek en gebruik"), ("materiaal", "Spullen"), ("uren", "Inzet van mensen")),
            follow=True,
            follow_most=Money.euros(10_000),
        )
    plans = [
        grant for grant in map(grant_of, running(State.GRANTED)) if (grant.province, grant.scheme) == (province, call.scheme)
    ]
    for place, grant in enumerate(plans[:2]):
        share_application(
            actor=Actor("person", grant.applicant, origin="demo"),
            application=grant.id,
            agreement=agreement.public_id,
            parts=("budget", "answers") if place == 0 else ("budget",),
        )
        answer = ask_fund(
            actor=acting("programma", province),
            agreement=agreement.public_id,
            application=grant.id,
            until=clock.today() + timedelta(days=21),
            amount=Money.euros(2_000),
        )
        if place == 0:
            answer_for_fund(actor=acting("fonds", province), answer=answer.public_id, agrees=True, amount=Money.euros(2_000))
