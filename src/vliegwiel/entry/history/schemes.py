"""A scheme of a history with its calls: in force, announced, opened, closed, and everything that came in decided."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from vliegwiel.catalogue import regulations
from vliegwiel.catalogue.history import PastApplication, PastCall, PastScheme
from vliegwiel.entry.history import applying, deciding
from vliegwiel.entry.history.world import MADE_UP, SYSTEM, World, at_nine, workday
from vliegwiel.foundation.budgets import public as budgets
from vliegwiel.kernel import clock
from vliegwiel.support.schemes.actions.check_draft import check_draft
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call, plan_call
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force
from vliegwiel.support.schemes.actions.start_scheme import import_scheme

Row = tuple[datetime, str, Callable[[], None]]
_PUBLICATION = "Verzonnen provinciaal blad, nummer {number}"


def steps(world: World, scheme: PastScheme) -> Iterator[Row]:
    """Everything around a scheme, in any order: each row has its own moment."""
    first = min(call.opens for call in scheme.calls)
    yield at_nine(first - timedelta(days=42)), f"{scheme.regulation} in werking", lambda: put_into_force(world, scheme.regulation)
    for call in scheme.calls:
        yield from _call_steps(world, scheme, call)


def _call_steps(world: World, scheme: PastScheme, call: PastCall) -> Iterator[Row]:
    name, key = f"{scheme.regulation}: {call.name}", call_key(scheme, call)
    yield at_nine(call.opens - timedelta(days=21)), f"{name} bekend gemaakt", lambda: _announce(world, scheme, call)
    yield at_nine(call.opens, 10), f"{name} open", _by_clock
    yield at_nine(call.closes + timedelta(days=1), 8), f"{name} gesloten", _by_clock
    for place, past in enumerate(call.applications):
        day = past.received or _spread(call, place)
        yield at_nine(day, 11), f"aanvraag: {past.title}", _apply(world, scheme, call, past)
        if scheme.method != "tender":
            for days, text, act in deciding.ALONE:
                moment = at_nine(workday(day + timedelta(days=days)), 13)
                yield moment, f"{past.title}: {text}", _decide(world, scheme, past, act)
    if scheme.method == "tender":
        for days, text, together in deciding.TOGETHER:
            moment = at_nine(workday(call.closes + timedelta(days=days)), 13)
            yield moment, f"{name}: {text}", _together(world, scheme, call, key, together)


def call_key(scheme: PastScheme, call: PastCall) -> str:
    """How the world remembers a call."""
    return f"{scheme.regulation}#{call.name}"


def application_key(past: PastApplication) -> str:
    """How the world remembers an application."""
    return f"{past.by}#{past.title}"


def title_of(past: PastApplication) -> str:
    """The name of a plan, with whether its amount is made up."""
    return past.title if past.given else past.title + MADE_UP


def _apply(world: World, scheme: PastScheme, call: PastCall, past: PastApplication) -> Callable[[], None]:
    def act() -> None:
        found = applying.submit(world, scheme, world.made[call_key(scheme, call)], past, title_of(past))
        world.made[application_key(past)] = found

    return act


def _decide(world: World, scheme: PastScheme, past: PastApplication, act: deciding.Alone) -> Callable[[], None]:
    return lambda: act(world, scheme, past, world.made[application_key(past)])


def _together(world: World, scheme: PastScheme, call: PastCall, key: str, act: deciding.Together) -> Callable[[], None]:
    def run() -> None:
        files = [(past, world.made[application_key(past)]) for past in call.applications]
        act(world, scheme, world.made[key], files)

    return run


def _by_clock() -> None:
    move_by_clock(actor=SYSTEM)


def _spread(call: PastCall, place: int) -> date:
    """The days on which applications came in, spread over the time that a call was open."""
    span = (call.closes - call.opens).days
    return workday(call.opens + timedelta(days=(place + 1) * span // (len(call.applications) + 1)))


def put_into_force(world: World, regulation: str) -> None:
    """A regulation of the catalogue as it stands there, proposed by one person and put in force by another."""
    path, actor = regulations.path_of(regulation), world.officer
    text, cases = (file.read_text(encoding="utf-8") for file in (path, regulations.cases_beside(path)))
    made = import_scheme(actor=actor, province=world.province, text=text, cases=cases, made_up=True)
    check_draft(actor=actor, scheme=made.key)
    propose_version(actor=actor, scheme=made.key)
    put_in_force(actor=world.signer, scheme=made.key)


def _announce(world: World, scheme: PastScheme, call: PastCall) -> None:
    today = clock.today()
    ceiling = budgets.set_ceiling(
        actor=world.officer,
        line=world.made[scheme.instrument],
        name=(f"Plafond {call.name}" if call.given else f"Plafond {call.name}{MADE_UP}"),
        amount=call.ceiling,
        starts=call.opens,
        ends=call.closes + timedelta(days=180),
        announced_on=today,
        publication=_PUBLICATION.format(number=today.isocalendar().week),
    )
    planned = plan_call(
        actor=world.officer,
        scheme=scheme.regulation,
        name=call.name,
        opens_at=at_nine(call.opens),
        closes_at=datetime.combine(call.closes, time(17), tzinfo=clock.AMSTERDAM),
        method=scheme.method,
        ceiling=ceiling.id,
        decision_number=f"GS-V-{today.isoformat()}",
        decision_date=today,
        publication=_PUBLICATION.format(number=today.isocalendar().week),
        published_on=today,
    )
    announce_call(actor=world.officer, call=planned.public_id)
    world.made[call_key(scheme, call)] = planned.public_id
