"""The made-up programme of the demo: two lines, instruments of several kinds, credit in steps, a ceiling, motions and payments."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from vliegwiel.connect.bank import fake
from vliegwiel.foundation.budgets.actions.add_programme import (
    add_budget_line,
    add_instrument,
    add_programme,
    add_programme_line,
)
from vliegwiel.foundation.budgets.actions.appropriate_credit import appropriate_credit, record_decision
from vliegwiel.foundation.budgets.actions.confirm_payments import confirm_payments
from vliegwiel.foundation.budgets.actions.keep_contract import ask_contract_payment, commit_contract, release_contract
from vliegwiel.foundation.budgets.actions.keep_council_item import (
    answer_council_item,
    link_council_item,
    record_council_item,
    settle_council_item,
)
from vliegwiel.foundation.budgets.actions.release_batch import prepare_batch, release_batch, send_batch
from vliegwiel.foundation.budgets.actions.set_ceiling import set_ceiling
from vliegwiel.foundation.budgets.files import payment_file
from vliegwiel.foundation.budgets.models import Programme
from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.models import Role
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money

TITLE = "Verzonnen programma Dorpen van morgen"
_BANK = ("NL18RABO0123459876", "Provincie Verzonnenland")
#: Key, title and kind of each instrument, its line (0 or 1), credit in euros, and the roles of the province per phase.
_INSTRUMENTS = (
    (
        "plekken",
        "Plek om elkaar te ontmoeten",
        "regeling",
        0,
        600_000,
        {"ontwerpen": ["regisseren"], "uitvoeren": ["financieren"]},
    ),
    (
        "prijs",
        "Prijs voor het beste dorpsidee",
        "prijsvraag",
        0,
        60_000,
        {"verkennen": ["agenderen"], "uitvoeren": ["financieren"]},
    ),
    ("trekker", "Kwartiermaker voor dorpswinkels", "kwartiermaker", 1, 120_000, {"uitvoeren": ["verbinden", "ondersteunen"]}),
    ("onderzoek", "Onderzoek naar rijdende voorzieningen", "onderzoek", 1, 90_000, {"verkennen": ["faciliteren", "financieren"]}),
    ("lasten", "Dwangsommen, rente en kosten van bezwaar", "lasten", 1, 20_000, {"uitvoeren": ["financieren"]}),
)


@dataclass(frozen=True)
class _Cast:
    """Who does what in the demo."""

    officer: Actor
    signer: Actor
    clerk: Actor


def build(province: str) -> int:
    """Make the programme when it is not there yet; returns how many programmes there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen budgetten horen alleen in een voorbeeld.", code="no-demo")
    if not Programme.objects.filter(province=province, title=TITLE).exists():
        cast = _Cast(_acting("programma", province), _acting("tekenbevoegde", province), _acting("griffie", province))
        with _days_ago(200):
            posts = _set_up(cast, province)
        _spend(cast, province, posts)
        _ask(cast, province, posts)
    return Programme.objects.filter(province=province).count()


def _set_up(cast: _Cast, province: str) -> dict[str, tuple[str, str]]:
    """Programme, lines, instruments, budget lines and credit; (instrument, budget line) by key."""
    actor, today = cast.officer, clock.today()
    programme = add_programme(
        actor=actor,
        province=province,
        title=TITLE,
        goal="In elk dorp is een plek om elkaar te ontmoeten, en voorzieningen blijven dichtbij.",
        starts=today.replace(month=1, day=1),
        ends=date(today.year + 3, 12, 31),
        made_up=True,
    )
    lines = [
        add_programme_line(actor=actor, programme=programme.public_id, title=title, goal=goal).public_id
        for title, goal in (
            ("Ontmoeten", "Bewoners maken zelf een plek waar iedereen welkom is."),
            ("Voorzieningen dichtbij", "Winkel, zorg en vervoer blijven bereikbaar, ook zonder auto."),
        )
    ]
    decision = record_decision(
        actor=actor,
        province=province,
        number="PS-V-001",
        title="Verzonnen besluit over krediet voor Dorpen van morgen",
        decided_on=today,
        amount=Money.euros(1_200_000),
        publication="Verzonnen provinciaal blad, nummer 2",
    )
    made: dict[str, tuple[str, str]] = {}
    for key, title, kind, line, euros, roles in _INSTRUMENTS:
        instrument = add_instrument(actor=actor, line=lines[line], kind=kind, title=title, roles=roles, starts=today)
        post = add_budget_line(
            actor=actor,
            instrument=instrument.public_id,
            title=f"{title} {today.year}",
            code=f"V.{len(made) + 1:02d}",
            starts=today.replace(month=1, day=1),
            ends=date(today.year + 1, 12, 31),
        )
        appropriate_credit(actor=actor, line=post.public_id, amount=Money.euros(euros), decision=decision.public_id)
        made[key] = (instrument.public_id, post.public_id)
    set_ceiling(
        actor=actor,
        line=made["plekken"][1],
        name="Plafond ontmoetingsplekken",
        amount=Money.euros(500_000),
        starts=today + timedelta(days=14),
        ends=date(today.year + 1, 12, 31),
        announced_on=today,
        publication="Verzonnen provinciaal blad, nummer 3",
    )
    return made


def _spend(cast: _Cast, province: str, posts: dict[str, tuple[str, str]]) -> None:
    """Contracts of the instruments that are no grants: one paid in part, one partly released, one waiting."""
    contracts = (
        ("trekker", "V-OPD-1", 96_000, "Kwartiermaker, twee jaar", 150, 24_000),
        ("onderzoek", "V-SAM-2", 75_000, "Onderzoek samen met een buurprovincie", 120, 37_500),
        ("prijs", "V-JUR-3", 40_000, "Prijzen volgens de uitslag van de jury", 40, 40_000),
    )
    for key, number, euros, text, ago, first in contracts:
        with _days_ago(ago):
            commit_contract(
                actor=cast.officer, line=posts[key][1], number=number, amount=Money.euros(euros), text=text, key="demo-commit"
            )
        with _days_ago(ago - 10):
            payment = ask_contract_payment(
                actor=cast.officer,
                line=posts[key][1],
                number=number,
                payee_name=f"Verzonnen begunstigde {number}",
                account="NL91ABNA0417164300",
                amount=Money.euros(first),
                due_on=clock.today() + timedelta(days=30),
                reference=f"Eerste deel {number}",
                key="demo-pay",
            )
        if key != "prijs":
            _pay(cast, province, payment.id, ago - 15)
    with _days_ago(20):
        release_contract(
            actor=cast.officer,
            line=posts["onderzoek"][1],
            number="V-SAM-2",
            amount=Money.euros(7_500),
            reason="Het onderzoek kostte minder.",
            key="demo-release",
        )


def _pay(cast: _Cast, province: str, payment: str, ago: int) -> None:
    """By four eyes, through the file of the bank and its answer."""
    with _days_ago(ago):
        batch = prepare_batch(
            actor=cast.officer,
            province=province,
            payments=[payment],
            account=_BANK[0],
            account_name=_BANK[1],
            execute_on=clock.today(),
        )
        release_batch(actor=cast.signer, batch=batch.public_id)
        file = payment_file(send_batch(actor=cast.officer, batch=batch.public_id))
    with _days_ago(ago - 1):
        answer = fake.status_report(file, clock.today())
        confirm_payments(actor=cast.officer, province=province, content=answer)


def _ask(cast: _Cast, province: str, posts: dict[str, tuple[str, str]]) -> None:
    """A motion that is done, a promise that was answered, and a credit request that is open."""
    items = (
        ("motion", "M-V-1", "Geen dorp zonder ontmoetingsplek", "Team leefbaarheid", 190, 60, None),
        ("promise", "T-V-2", "Jaarlijks overzicht van wat is betaald", "Gedeputeerde leefbaarheid", 90, 120, None),
        ("request", "K-V-3", "Tweede stap voor voorzieningen dichtbij", "Team leefbaarheid", 15, 45, Money.euros(250_000)),
    )
    made = {}
    for kind, number, title, owner, ago, term, asked in items:
        with _days_ago(ago):
            made[kind] = record_council_item(
                actor=cast.clerk,
                province=province,
                kind=kind,
                number=number,
                title=title,
                owner=owner,
                raised_on=clock.today(),
                due_on=clock.today() + timedelta(days=term),
                asked=asked,
                made_up=True,
            ).public_id
    with _days_ago(140):
        link_council_item(actor=cast.officer, item=made["motion"], instruments=[posts["plekken"][0]])
        answer_council_item(
            actor=cast.officer,
            item=made["motion"],
            text="Er is een regeling met een plafond van € 500.000. Elk dorp kan aanvragen.",
            links=[("Het krediet voor ontmoetingsplekken", f"/geld/posten/{posts['plekken'][1]}?op={clock.today()}&tot=1")],
        )
    with _days_ago(130):
        settle_council_item(actor=cast.clerk, item=made["motion"])
    with _days_ago(30):
        link_council_item(actor=cast.officer, item=made["promise"], instruments=[posts["trekker"][0], posts["onderzoek"][0]])
        answer_council_item(
            actor=cast.officer,
            item=made["promise"],
            text="Het overzicht staat op de pagina over geld. Het is op elke dag te bekijken.",
            links=[("Geld van de provincie", f"/geld?op={clock.today()}")],
        )


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.at(clock.now() - timedelta(days=days)):
        yield


def _acting(key: str, province: str) -> Actor:
    person = people.person_for(key)
    role = Role.objects.filter(person=person, kind=key, province=province).select_related("organisation").first()
    if person is None or role is None:
        raise NotNow(f"Er is nog geen verzonnen {key}.", code="no-people")
    return Actor("person", person.public_id, role.organisation.public_id, origin="demo", province=province)
