"""Money that comes free under a full ceiling goes to who was refused for it, in the order of the line, by a new decision."""

import re
from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, money_about
from vliegwiel.foundation.budgets.public import release as let_go
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.come_back_on_refusal import KEY, come_back_on_refusal
from vliegwiel.support.grants.actions.divide_call import publish_seed
from vliegwiel.support.grants.actions.propose_decision import return_decision
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.wait_in_line import leave_line, rejoin_line
from vliegwiel.support.grants.decisions import motivation_of
from vliegwiel.support.grants.freed import FreedMoney, freed_money, refusal_of
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.public import Award, decisions_of, revise_decision
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    PLAIN,
    a_complete_application,
    a_decidable_application,
    a_proposal,
    a_signer,
    an_officer,
    days_later,
    decided,
    no_state_aid,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text
from vliegwiel.support.grants.tests.test_moves_of_officers import who
from vliegwiel.support.grants.waiting import waiting
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
CEILING = {"kind": "refusal", "awarded": Money(0), "grounds": ("ceiling",), "public_title": ""}
EIGHT = Money.euros(8_000)


def a_full_call(ceiling: Money = Money.euros(10_000), refused: int = 2) -> tuple[CallFacts, Application, list[Application]]:
    """A call of which one got eight thousand, and so many after them nothing, as the ceiling was full: each complete a day later."""
    with clock.at(clock.now() - timedelta(days=30)):
        call = an_open_call("first-come", PLAIN, ceiling)
        got = a_decidable_application(call, person=a_resident("eerste@voorbeeld.invalid"))
        out = []
        for number in range(refused):
            with days_later(number + 1):
                person = a_resident(f"te-laat{number}@voorbeeld.invalid")
                out.append(no_state_aid(a_complete_application(call, person=person, title=f"Plan {number}")))
        with days_later(5):
            decided(got)
            for item in out:
                decided(find(item.public_id), **CEILING)
    return call, find(got.public_id), [find(item.public_id) for item in out]


def comes_free(application: Application, amount: Money = EIGHT) -> None:
    """Money that was given comes back under its ceiling, as when a grant is withdrawn."""
    let_go(actor=an_officer(), about=reference(application), amount=amount, key="vrij", reason="Het plan gaat niet door.")


def now_for(call: CallFacts) -> FreedMoney:
    """What the page says would happen."""
    return freed_money(call)


def came_back(application: Application, call: CallFacts, *, by: Actor | None = None, seen: str = "", **changes: Any) -> Decision:
    """A grant that was proposed instead of the refusal."""
    return come_back_on_refusal(
        actor=by or an_officer(),
        application=application.public_id,
        proposal=a_proposal(application, **changes),
        seen=seen or now_for(call).hash,
    )


@pytest.fixture(autouse=True)
def _later(settings: Any) -> Any:
    settings.VLIEGWIEL_PROVINCE = "PV99"


def test_the_next_in_line_gets_a_new_decision_in_the_place_of_the_refusal() -> None:
    call, got, (first, second) = a_full_call()
    refusal = refusal_of(first)
    comes_free(got)
    assert {key: award.amount for key, award in now_for(call).awards.items()} == {first.public_id: EIGHT}
    proposed = came_back(first, call)
    assert find(first.public_id).stands is State.REFUSED, "the refusal stands until another takes its place"
    assert ceiling_of(call.ceiling).free == Money.euros(2_000), "set apart, so that nobody else gets it"
    taken = sign_decision(actor=a_signer(), decision=proposed.public_id, seen=proposed.content_hash)
    assert taken.replaces == refusal
    found = find(first.public_id)
    assert (found.stands, found.awarded) == (State.GRANTED, EIGHT.cents)
    assert money_about(reference(found)).committed == EIGHT
    assert find(second.public_id).stands is State.REFUSED
    assert [row.kind for row in RegisterEntry.objects.filter(number=found.number).order_by("pk")][-1] == "grant"
    assert "Dit besluit komt in de plaats van dat van" in motivation_of(taken)
    assert Entry.objects.filter(action="take-come-back", object_id=found.public_id, result="gedaan").exists()
    assert not taken.instalments.exclude(owed_from=None).exists(), "a rightful refusal was not late: no interest"


def test_one_can_object_to_it_as_it_is_no_decision_on_an_objection() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got)
    proposed = came_back(first, call)
    sign_decision(actor=a_signer(), decision=proposed.public_id, seen=proposed.content_hash)
    refused, granted = decisions_of(first.public_id)
    assert (granted.replaces, granted.after_objection) == (refused.id, False)


def test_when_nothing_is_free_or_others_are_first_nothing_is_proposed() -> None:
    call, got, (first, second) = a_full_call()
    before = snapshot()
    with pytest.raises(NotNow, match="geen geld vrij"):
        came_back(first, call)
    comes_free(got)
    middle = snapshot()
    with pytest.raises(NotNow, match="gaan voor"):
        came_back(second, call)
    assert snapshot() == middle
    assert before["grants.Decision"] == middle["grants.Decision"]


def test_what_changed_since_it_was_looked_at_is_refused() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got, Money.euros(7_000))
    seen = now_for(call).hash
    let_go(actor=an_officer(), about=reference(got), amount=Money.euros(1_000), key="meer", reason="Nog wat.")
    before = snapshot()
    with pytest.raises(NotNow, match="intussen iets veranderd"):
        came_back(first, call, seen=seen)
    with pytest.raises(NotNow, match="intussen"):
        come_back_on_refusal(
            actor=an_officer(),
            application=first.public_id,
            proposal=a_proposal(first),
            seen=now_for(call).hash,
            revision=first.revision - 1,
        )
    assert snapshot() == before


def test_the_engine_says_how_much() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got)
    before = snapshot()
    partial = {"kind": "partial", "awarded": Money.euros(5_000), "grounds": ("ceiling",)}
    for changes in (partial, CEILING):
        with pytest.raises(NotValid, match=r"8\.000"):
            came_back(first, call, **changes)
    with pytest.raises(NotValid, match="nog niet compleet"):
        came_back(first, call, motivation="")
    assert snapshot() == before


def test_who_still_waits_for_a_decision_goes_before_the_line() -> None:
    call, got, (first, _second) = a_full_call()
    with clock.at(clock.now() - timedelta(days=20)):
        late = a_complete_application(call, person=a_resident("nieuw@voorbeeld.invalid"))
    comes_free(got)
    now = now_for(call)
    assert (dict(now.awards), now.kept) == ({}, late.asked_money)
    with pytest.raises(NotNow, match="geen geld vrij"):
        came_back(first, call)


def test_who_was_refused_on_another_ground_too_is_not_in_line() -> None:
    call, got, (first, _second) = a_full_call(refused=2)
    refused = refusal_of(first)
    assert refused is not None
    other = {"key": "anders", "article": "Awb 4:35", "text": "Het plan past niet."}
    Decision.objects.filter(pk=refused.pk).update(grounds=[*refused.grounds, other])
    comes_free(got)
    assert first.public_id not in now_for(call).awards
    with pytest.raises(NotNow, match="niet alleen om het plafond"):
        came_back(first, call)


def test_two_of_one_day_that_do_not_fit_together_are_drawn_first() -> None:
    call = an_open_call("first-come", PLAIN, Money.euros(10_000))
    got = a_decidable_application(call, person=a_resident("eerste@voorbeeld.invalid"))
    with days_later(1):
        same = [
            no_state_aid(a_complete_application(call, person=a_resident(f"dag{number}@voorbeeld.invalid"))) for number in range(2)
        ]
    with days_later(5):
        decided(got)
        for item in same:
            decided(find(item.public_id), **CEILING)
        comes_free(got)
        assert now_for(call).undrawn
        assert not now_for(call).awards
        with pytest.raises(NotNow, match="startgetal"):
            came_back(same[0], call)
        page = text(browser(an_officer()), f"/werk/openstellingen/{call.id}/rangschikking")
        assert "moet worden geloot" in page
        publish_seed(actor=an_officer(), call=call.id)
        assert len(now_for(call).awards) == 1


def test_a_proposal_that_is_sent_back_frees_the_money_and_leaves_the_refusal() -> None:
    call, got, (first, second) = a_full_call()
    comes_free(got)
    proposed = came_back(first, call)
    assert not now_for(call).awards, "what is set apart is not given twice"
    with pytest.raises(NotNow, match="al een voorstel"):
        came_back(first, call)
    return_decision(actor=a_signer(), decision=proposed.public_id, why="Vraag eerst of het plan nog doorgaat.")
    assert find(first.public_id).stands is State.REFUSED
    assert ceiling_of(call.ceiling).free == Money.euros(10_000)
    assert list(now_for(call).awards) == [first.public_id]
    again = came_back(first, call)
    sign_decision(actor=a_signer(), decision=again.public_id, seen=again.content_hash)
    assert find(first.public_id).stands is State.GRANTED
    assert find(second.public_id).stands is State.REFUSED


def test_who_no_longer_wants_it_lets_the_next_one_go_first_and_may_come_back() -> None:
    call, got, (first, second) = a_full_call()
    comes_free(got)
    leave_line(actor=an_officer(), application=first.public_id, on=clock.today())
    assert list(now_for(call).awards) == [second.public_id]
    assert find(first.public_id).stands is State.REFUSED
    with pytest.raises(NotNow, match="gaan voor"):
        came_back(find(first.public_id), call)
    with pytest.raises(NotNow, match="al laten weten"):
        leave_line(actor=an_officer(), application=first.public_id, on=clock.today())
    rejoin_line(actor=an_officer(), application=first.public_id)
    assert list(now_for(call).awards) == [first.public_id], "where they stood"
    with pytest.raises(NotNow, match="niet van de wachtlijst"):
        rejoin_line(actor=an_officer(), application=first.public_id)
    done = Entry.objects.filter(action__in=["leave-line", "rejoin-line"], result="gedaan", object_id=first.public_id)
    assert done.count() == 2


def test_who_is_not_in_line_cannot_leave_it_and_a_proposal_is_sent_back_first() -> None:
    call, got, (first, second) = a_full_call()
    comes_free(got)
    came_back(first, call)
    refused = refusal_of(second)
    assert refused is not None
    Decision.objects.filter(pk=refused.pk).update(grounds=[{"key": "anders", "article": "Awb 4:35", "text": "Het past niet."}])
    before = snapshot()
    with pytest.raises(NotNow, match="Geef dat eerst terug"):
        leave_line(actor=an_officer(), application=first.public_id, on=clock.today())
    with pytest.raises(NotNow, match="niet op de wachtlijst"):
        leave_line(actor=an_officer(), application=second.public_id, on=clock.today())
    assert snapshot() == before


@pytest.mark.parametrize("days", [None, 1, -400])
def test_the_day_on_which_they_said_so_is_after_the_refusal_and_not_to_come(days: int | None) -> None:
    _call, _got, (first, _second) = a_full_call()
    before = snapshot()
    with pytest.raises(NotValid, match="de dag in waarop"):
        on = None if days is None else clock.today() + timedelta(days=days)
        leave_line(actor=an_officer(), application=first.public_id, on=on)
    assert snapshot() == before


def test_an_officer_takes_someone_out_of_the_line_on_the_page_and_puts_them_back() -> None:
    call, got, (first, second) = a_full_call()
    comes_free(got)
    client, path = browser(an_officer()), f"/werk/aanvragen/{first.number}/besluit"
    assert "Haal van de wachtlijst" in text(client, path)
    form = {"doe": "van-de-lijst", "versie": first.revision}
    assert client.post(path, {**form, "dag": ""}).status_code == 400
    assert client.post(path, {**form, "dag": clock.today().isoformat()}).status_code == 302
    page = text(client, path)
    assert "vrijgekomen geld niet meer te willen" in page
    assert "alsnog geld te geven" in text(client, f"/werk/aanvragen/{second.number}/besluit")
    form = {"doe": "op-de-lijst", "versie": find(first.public_id).revision}
    assert client.post(path, form).status_code == 302
    assert list(now_for(call).awards) == [first.public_id]


def test_an_objection_that_was_faster_leaves_nothing_set_apart() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got)
    proposed = came_back(first, call)
    refusal = refusal_of(first)
    assert refusal is not None
    award = Award(Money.euros(2_000), "U krijgt een deel.", "Bij nader inzien.", by=an_officer().id, grounds=("ceiling",))
    revise_decision(actor=a_signer(), decision=refusal.public_id, award=award, letter="")
    with pytest.raises(NotNow):
        sign_decision(actor=a_signer(), decision=proposed.public_id, seen=proposed.content_hash)
    return_decision(actor=a_signer(), decision=proposed.public_id, why="Op bezwaar is al beslist.")
    assert find(first.public_id).stands is State.GRANTED
    assert ceiling_of(call.ceiling).free == EIGHT


ROLES = ("visitor", "inwoner", "adviseur", "gemeente", "onderzoeker", "adviescommissie", "fonds", "tekenbevoegde",
         "bezwaarcommissie", "controller", "auditor", "beheerder")  # fmt: skip


def test_only_an_officer_of_this_province_without_an_interest_may_propose_it() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got)
    before, refused = snapshot(), Entry.objects.filter(action=KEY, result="geweigerd").count()
    for kind in ROLES:
        with pytest.raises((NotAllowed, NotFound)):
            came_back(first, call, by=who(kind))
    with pytest.raises(NotAllowed):
        came_back(first, call, by=Actor("person", first.applicant))
    changed = {name for name, rows in snapshot().items() if rows != before.get(name)}
    assert not {name for name in changed if name.startswith(("grants.", "budgets."))}
    assert Entry.objects.filter(action=KEY, result="geweigerd").count() == refused + len(ROLES) + 1


def test_only_a_refusal_can_be_come_back_on() -> None:
    call, got, (first, _second) = a_full_call()
    comes_free(got)
    seen = now_for(call).hash
    for state in [state for state in State if state not in (State.REFUSED, State.DRAFT, State.SIGNING)]:
        Application.objects.filter(pk=first.pk).update(state=state.value)
        before = snapshot()
        with pytest.raises(NotNow, match="De stand van deze aanvraag"):
            came_back(first, call, seen=seen)
        assert snapshot() == before, state


def test_an_officer_sees_what_will_happen_and_proposes_it_from_the_page() -> None:
    call, got, (first, second) = a_full_call()
    client, ranking = browser(an_officer()), f"/werk/openstellingen/{call.id}/rangschikking"
    path = f"/werk/aanvragen/{first.number}/besluit"
    assert "alsnog geld te geven" not in text(client, path)
    comes_free(got)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(client, ranking)))
    assert "Als u het vrije geld nu verdeelt, gebeurt dit. Er is nog niets besloten." in page
    assert page.count("Stel dit voor") == 1
    assert page.index(first.title) < page.rindex(second.title)
    form = text(client, path)
    assert "aan de beurt voor €\xa08.000,00" in form or "aan de beurt voor €\xa08.000" in form
    assert 'value="refusal"' not in form, "it gives money, or it is no new decision"
    assert "alsnog geld te geven" not in text(client, f"/werk/aanvragen/{second.number}/besluit")
    seen = re.search(r'name="gezien" value="(\w+)"', form)
    assert seen is not None
    given = {
        "doe": "terugkomen",
        "gezien": seen[1],
        "versie": find(first.public_id).revision,
        "soort": "grant",
        "kort": "U krijgt alsnog het geld dat u vroeg.",
        "motivering": "Er kwam geld vrij en uw plan past bij de regeling.",
        "titel": first.title,
    }
    assert client.post(path, {**given, "motivering": ""}).status_code == 400
    assert client.post(path, given).status_code == 302
    assert "wacht op een handtekening" in text(client, ranking)
    assert first.number in text(client, "/werk/aanvragen?stapel=tekenen")
    assert first.number not in text(client, "/werk/aanvragen?stapel=te-laat")
    signer = a_signer()
    assert [item.path for item in waiting(signer)] == [path]
    assert "Lees het voorstel en onderteken" in text(browser(signer), f"/werk/aanvragen/{first.number}")
    decision = Decision.objects.get(application=first, taken_at=None)
    answer = browser(signer).post(path, {"doe": "ondertekenen", "besluit": decision.public_id, "gelezen": decision.content_hash})
    assert answer.status_code == 302
    assert find(first.public_id).stands is State.GRANTED
    assert clock.today() == find(first.public_id).decided_on
