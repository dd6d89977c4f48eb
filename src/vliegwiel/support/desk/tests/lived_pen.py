"""The same events as `Desk` does by the real actions, written straight into the tables: for files that only have to be there.

What it leaves out is who may, the trail and the messages of the acts themselves; what the reminders read is what the acts leave, which
`test_lived_year` holds side by side, column for column.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vliegwiel.support.desk.tests.lived_year import Life


@dataclass
class Pen:
    """Writes events of files; `steps` are the events of the promised day, from which it is made by `promise_of`, as everywhere."""

    advisers: list[Any]
    chance: random.Random
    keys: dict[int, int] = field(default_factory=dict)
    cases: dict[int, int] = field(default_factory=dict)
    steps: dict[int, list[Any]] = field(default_factory=dict)

    def ask_all(self, lives: Iterable["Life"]) -> None:
        """The questions of a day, taken by an adviser."""
        from vliegwiel.catalogue.desk import desk
        from vliegwiel.foundation.people.public import known_person
        from vliegwiel.kernel import clock
        from vliegwiel.support.desk.actions.answer_enquiry import organisation_name
        from vliegwiel.support.desk.models import Enquiry, EnquiryEvent, EnquiryEventKind
        from vliegwiel.support.desk.terms import Step, promise_of

        today, days = clock.today(), desk().kinds["anders"].days
        names = {one.id: getattr(known_person(one.id), "name", "") for one in self.advisers}
        at = {one.id: organisation_name(one) for one in self.advisers}
        asked = list(lives)
        rows = []
        for life in asked:
            by = self.advisers[0] if life.by_phone else self.advisers[life.number % len(self.advisers)]
            self.steps[life.number] = [Step(EnquiryEventKind.RECEIVED, today, days)]
            life.promised, life.state, life.adviser = promise_of(self.steps[life.number]).on, "received", by.id
            reached = {"phone": "0570 123456"} if life.by_phone else {"email": f"bewoner{life.number}@voorbeeld.invalid"}
            rows.append(
                Enquiry(
                    number=f"V-{life.number:06d}",
                    province=by.province,
                    kind="anders",
                    text="Wij willen een tuin",
                    channel="phone" if life.by_phone else "web",
                    organisation=by.organisation,
                    organisation_name=at[by.id],
                    adviser=by.id,
                    adviser_name=names[by.id],
                    entered_by=by.id if life.by_phone else "",
                    received_on=today,
                    promised_on=life.promised,
                    **reached,
                )
            )
        for life, row in zip(asked, Enquiry.objects.bulk_create(rows), strict=True):
            life.id, self.keys[life.number] = row.public_id, row.pk
        EnquiryEvent.objects.bulk_create(
            EnquiryEvent(enquiry_id=self.keys[life.number], kind=EnquiryEventKind.RECEIVED, on=today, days=days) for life in asked
        )

    def do(self, life: "Life", key: str) -> None:
        """One event after the question, and what it changes in the life."""
        from vliegwiel.catalogue.desk import desk
        from vliegwiel.kernel import clock
        from vliegwiel.support.desk.models import Advice, Enquiry, EnquiryEventKind, Look, SupportCase
        from vliegwiel.support.desk.terms import months_later

        today, pk = clock.today(), self.keys[life.number]
        file = Enquiry.objects.filter(pk=pk)
        case = SupportCase.objects.filter(pk=self.cases.get(life.number))
        if key == "answer":
            self._note(life, EnquiryEventKind.ANSWERED, until=life.promised)
            life.state = "answered"
            file.update(state=life.state, answered_on=today)
        elif key == "ask-back":
            self._note(life, EnquiryEventKind.ASKED)
            life.state, life.asked_on, life.asks = "waiting", today, life.asks + 1
            file.update(state=life.state)
        elif key == "reply":
            life.promised = self._note(life, EnquiryEventKind.TOLD)
            life.state, life.asked_on = "received", None
            file.update(state=life.state, promised_on=life.promised)
        elif key == "promise-later":
            until = max(life.promised or today, today) + timedelta(days=self.chance.randint(5, 40))
            life.promised = self._note(life, EnquiryEventKind.LATER, until=until, reason="Het kost meer tijd.")
            file.update(promised_on=life.promised)
        elif key == "hand-over":
            life.adviser = next(one for one in self.advisers if one.id != life.adviser).id
            file.update(adviser=life.adviser)
        elif key == "open-case":
            self._note(life, EnquiryEventKind.ANSWERED, until=life.promised)
            life.state, life.case = "supported", "active"
            file.update(state=life.state, answered_on=today)
            made = SupportCase.objects.create(
                enquiry_id=pk,
                province=self.advisers[0].province,
                title="Samen eten",
                state="active",
                opened_on=today,
                started_on=today,
            )
            self.cases[life.number] = made.pk
            Look.objects.create(case=made, months=0, due_on=today)
        elif key == "advise":
            life.follow_up, life.advice_state = today + timedelta(days=self.chance.randint(3, 45)), "pending"
            life.advice = Advice.objects.create(
                case_id=self.cases[life.number],
                title="Bel het dorpshuis",
                follow_up_on=life.follow_up,
                given_by=life.adviser,
                given_on=today,
                changed_on=today,
            ).public_id
        elif key == "advice-done":
            life.advice_state = "done"
            Advice.objects.filter(public_id=life.advice).update(state="done", follow_up_on=None, changed_on=today)
        elif key == "pause":
            life.until, life.case = today + timedelta(days=self.chance.randint(2, 60)), "paused"
            case.update(state="paused", paused_on=today, paused_until=life.until, pause_reason="Wacht op de bouw.")
        elif key == "resume":
            life.case, life.until = "active", None
            case.update(state="active", paused_on=None, paused_until=None, pause_reason="")
        elif key == "close-case":
            life.case, life.state, life.follow_up = "closed", "closed", None
            case.update(state="closed", closed_on=today, outcome="running", outcome_text="Het loopt.")
            case.get().advices.exclude(state="done").update(follow_up_on=None)
            looks = [
                Look(case_id=self.cases[life.number], months=m, due_on=months_later(today, m)) for m in desk().follow_up_months
            ]
            Look.objects.bulk_create(looks)
            life.look_on = looks[0].due_on
            file.update(state=life.state, closed_on=today)

    def _note(self, life: "Life", kind: Any, *, until: Any = None, reason: str = "") -> Any:
        from vliegwiel.kernel import clock
        from vliegwiel.support.desk.models import EnquiryEvent
        from vliegwiel.support.desk.terms import Step, promise_of

        self.steps[life.number].append(Step(kind, clock.today(), 0, until, reason))
        EnquiryEvent.objects.create(enquiry_id=self.keys[life.number], kind=kind, on=clock.today(), until=until, reason=reason)
        return promise_of(self.steps[life.number]).on
