"""A year at the desk lived day by day: every reminder is decided once, whatever stands still, is handed over, stops or turns its clock.

Files get a life drawn from a seed, by the real actions or, for the great number, written as those leave them. The worker that sends
reminders comes at odd hours, also in the nights in which the clock is turned, stands still for days, comes twice, and is stopped in
the middle of its work. Beside it `Expected` keeps its own book of what must have been said, from the lives and the days alone,
without looking in the database. At the end both must hold the same: nothing missed, nothing twice.
`python -m vliegwiel.support.desk.tests.lived_year 10000` does it in a home of its own.
"""

import gc
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

FIRST, DAYS = date(2026, 1, 5), 365
_LATEST, _PATIENCE = timedelta(days=30), timedelta(days=10)
#: Hours of the worker in UTC: around midnight in Amsterdam, in the hours that are skipped or come twice, and by day.
_HOURS = ((0, 30), (1, 15), (6, 0), (9, 5), (22, 30), (23, 40))
_NOON = 11
Said = tuple[str, int, str]


@dataclass
class Life:
    """A file: what happens on which day, and what is known of it so far."""

    number: int
    events: list[tuple[int, str]]
    by_phone: bool = False
    id: str = ""
    state: str = ""
    adviser: str = ""
    promised: date | None = None
    asked_on: date | None = None
    asks: int = 0
    case: str = ""
    until: date | None = None
    advice: str = ""
    advice_state: str = ""
    follow_up: date | None = None
    look_on: date | None = None


@dataclass
class Expected:
    """What must have been said: who (an adviser, or "resident"), about which file, at which moment; each once."""

    lives: list[Life]
    said: set[Said] = field(default_factory=set)

    def come_by(self, on: date, paused: Callable[[str], bool]) -> None:
        """A worker finished on this legal date; `paused` says whether a reminder stands still then."""
        from vliegwiel.support.desk.terms import before

        for life in self.lives:
            if life.state == "received" and life.promised is not None:
                after = life.promised + timedelta(days=1)
                self._say(life, "desk-promised", before(life.promised, 1), on, paused, f"promised-{life.promised}", work=True)
                self._say(life, "desk-missed", after, on, paused, f"missed-{life.promised}", work=True)
                if not life.by_phone:
                    self._say(life, "desk-late", after, on, paused, f"late-{life.promised}")
            if life.state == "waiting" and life.asked_on is not None and not life.by_phone:
                self._say(life, "desk-silent", life.asked_on + _PATIENCE, on, paused, f"silent-{life.asks}")
            if life.follow_up is not None and life.advice_state == "pending" and life.case == "active":
                moment = f"follow-{life.advice}-{life.follow_up}"
                self._say(life, "desk-advice", life.follow_up, on, paused, moment, work=True)
            if life.case == "paused" and life.until is not None:
                self._say(life, "desk-resting", life.until, on, paused, f"resting-{life.until}", work=True)
            if life.look_on is not None and life.by_phone:
                self._say(life, "desk-look-work", life.look_on, on, paused, "look-6-work", work=True)
            elif life.look_on is not None:
                self._say(life, "desk-look", life.look_on, on, paused, "look-6")

    def _say(
        self, life: Life, key: str, due: date, on: date, paused: Callable[[str], bool], moment: str, *, work: bool = False
    ) -> None:
        if on - _LATEST <= due <= on and not paused(key):
            self.said.add((life.adviser if work else "resident", life.number, moment))


def lives_of(files: int, chance: random.Random) -> list[Life]:
    """So many lives, each a sequence of days that fits the table of moves."""
    return [Life(number, _life(chance), by_phone=chance.random() < 0.1) for number in range(files)]


def _life(chance: random.Random) -> list[tuple[int, str]]:
    day = chance.randint(0, DAYS - 20)
    events = [(day, "ask")]

    def then(low: int, high: int, key: str) -> None:
        nonlocal day
        day += chance.randint(low, high)
        events.append((day, key))

    if chance.random() < 0.2:
        then(1, 4, "hand-over")
    drawn = chance.random()
    if drawn < 0.35:
        then(1, 14, "answer")
    elif drawn < 0.5:
        then(1, 3, "ask-back")
        then(2, 30, "reply")
        then(1, 9, "answer")
    elif drawn < 0.6:
        then(0, 1, "promise-later")
        then(1, 60, "answer")
    elif drawn < 0.68:
        pass  # nobody ever answers
    else:
        then(1, 6, "open-case")
        then(0, 3, "advise")
        if chance.random() < 0.5:
            then(1, 40, "pause")
            if chance.random() < 0.3:
                then(0, 5, "hand-over")
            then(1, 50, "resume")
        if chance.random() < 0.5:
            then(1, 30, "advice-done")
        then(5, 60, "close-case")
    return [(day, key) for day, key in events if day < DAYS]


@dataclass
class Desk:
    """The real desk, and the acts behind each event."""

    advisers: list[Any]
    lives: list[Life]
    chance: random.Random

    def do(self, life: Life, key: str) -> None:
        """One event by the real action; what it changes is kept in the life."""
        from vliegwiel.kernel import clock
        from vliegwiel.kernel.actor import Actor
        from vliegwiel.support.desk.actions import answer_enquiry as answering
        from vliegwiel.support.desk.actions import open_case as cases
        from vliegwiel.support.desk.actions.follow_enquiry import write_message
        from vliegwiel.support.desk.actions.give_advice import Given, give_advice, move_advice
        from vliegwiel.support.desk.actions.hand_over import hand_over
        from vliegwiel.support.desk.links import token_of
        from vliegwiel.support.desk.models import Enquiry
        from vliegwiel.support.desk.standing import find

        if key == "ask":
            self._ask(life)
            return
        today = clock.today()
        by: dict[str, Any] = {"actor": self._at(life.adviser), "enquiry": life.id}
        if key == "answer":
            answering.answer_enquiry(**by, text="Ja, dat kan.")
        elif key == "ask-back":
            answering.ask_back(**by, text="Met hoeveel mensen?")
            life.asked_on, life.asks = today, life.asks + 1
        elif key == "reply":
            write_message(actor=Actor("visitor"), enquiry=life.id, text="Met tien.", link=token_of(find(life.id)))
            life.asked_on = None
        elif key == "promise-later":
            until = max(life.promised or today, today) + timedelta(days=self.chance.randint(5, 40))
            answering.promise_later(**by, until=until, reason="Het kost meer tijd.")
        elif key == "hand-over":
            other = next(one for one in self.advisers if one.id != life.adviser)
            hand_over(**by, person=other.id, note="Neem jij dit over?")
        elif key == "open-case":
            cases.open_case(**by, title="Samen eten", summary="Kort.", goals=["Elke week"])
            life.case = "active"
        elif key == "advise":
            life.follow_up = today + timedelta(days=self.chance.randint(3, 45))
            life.advice = give_advice(**by, given=Given("Bel het dorpshuis", "", life.follow_up)).public_id
            life.advice_state = "pending"
        elif key == "advice-done":
            move_advice(**by, advice=life.advice, state="done")
            life.advice_state = "done"
        elif key == "pause":
            life.until = today + timedelta(days=self.chance.randint(2, 60))
            cases.pause_case(**by, until=life.until, reason="Wacht op de bouw.")
            life.case = "paused"
        elif key == "resume":
            cases.resume_case(**by)
            life.case, life.until = "active", None
        elif key == "close-case":
            cases.close_case(**by, outcome="running", text="Het loopt.")
            life.case, life.follow_up = "closed", None
            found = find(life.id)
            life.look_on = found.case.looks.get(months=6).due_on
        life.state, life.promised, life.adviser = Enquiry.objects.values_list("state", "promised_on", "adviser").get(
            public_id=life.id
        )

    def _ask(self, life: Life) -> None:
        from vliegwiel.kernel.actor import Actor
        from vliegwiel.support.desk.actions.ask_question import Asked, ask_question, enter_question
        from vliegwiel.support.desk.actions.hand_over import take_enquiry

        province = self.advisers[0].province
        if life.by_phone:
            asked = Asked("Wij willen een tuin", phone="0570 123456")
            found = enter_question(actor=self.advisers[0], province=province, asked=asked, channel="phone")
            found = take_enquiry(actor=self.advisers[0], enquiry=found.public_id)
        else:
            address = f"bewoner{life.number}@voorbeeld.invalid"
            found = ask_question(actor=Actor("visitor"), province=province, asked=Asked("Wij willen een tuin", email=address))
            found = take_enquiry(actor=self.advisers[life.number % len(self.advisers)], enquiry=found.public_id)
        life.id, life.state, life.promised, life.adviser = found.public_id, found.state, found.promised_on, found.adviser

    def _at(self, adviser: str) -> Any:
        return next(one for one in self.advisers if one.id == adviser)


class Stopped(BaseException):
    """The worker ended in the middle of its work."""


@contextmanager
def stopped_before(question: int) -> Iterator[None]:
    """End right before the n-th question to the database; whatever was half is undone by the database."""
    from django.db import connection

    asked = count(1)

    def ask(execute: Callable[..., object], *words: object) -> object:
        if next(asked) == question:
            raise Stopped
        return execute(*words)

    with connection.execute_wrapper(ask):
        yield


def live(
    files: int, advisers: list[Any], officer: Any, *, seed: int = 2026, comes: float = 1.0, acted: int = 1
) -> dict[str, Any]:
    """Live the year; `comes` is the chance that the worker comes on a day. One in `acted` files lives by the real actions, the others are
    written as those leave them (`Pen`). Returns what was counted, and every difference found."""
    from django.db import transaction

    from vliegwiel.foundation.notices.actions.pause_reminders import pause_reminders
    from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
    from vliegwiel.kernel import clock
    from vliegwiel.kernel.actor import Actor
    from vliegwiel.support.desk.tests.lived_pen import Pen

    chance = random.Random(seed)
    lives = lives_of(files, chance)
    desk, pen, expected, job = Desk(advisers, lives, chance), Pen(advisers, chance), Expected(lives), Actor.system("job")
    agenda: dict[int, list[tuple[Life, str]]] = {}
    for life in lives:
        for day, key in life.events:
            agenda.setdefault(day, []).append((life, key))
    pauses = [("", 60, 75), ("desk-late", 150, 190), ("desk-advice", 200, 216)]
    turned = Counter[str]()
    with clock.at(_moment(0, 8, 0)):
        for reminder, first, last in pauses:
            starts, ends = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
            pause_reminders(
                actor=officer, province=officer.province, reason="Storing", starts=starts, ends=ends, reminder=reminder
            )
    for day in range(DAYS):
        hour, minute = chance.choice(_HOURS)
        clock_turns = FIRST + timedelta(days=day) in (date(2026, 3, 29), date(2026, 10, 25))
        works = clock_turns or chance.random() < comes
        for when, moment in sorted(
            (("events", _moment(day, _NOON, 0)), ("worker", _moment(day, hour, minute))), key=lambda one: one[1]
        ):
            with clock.at(moment):
                if when == "events":
                    with transaction.atomic():
                        there = agenda.get(day, [])
                        pen.ask_all(life for life, key in there if key == "ask" and life.number % acted)
                        for life, key in there:
                            if life.number % acted == 0:
                                desk.do(life, key)
                            elif key != "ask":
                                pen.do(life, key)
                elif works:
                    if chance.random() < 0.3:
                        turned["restarts"] += _is_stopped(lambda: send_reminders(actor=job), chance)
                    send_reminders(actor=job)
                    turned["turns"] += 1
                    today = clock.today()
                    expected.come_by(today, _paused_on(today, pauses))
                    if chance.random() < 0.2:
                        turned["twice"] += send_reminders(actor=job)
    return {**turned, "acted": len(range(0, files, acted)), **_compared(expected)}


def _moment(day: int, hour: int, minute: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, hour, minute, tzinfo=UTC) + timedelta(days=day)


def _paused_on(today: date, pauses: list[tuple[str, int, int]]) -> Callable[[str], bool]:
    days = (today - FIRST).days
    still = {reminder for reminder, first, last in pauses if first <= days <= last}
    return lambda key: "" in still or key in still


def _is_stopped(work: Callable[[], object], chance: random.Random) -> int:
    try:
        with stopped_before(chance.choice([2, 9, 15, 30, 60, 120, 400])):
            work()
    except Stopped:
        return 1
    return 0


def _compared(expected: Expected) -> dict[str, Any]:
    """What was decided beside what must have been: each difference, and how many there were of each kind."""
    from vliegwiel.foundation.notices.models import Notice
    from vliegwiel.foundation.people.models import OutgoingMail

    numbers = {life.id: life.number for life in expected.lives}
    advisers = {life.adviser for life in expected.lives}
    kinds = ("promised", "missed", "late", "silent", "follow", "resting", "look")
    found: Counter[Said] = Counter()
    silent: Counter[int] = Counter()
    rows = Notice.objects.filter(about_kind="enquiry").order_by("pk").values_list("receiver", "about_id", "moment", "message_id")
    mails = Counter(OutgoingMail.objects.values_list("message_id", flat=True))
    problems = []
    for receiver, about, moment, message in rows:
        if moment.partition("-")[0] not in kinds:
            continue
        number = numbers[about]
        if moment.startswith("silent-"):
            silent[number] += 1
            moment = f"silent-{silent[number]}"
        found[receiver if receiver in advisers else "resident", number, moment] += 1
        if message and mails[message] > 1:
            problems.append(f"mail {message} was made {mails[message]} times")
    problems += [f"twice: {said}" for said, times in found.items() if times > 1]
    problems += [f"missed: {said}" for said in sorted(expected.said - set(found))]
    problems += [f"not asked for: {said}" for said in sorted(set(found) - expected.said)]
    per_kind = Counter(moment.partition("-")[0] for _who, _number, moment in found)
    return {"files": len(numbers), "messages": sum(found.values()), "kinds": dict(per_kind), "problems": problems[:20]}


def main(files: int) -> None:
    """In the home that the environment names; prints what was counted as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
    from vliegwiel.kernel import clock
    from vliegwiel.support.desk.tests.given import an_adviser

    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_REMINDERS = ["vliegwiel.support.desk.contributes.REMINDERS"]  # the other rooms have nothing to say here
    settings.VLIEGWIEL_HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    gc.freeze()  # what was loaded so far stays: it need not be looked through again and again
    began, busy = time.monotonic(), time.process_time()
    with clock.at(_moment(-1, 9, 0)):
        advisers, officer = [an_adviser(number) for number in (1, 2, 3)], acting(a_role("programma"))
    told = live(files, advisers, officer, comes=0.5, acted=20)
    took = {"seconds": round(time.monotonic() - began), "processor": round(time.process_time() - busy)}
    print(json.dumps({**told, **took}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
