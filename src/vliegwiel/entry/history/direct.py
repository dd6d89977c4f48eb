"""The direct grants of a history: the rules for them in force, and each year each grant prepared, decided and posted."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from vliegwiel.catalogue.history import PastGrant
from vliegwiel.entry.history import deciding, schemes
from vliegwiel.entry.history.world import MADE_UP, SYSTEM, World, at_nine, workday
from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.queries import waiting_for_post
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.actions.publish_report import publish_year_report
from vliegwiel.support.direct_grants.models import REPORTED
from vliegwiel.support.direct_grants.public import Intended, make_direct_grant, propose_direct_grant
from vliegwiel.support.grants.actions.make_known import make_known_what_was_posted
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.models import Decision
from vliegwiel.support.grants.public import Recipient

Row = tuple[datetime, str, Callable[[], None]]
_RULES = "groningen/subsidies-zonder-regeling"
_PROOF = {
    "budget": "de begroting {year}, verzonnen post {instrument}",
    "incidental": "deze uitgave komt maar één keer voor",
    "awaiting": "een verzonnen regeling",
    "european": "een verzonnen programma",
}


def steps(world: World) -> Iterator[Row]:
    """The rules, and per year every grant in the order of the file."""
    grants = world.history.direct
    if not grants:
        return
    first = world.history.starts + timedelta(days=2)
    yield at_nine(first), f"{_RULES} in werking", lambda: schemes.put_into_force(world, _RULES)
    years = sorted({year for grant in grants for year in grant.amounts})
    for year in years:
        for grant in grants:
            if year in grant.amounts:
                yield from _of_year(world, grant, year)
        yield at_nine(workday(date(year, 3, 16)), 16), f"brieven van {year} op de post", lambda: _post(world)
        yield at_nine(workday(date(year + 1, 1, 31))), f"verslag over {year}", _report(world, year)


def _of_year(world: World, grant: PastGrant, year: int) -> Iterator[Row]:
    name = f"{grant.to} {year}"
    yield at_nine(workday(date(year, 2, 1))), f"{name}: voorbereid", lambda: _make(world, grant, year)
    yield at_nine(workday(date(year, 2, 15))), f"{name}: voorstel", lambda: _propose(world, grant, year)
    yield at_nine(workday(date(year, 3, 15)), 10), f"{name}: besluit", lambda: _sign(world, grant, year)


def _make(world: World, grant: PastGrant, year: int) -> None:
    town = world.history.municipalities.get(grant.municipality, "Groningen")
    amount = grant.amounts[year]
    made = make_direct_grant(
        actor=world.officer,
        province=world.province,
        recipient=Recipient(grant.to, "Luchtstraat 12", f"0000 AB {town}", municipality=grant.municipality),
        intended=Intended(
            title=grant.title if grant.given else grant.title + MADE_UP,
            line=world.made[grant.instrument],
            amount=amount,
            starts=date(year, 1, 1),
            ends=date(year, 12, 31),
            ground=grant.ground,
            proof=_PROOF[grant.ground].format(year=year, instrument=grant.instrument),
            most=amount if grant.ground == "budget" else None,
            recurring=grant.yearly,
        ),
    )
    world.made[_key(grant, year)] = made.public_id
    deciding.no_aid(world, made.application)


def _propose(world: World, grant: PastGrant, year: int) -> None:
    propose_direct_grant(
        actor=world.officer,
        grant=world.made[_key(grant, year)],
        summary=f"U krijgt {_dutch(grant.amounts[year])}.",
        motivation="Wat u doet, hoort bij het programma en helpt mensen in de provincie.",
    )


def _sign(world: World, grant: PastGrant, year: int) -> None:
    title = grant.title if grant.given else grant.title + MADE_UP
    waiting = Decision.objects.filter(application__title=title, application__call="", taken_at=None, returned_at=None)
    for decision in waiting.filter(application__applicant_name=grant.to, application__received_on__year=year):
        sign_decision(actor=world.signer, decision=decision.public_id, seen=decision.content_hash)


def _post(world: World) -> None:
    """What waits for the post is printed and posted, so that it is made known and enters the register."""
    waiting = [sending.letter.public_id for sending in waiting_for_post(world.province).select_related("letter")]
    if waiting:
        mark_printed(actor=world.officer, province=world.province, letters=waiting)
    make_known_what_was_posted(actor=SYSTEM)


def _report(world: World, year: int) -> Callable[[], None]:
    """The yearly report, when there is something in it (Awb 4:23(4))."""

    def act() -> None:
        if any(grant.ground in REPORTED and year in grant.amounts for grant in world.history.direct):
            publish_year_report(actor=world.officer, province=world.province, year=year)

    return act


def _key(grant: PastGrant, year: int) -> str:
    return f"{grant.to}#{grant.title}#{year}"


def _dutch(amount: Money) -> str:
    return amount.dutch(cents=False)
