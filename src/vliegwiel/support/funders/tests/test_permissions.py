"""Who may do what on which side of an agreement: everything else is refused, changes nothing, and is kept in the trail."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, Refusal
from vliegwiel.support.funders.actions.agree_terms import propose_terms, return_terms, sign_terms
from vliegwiel.support.funders.actions.count_aid import count_aid_of_fund
from vliegwiel.support.funders.actions.follow_settlement import FundSettlement, follow_settlement
from vliegwiel.support.funders.actions.keep_statement import (
    accept_statement,
    explain_difference,
    make_statement,
    name_difference,
)
from vliegwiel.support.funders.actions.pay_fund import pay_fund
from vliegwiel.support.funders.actions.share_application import (
    answer_for_fund,
    ask_fund,
    read_shared,
    share_application,
    stop_sharing,
)
from vliegwiel.support.funders.actions.take_in_decisions import (
    book_intake,
    prepare_intake,
    return_intake,
    settle_fund_decision,
    try_decisions,
)
from vliegwiel.support.funders.models import AgreementTerms, FundDecision, FunderAgreement, Intake, Statement
from vliegwiel.support.funders.rules import Promise
from vliegwiel.support.funders.tests.given import (
    EURO,
    a_controller,
    a_file,
    a_row,
    a_shared_application,
    agreed,
    answered,
    asked,
    booked,
    laid_ready,
    of_the_fund,
    shared,
    terms,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.tests.given import a_draft, a_resident
from vliegwiel.support.grants.tests.officers import (
    a_decidable_application,
    a_signer,
    an_officer,
    days_later,
    decided,
    the_province,
)
from vliegwiel.support.grants.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
Act = Callable[[Actor], object]


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


#: Everyone the product knows, beside who stand on a side of the agreement.
OTHERS = sorted({role.key for role in given_roles()} - {"programma", "tekenbevoegde", "controller", "fonds"})


def _people(applicant: str) -> dict[str, Actor]:
    return {
        "officer": an_officer(),
        "signer": a_signer(),
        "controller": a_controller(),
        "fund": of_the_fund(),
        "other fund": of_the_fund("Fonds Zeepbel"),
        "other province": acting(a_role("programma", email="elders@voorbeeld.invalid", province="PV98")),
        "signer elsewhere": acting(a_role("tekenbevoegde", email="tekent-elders@voorbeeld.invalid", province="PV98")),
        "controller elsewhere": acting(a_role("controller", email="controle-elders@voorbeeld.invalid", province="PV98")),
        **{kind: acting(a_role(kind, email=f"{kind}.matrix@voorbeeld.invalid")) for kind in OTHERS},
        "applicant": Actor("person", applicant),
        "stranger": a_resident("vreemd@voorbeeld.invalid"),
        "visitor": Actor("visitor"),
    }


@dataclass(frozen=True)
class Case:
    """An act on something that stands in a state: who may do it, and how the state refuses it (None: it is done), to all of these or
    only to who is `late`."""

    verb: str
    state: str
    act: Act
    may: set[str]
    refused: type[Refusal] | None = None
    late: set[str] | None = None

    def expected(self, name: str) -> str:
        """Nothing when it is done, else the name of the refusal; "refused" is any for who may never do it."""
        if self.refused is not None and name in (self.may if self.late is None else self.late):
            return self.refused.__name__
        return "" if name in self.may else "refused"


OFFICER, SIGNER, RECONCILE, BOTH = {"officer"}, {"signer"}, {"controller", "fund"}, {"officer", "fund"}
APPLICANT = {"applicant"}


def _cases() -> tuple[str, list[Case]]:
    """Everything that can be done, on everything it can be done to, in each state; with arguments that are right in themselves."""
    of_the_fund(), a_controller()  # they were there before what they do
    return _Site().cases()


class _Site:
    """Two agreements with one record in each state."""

    def __init__(self) -> None:
        self.ours = agreed()
        booked(self.ours)
        self.settled = _settled(self.ours, "F-7")
        self.open = FundDecision.objects.get(fund_number="F-1").number or ""
        self.waiting = self._proposed()
        returned = return_intake(actor=a_signer(), intake=laid_ready(self.ours, a_row("F-3", bedrag="90")).public_id, why="Nee.")
        self.intakes = {"booked": Intake.objects.exclude(booked_at=None)[0], "returned": returned}
        with days_later(30):
            self.statements = {"open": self._statement(1)}
            self.difference = name_difference(
                actor=of_the_fund(), statement=self.statements["open"].public_id, amount=EURO(1), text="Anders."
            )
        with days_later(60):
            old = self._statement(2)
            self.statements |= {"replaced": old, "by province": self._statement(2)}
            accept_statement(actor=a_controller(), statement=self.statements["by province"].public_id, seen=old.content_hash)
        with days_later(90):
            closed = self._statement(3)
            self.answered = name_difference(actor=a_controller(), statement=closed.public_id, amount=EURO(1), text="Anders.")
            explain_difference(actor=of_the_fund(), difference=self.answered.pk, text="Zo zit het.")
            for actor in (a_controller(), of_the_fund()):
                accept_statement(actor=actor, statement=closed.public_id, seen=closed.content_hash)
            self.statements["closed"] = closed
        self.intakes["waiting"] = laid_ready(self.ours, a_row("F-2", bedrag="100"), by=an_officer(2))
        self._plans()

    def _proposed(self) -> dict[str, AgreementTerms]:
        signed = AgreementTerms.objects.exclude(signed_at=None)[0]
        back = self._propose()
        return_terms(actor=a_signer(), terms=back.public_id, why="Nee.")
        return {"signed": signed, "returned": back, "proposed": self._propose()}

    def _propose(self) -> AgreementTerms:
        fresh = terms(starts=clock.today())
        return propose_terms(actor=an_officer(2), province=PROVINCE, agreement=self.ours.public_id, terms=fresh)

    def _statement(self, month: int) -> Statement:
        first, last = date(2026, month, 1), date(2026, month, 28)
        return make_statement(actor=a_controller(), agreement=self.ours.public_id, starts=first, ends=last)

    def _plans(self) -> None:
        """Plans that the province handles, by how far the fund is in them."""
        self.here, call = together_handled_by_the_province()
        self.plans = {"shared": a_shared_application(self.here, call)}
        person = Actor("person", self.plans["shared"].applicant)
        self.applicant = person.id
        for state in ("unshared", "stopped", "asked", "no", "yes", "granted", "followed"):
            plan = a_decidable_application(call)
            self.plans[state] = plan
            if state != "unshared":
                shared(self.here, plan)
        stop_sharing(actor=person, application=self.plans["stopped"].public_id, agreement=self.here.public_id)
        self.answers = {
            state: asked(self.here, self.plans[state], EURO(20_000)) for state in ("asked", "no", "yes", "granted", "followed")
        }
        answer_for_fund(actor=of_the_fund(), answer=self.answers["no"].public_id, agrees=False, why="Past niet.")
        for state in ("yes", "granted", "followed"):
            answered(self.answers[state], EURO(12_000))
        for state in ("granted", "followed"):
            decided(self.plans[state])
        self.settlement = FundSettlement("V-1", clock.today(), EURO(20_000), EURO(9_000))
        follow_settlement(actor=an_officer(), answer=self.answers["followed"].public_id, settled=self.settlement)
        self.draft = a_draft(call, person=person)

    def cases(self) -> tuple[str, list[Case]]:
        found = [*self._of_terms(), *self._of_decisions(), *self._of_statements(), *self._of_plans(), *self._of_answers()]
        return self.applicant, found

    def _of_terms(self) -> Iterator[Case]:
        ours, here = self.ours.public_id, self.here.public_id
        fresh = terms(starts=clock.today(), promised={2026: Promise(EURO(50_000), EURO(50_000))})
        for state, name, refused in (("a proposal waits", ours, NotNow), ("none waits", here, None)):
            yield Case(
                "propose", state, partial(_kw(propose_terms), province=PROVINCE, agreement=name, terms=fresh), OFFICER, refused
            )
        for state, item in self.waiting.items():
            refused = None if state == "proposed" else NotNow
            yield Case("sign", state, partial(_kw(sign_terms), terms=item.public_id, seen=item.content_hash), SIGNER, refused)
            yield Case("return terms", state, partial(_kw(return_terms), terms=item.public_id, why="Nee."), SIGNER, refused)

    def _of_decisions(self) -> Iterator[Case]:
        data = a_file(a_row("F-9", bedrag="100"))
        yield Case("try", "any", partial(_kw(try_decisions), agreement=self.ours.public_id, data=data), OFFICER)
        yield Case(
            "prepare", "one waits", partial(_kw(prepare_intake), agreement=self.ours.public_id, data=data), OFFICER, NotNow
        )
        for state, item in self.intakes.items():
            refused, name = None if state == "waiting" else NotNow, item.public_id
            yield Case("book", state, partial(_kw(book_intake), intake=name, seen=item.content_hash), SIGNER, refused)
            who = SIGNER if state == "waiting" else {"signer", "officer"}  # who prepared it may take it back too
            yield Case("return intake", state, partial(_kw(return_intake), intake=name, why="Nee."), who, refused)
        for state, number, refused in (("open", self.open, None), ("settled", self.settled, NotNow)):
            yield Case(
                "settle",
                state,
                partial(_kw(settle_fund_decision), decision=number, total=EURO(1), why="Minder."),
                OFFICER,
                refused,
            )

    def _of_statements(self) -> Iterator[Case]:
        def new(actor: Actor, month: int) -> object:
            with days_later(150):
                period = {"starts": date(2026, month, 1), "ends": date(2026, month, 28)}
                return make_statement(actor=actor, agreement=self.ours.public_id, **period)

        yield Case("statement", "new period", partial(new, month=4), {"controller"})
        yield Case("statement", "closed period", partial(new, month=3), {"controller"}, NotNow)
        for state, item in self.statements.items():
            name, closed = item.public_id, NotNow if state in ("replaced", "closed") else None
            naming = partial(_kw(name_difference), statement=name, amount=EURO(1), text="Anders.")
            accepting = partial(_kw(accept_statement), statement=name, seen=item.content_hash)
            paying = partial(_kw(pay_fund), statement=name, account="NL91ABNA0417164300")
            yield Case("pay", state, paying, OFFICER, NotNow)  # of the closed period nothing is left to pay
            if state == "by province":
                yield Case("difference", state, naming, {"fund"}, NotNow, late={"controller"})
                yield Case("accept", state, accepting, {"fund"}, NotNow, late={"controller"})
                continue
            yield Case("difference", state, naming, RECONCILE, closed)
            yield Case("accept", state, accepting, RECONCILE, closed or (NotNow if state == "open" else None))
        explaining = partial(_kw(explain_difference), text="Zo zit het.")
        yield Case("explain", "open", partial(explaining, difference=self.difference.pk), RECONCILE)
        yield Case("explain", "explained", partial(explaining, difference=self.answered.pk), RECONCILE, NotNow)

    def _of_plans(self) -> Iterator[Case]:
        def on(state: str) -> dict[str, str]:
            return {"agreement": self.here.public_id, "application": self.plans[state].public_id}

        later = clock.today() + timedelta(days=30)
        unsent = {"agreement": self.here.public_id, "application": self.draft.public_id}
        yield Case("share", "unsent", partial(_kw(share_application), **unsent, parts=("budget",)), APPLICANT, NotNow)
        for state in ("unshared", "shared", "stopped"):
            there = state == "shared"
            yield Case("share", state, partial(_kw(share_application), **on(state), parts=("budget",)), APPLICANT)
            yield Case("stop", state, partial(_kw(stop_sharing), **on(state)), APPLICANT, None if there else NotNow)
            yield Case("read", state, partial(_kw(read_shared), **on(state)), BOTH, None if there else NotFound)
            yield Case("ask", state, partial(_kw(ask_fund), **on(state), until=later), OFFICER, None if there else NotFound)
        yield Case("ask", "asked", partial(_kw(ask_fund), **on("asked"), until=later), OFFICER, NotNow)

    def _of_answers(self) -> Iterator[Case]:
        for state, item in self.answers.items():
            answering = partial(_kw(answer_for_fund), answer=item.public_id, agrees=True, amount=EURO(1), how="Brief")
            yield Case("answer", state, answering, BOTH, None if state == "asked" else NotNow)
            missing = NotFound if state in ("asked", "no") else NotNow
            following = partial(_kw(follow_settlement), answer=item.public_id, settled=self.settlement)
            yield Case("follow", state, following, OFFICER, None if state == "granted" else missing)
            yield Case("count aid", state, partial(_kw(count_aid_of_fund), answer=item.public_id), OFFICER, missing)


def _kw(act: Callable[..., object]) -> Callable[..., object]:
    """The same act with its actor in the first place."""
    return lambda actor, **arguments: act(actor=actor, **arguments)


def _settled(agreement: FunderAgreement, name: str) -> str:
    """A decision that the fund settled lower; its number."""
    booked(agreement, a_row(name, bedrag="100"))
    number = FundDecision.objects.get(fund_number=name).number or ""
    settle_fund_decision(actor=an_officer(), decision=number, total=EURO(50), why="Minder.")
    return number


def test_every_verb_by_every_role_in_every_state_and_each_refusal_changes_nothing() -> None:
    """Who stands on a side tries everything in every state; a role that has nothing to do with funders tries each verb once."""
    applicant, cases = _cases()
    people, seen, wrong = _people(applicant), set[str](), list[tuple[str, str, str, str]]()
    assert {case.verb for case in cases} == VERBS
    before = snapshot("funders")
    for case in cases:
        entries, refused = Entry.objects.filter(result="geweigerd").count(), 0
        for name, actor in people.items():
            if name in OTHERS and case.verb in seen:
                continue
            outcome, expected = _tried(case, actor), case.expected(name)
            refused += bool(outcome)
            if outcome != expected and not (expected == "refused" and outcome in ("NotAllowed", "NotNow", "NotFound")):
                wrong.append((case.verb, case.state, name, f"{outcome or 'done'}, not {expected or 'done'}"))
        seen.add(case.verb)
        assert snapshot("funders") == before, (case.verb, case.state)
        if case.verb != "try":
            assert Entry.objects.filter(result="geweigerd").count() == entries + refused, (case.verb, case.state)
    assert wrong == []


def _tried(case: Case, actor: Actor) -> str:
    """The name of the refusal, or nothing when it was done; what was done is undone."""
    here = transaction.savepoint()
    try:
        case.act(actor)
    except Refusal as refusal:
        return type(refusal).__name__
    transaction.savepoint_rollback(here)
    return ""


#: Every act of this room.
VERBS = {
    "propose", "sign", "return terms", "try", "prepare", "book", "return intake", "settle", "statement", "difference", "explain",
    "accept", "pay", "share", "stop", "read", "ask", "answer", "follow", "count aid",
}  # fmt: skip


def test_the_matrix_names_every_act_of_the_room() -> None:
    folder = Path(__file__).parents[1] / "actions"
    written = {
        name for file in folder.glob("*.py") for name in re.findall(r"^@trail\.recorded\(\"([a-z-]+)", file.read_text(), re.M)
    }
    assert len(written) == len(VERBS) - 1, "to try a file writes nothing, so the trail has no act for it"


def test_who_proposed_does_not_sign_also_with_both_roles_and_a_mandate_and_nobody_signs_without_one() -> None:
    agreement, both = agreed(), a_signer(5)
    a_role("programma", organisation=the_province(), email="tekent5@voorbeeld.invalid")
    waiting = propose_terms(actor=both, province=PROVINCE, agreement=agreement.public_id, terms=terms(starts=clock.today()))
    without = acting(a_role("tekenbevoegde", email="zonder@voorbeeld.invalid"))
    for actor, code in ((both, "second-signature"), (without, "no-mandate")):
        with pytest.raises(NotAllowed) as refusal:
            sign_terms(actor=actor, terms=waiting.public_id, seen=waiting.content_hash)
        assert refusal.value.code == code
    data = a_file(a_row())
    sign_terms(actor=a_signer(), terms=waiting.public_id, seen=waiting.content_hash)
    intake = prepare_intake(actor=both, agreement=agreement.public_id, data=data)
    with pytest.raises(NotAllowed, match="zelf klaar"):
        book_intake(actor=both, intake=intake.public_id, seen=intake.content_hash)
