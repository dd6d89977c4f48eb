"""The made-up schemes of the demo, with calls to look at, made by the real actions at moments that fit."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings

from vliegwiel.foundation.budgets import public as budgets
from vliegwiel.foundation.budgets.models import ProgrammeLine
from vliegwiel.foundation.people import demo as people
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.schemes.actions.check_draft import check_draft
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call, plan_call
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force
from vliegwiel.support.schemes.actions.start_scheme import start_scheme
from vliegwiel.support.schemes.actions.write_draft import write_draft
from vliegwiel.support.schemes.models import Scheme

acting = people.acting
#: Example, title, name of the call, way of dividing, ceiling in euros, first and last day from today. What closed longest ago stands last:
#: it is opened last, at a moment at which nothing else is over yet.
_SCHEMES = (
    ("gelderland/kleine-initiatieven", "Kleine plannen voor dorp en wijk", "Hele jaar", "first-come", 400_000, -20, 200),
    ("groningen/zorg-en-voorzieningen", "Zorg en voorzieningen dichtbij", "Eerste tender", "tender", 1_000_000, -30, 30),
    ("gelderland/verbind-je-buurt", "Verbind uw buurt", "Hele jaar", "first-come", 250_000, -10, 250),
    (
        "gelderland/toegankelijke-ontmoetingsplekken",
        "Een ontmoetingsplek voor iedereen",
        "Najaar",
        "first-come",
        300_000,
        25,
        120,
    ),
    ("groningen/loket-leefbaarheid", "Loket voor leefbaarheid", "Voorjaar", "first-come", 150_000, -90, -5),
    ("gelderland/dorpendeal", "Subsidie voor een dorpendeal", "Deze periode", "first-come", 2_000_000, -15, 300),
    ("groningen/loket-leefbaarheid", "Geld voor uw straat", "Najaar", "lottery", 12_000, -40, -10),
    ("groningen/loket-leefbaarheid", "Geld voor plannen in de buurt", "Eerste ronde", "first-come", 200_000, -300, -180),
)
_STARTED = {"key": "al-begonnen", "article": "4, derde lid", "text": "Uw plan was al begonnen."}
#: What differs from the example: a ground of its own to refuse; in one the last part is paid afterwards, one is divided by lot.
_CHANGES: Mapping[str, Mapping[str, object]] = {
    "Loket voor leefbaarheid": {"grounds": [_STARTED]},
    "Geld voor plannen in de buurt": {"grounds": [_STARTED], "advance": [{"share": "80%"}]},
    "Geld voor uw straat": {"dividing": {"methods": ["lottery"], "article": "6"}},
}
_BASIS = {"name": "Verzonnen subsidieregels", "source": "een voorbeeld", "verified": False, "made_up": ["alles"]}
#: In the demo two people decide from this many euros, so that both can be seen at work.
_TWO_SIGN_FROM = 10_000
_PROGRAMME = "Verzonnen programma Geld voor plannen"
_PUBLICATION = "Verzonnen provinciaal blad, nummer 1"


def build(province: str) -> int:
    """Make the schemes and calls that are not there yet; returns how many schemes there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen regelingen horen alleen in een voorbeeld.", code="no-demo")
    now = clock.now()
    for example, title, call, method, euros, first, last in _SCHEMES:
        if Scheme.objects.filter(province=province, title=title).exists():
            continue
        with clock.at(now + timedelta(days=min(first, 0) - 30)):
            key = in_force(province, example, title)
            _announced(province, key, call, method, Money.euros(euros), now, (first, last))
        with clock.at(min(_at(clock.legal_date(now) + timedelta(days=first), time(10)), now)):
            move_by_clock(actor=Actor.system("demo"))
    return Scheme.objects.filter(province=province).count()


def catch_up() -> None:
    """Close the calls whose last day is over, after applications were made in them."""
    move_by_clock(actor=Actor.system("demo"))


def in_force(province: str, example: str, title: str) -> str:
    """A scheme made from an example and put in force by two persons; its key."""
    officer = acting("programma", province)
    scheme = start_scheme(actor=officer, province=province, title=title, example=example, made_up=True)
    draft = scheme.draft
    document = {"legal_basis": _BASIS, "two_signatures_from": _TWO_SIGN_FROM, **_CHANGES.get(title, {})}
    write_draft(actor=officer, scheme=scheme.key, revision=draft.revision, document=document)
    checked = check_draft(actor=officer, scheme=scheme.key)
    if not checked.good:
        raise NotNow(f"Het voorbeeld {example} komt niet goed uit.", details=checked.problems)
    propose_version(actor=officer, scheme=scheme.key)
    put_in_force(actor=acting("tekenbevoegde", province), scheme=scheme.key)
    return scheme.key


def _announced(province: str, scheme: str, name: str, method: str, amount: Money, now: datetime, days: tuple[int, int]) -> None:
    today = clock.legal_date(now)
    first, last = today + timedelta(days=days[0]), today + timedelta(days=days[1])
    call = plan_call(
        actor=acting("programma", province),
        scheme=scheme,
        name=name,
        opens_at=_at(first, time(9)),
        closes_at=_at(last, time(17)),
        method=method,
        ceiling=_ceiling(province, scheme, amount, first, last),
        decision_number="Verzonnen besluit 1",
        decision_date=clock.today(),
        publication=_PUBLICATION,
        published_on=clock.today(),
    )
    announce_call(actor=acting("programma", province), call=call.public_id)


def _ceiling(province: str, scheme: str, amount: Money, first: date, last: date) -> str:
    """A ceiling on a budget line of its own in the one programme of the demo, with a credit that carries it.

    The ceiling lasts to the end of the budget year: what comes back after the call closed can be given again until then. The line lasts
    a year longer, because a grant is paid and determined after its call.
    """
    actor, name = acting("programma", province), scheme.rsplit("/", 1)[-1].replace("-", " ")
    instrument = budgets.add_instrument(
        actor=actor, line=_line(actor, province), kind="regeling", title=f"Regeling {name}", starts=first
    )
    post = budgets.add_budget_line(
        actor=actor,
        instrument=instrument.public_id,
        title=f"Post {name}",
        starts=first.replace(month=1, day=1),
        ends=date(last.year + 1, 12, 31),
    )
    decision = budgets.record_decision(
        actor=actor,
        province=province,
        number=f"PS-V-{name}"[:40],
        title=f"Verzonnen besluit over krediet voor {name}",
        decided_on=clock.today(),
        amount=amount,
    )
    budgets.appropriate_credit(actor=actor, line=post.public_id, amount=amount, decision=decision.public_id)
    return budgets.set_ceiling(
        actor=actor,
        line=post.public_id,
        name=f"Plafond {name}",
        amount=amount,
        starts=first,
        ends=last.replace(month=12, day=31),
        announced_on=clock.today(),
        publication=_PUBLICATION,
    ).id


def _line(actor: Actor, province: str) -> str:
    """The line of the programme that all schemes of the demo stand in, made the first time."""
    found = ProgrammeLine.objects.filter(programme__province=province, programme__title=_PROGRAMME).first()
    if found is None:
        starts = clock.today().replace(month=1, day=1)
        programme = budgets.add_programme(actor=actor, province=province, title=_PROGRAMME, starts=starts, made_up=True)
        found = budgets.add_programme_line(actor=actor, programme=programme.public_id, title="Geld voor plannen van inwoners")
    return found.public_id


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=clock.AMSTERDAM)
