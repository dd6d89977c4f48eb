"""Who had a grant under one scheme three years on end gets less only after a notice with a reasonable term (Awb 4:51)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import choose_channel
from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.people.models import Organisation
from vliegwiel.foundation.people.tests.given import a_role, acting, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.direct_grants.actions.keep_course import announce_change, weigh_continuation
from vliegwiel.support.direct_grants.contributes import GUARDS, file_notes
from vliegwiel.support.direct_grants.courses import course_of, courses_in, rest_for, verdict_on
from vliegwiel.support.direct_grants.models import AdvanceNotice, Continuation
from vliegwiel.support.direct_grants.queries import todos_of
from vliegwiel.support.direct_grants.rules import Given, by_year, continues
from vliegwiel.support.grants.actions.hear_views import skip_views
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import Beyond, motivation_of
from vliegwiel.support.grants.gates import grounds_for
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import given_since
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    PROVINCE,
    a_call,
    a_decidable_application,
    a_proposal,
    a_received_application,
    a_signer,
    an_officer,
    decided,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call
from vliegwiel.support.schemes.models import SchemeVersion
from vliegwiel.support.schemes.public import CallFacts, call_of
from vliegwiel.support.schemes.tests.given import a_planned_call
from vliegwiel.support.schemes.tests.given import an_officer as who_keeps_schemes

pytestmark = pytest.mark.django_db
CLUB = "vereniging@voorbeeld.invalid"
YEARLY = Money.euros(8_000)


def in_march(year: int) -> Any:
    return clock.at(datetime(year, 3, 2, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with in_march(2026):
        yield


def a_round(first: CallFacts) -> CallFacts:
    """The next call of the same scheme, open now."""
    version = SchemeVersion.objects.get(scheme__key=first.scheme)
    with clock.at(datetime(clock.today().year, 2, 27, 9, tzinfo=UTC)):
        call = a_planned_call(version)
        announce_call(actor=who_keeps_schemes(), call=call.public_id)
    move_by_clock(actor=Actor.system("job"))
    return call_of(call.public_id)


def three_years(amount: Money = YEARLY) -> CallFacts:
    """A club that got as much in 2023, 2024 and 2025; returns the first call."""
    first: CallFacts | None = None
    for year in (2023, 2024, 2025):
        with in_march(year):
            call = a_round(first) if first else a_call()
            first = first or call
            file = a_decidable_application(call, person=a_resident(CLUB), asked=amount)
            decided(file, activity_ends=date(year, 12, 31))
    assert first is not None
    return first


def one_grant_over_three_years() -> CallFacts:
    """A club that got one grant, for 2023 up to and including 2025."""
    with in_march(2023):
        call = a_call()
        file = a_decidable_application(call, person=a_resident(CLUB), asked=Money.euros(9_000))
        decided(file, activity_ends=date(2025, 12, 31))
    return call


def a_fourth(first: CallFacts, **filled: Any) -> Application:
    return a_decidable_application(a_round(first), person=a_resident(CLUB), **{"asked": YEARLY, **filled})


def less(file: Application, amount: Money = Money(0), **changes: Any) -> Any:
    kind, title = ("partial", file.title) if amount.cents else ("refusal", "")
    usual = {"kind": kind, "awarded": amount, "grounds": ("changed-view",), "public_title": title}
    return a_proposal(file, **{**usual, **changes})


def propose(file: Application, proposal: Any) -> Any:
    return propose_decision(actor=an_officer(), application=file.public_id, proposal=proposal)


def test_from_the_third_year_to_the_letter(django_assert_max_num_queries: Any) -> None:
    first = three_years()
    with clock.at(datetime(2025, 9, 1, 9, tzinfo=UTC)):
        third = Application.objects.order_by("-pk")[0]
        assert "jaar 3 op rij" in file_notes(third.public_id)[0].text
        assert [item.due for item in todos_of(PROVINCE) if "4:51" in item.article] == [date(2025, 12, 31)]
        with django_assert_max_num_queries(3):
            assert len(courses_in(PROVINCE)) == 1
    file = a_fourth(first)
    assert "3 jaar op rij" in file_notes(file.public_id)[0].text
    assert verdict_on(file.public_id, YEARLY), "as before needs nothing"
    verdict = verdict_on(file.public_id, Money(0))
    assert verdict is not None and verdict.answer is Answer.UNKNOWN
    before = snapshot("direct_grants")
    with pytest.raises(NotNow) as refusal:
        propose(file, less(file))
    assert any("dezelfde activiteit" in line for line in refusal.value.details)
    assert snapshot("direct_grants") == before
    weigh_continuation(actor=an_officer(), application=file.public_id, kind="same", why="Ook dit jaar een open inloop.")
    with pytest.raises(NotNow) as refusal:
        propose(file, less(file))
    assert any("Kondig eerst aan" in line for line in refusal.value.details)
    made = announce_change(actor=an_officer(), application=file.public_id, until=date(2026, 6, 30), reason="Er is minder geld.")
    assert made.letter
    assert rest_for(file.public_id) == Money(-(-YEARLY.cents * 181 // 365))
    with pytest.raises(NotNow) as refusal:
        propose(file, less(file, Money.euros(3_000)))
    assert any("rest ervan" in line for line in refusal.value.details)
    rest = rest_for(file.public_id)
    with pytest.raises(NotNow) as refusal:
        propose(file, less(file, rest))
    assert [line.split(":")[0] for line in refusal.value.details] == ["Zienswijze"], "with 4:51 the applicant is heard (4:12)"
    skip_views(actor=an_officer(), application=file.public_id, ground="4:11a", why="De brief vroeg al om een reactie.")
    waiting = propose(file, less(file, rest))
    said = motivation_of(waiting)
    assert "Op 2 maart 2026 vertelden wij u dat dit verandert" in said
    assert "artikel 4:51" in said
    sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)


def test_the_rest_of_the_term_is_given_also_past_a_full_ceiling_and_another_activity_asks_no_notice() -> None:
    first = one_grant_over_three_years()
    file, words = a_fourth(first), GUARDS[0].words
    assert words is not None
    for kind, said in (("other", "een andere activiteit"), ("own", "niet doordat wij er anders over denken")):
        weigh_continuation(actor=an_officer(), application=file.public_id, kind=kind, why="Het plan is nu een reis.")
        assert verdict_on(file.public_id, Money(0))
        assert said in words(file.public_id, Money(0), ())
    weigh_continuation(actor=an_officer(), application=file.public_id, kind="same", why="Hetzelfde werk.")
    announce_change(actor=an_officer(), application=file.public_id, until=date(2026, 6, 30), reason="Er is minder geld.")
    skip_views(actor=an_officer(), application=file.public_id, ground="4:11a", why="De brief vroeg al om een reactie.")
    page = browser(an_officer()).get(f"/werk/aanvragen/{file.number}/besluit").content.decode()
    assert "Voorbij het plafond (4:51" in page
    rest, line = rest_for(file.public_id), a_line(Money.euros(50_000))
    way = Beyond("De rest van de termijn die liep.", line, "4:51(2)")
    for proposal, code in (
        (less(file, rest + Money(1), beyond=way), "not-rest"),
        (less(file, rest, beyond=replace(way, article="4:1")), "no-article"),
        (less(file, rest, beyond=replace(way, article="4:25(3)")), "not-late"),
    ):
        with pytest.raises(NotValid) as refusal:
            propose(file, proposal)
        assert refusal.value.code == code
    waiting = propose(file, less(file, rest, beyond=way))
    assert (waiting.ledger_ground, waiting.two_signatures) == ("4:51(2)", True)
    sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert verify().holds


def test_an_announcement_by_post_counts_once_it_was_posted_and_only_when_that_was_before_its_term_ended() -> None:
    first = one_grant_over_three_years()
    file = a_fourth(first)
    choose_channel(actor=Actor("person", file.applicant), person=file.applicant, kind="letters", channel="post")
    weigh_continuation(actor=an_officer(), application=file.public_id, kind="same", why="Hetzelfde werk.")
    made = announce_change(actor=an_officer(), application=file.public_id, until=date(2026, 6, 30), reason="Er is minder geld.")
    course, words = course_of(file.public_id), GUARDS[0].words
    assert course is not None
    assert words is not None
    assert (course.told_on, course.until, course.announced) == (None, None, date(2026, 6, 30))
    assert rest_for(file.public_id) == Money(0)
    verdict = verdict_on(file.public_id, Money(0))
    assert verdict is not None
    assert verdict.reasons[0].code == "no-notice"
    with pytest.raises(NotNow):
        announce_change(actor=an_officer(), application=file.public_id, until=date(2026, 7, 31), reason="Nog eens.")
    client, path = browser(an_officer()), f"/werk/directe-subsidies/vervolg/{file.number}"
    assert "nog niet op de post" in client.get(path).content.decode()
    for posted, counts in ((datetime(2026, 7, 1, 9, tzinfo=UTC), None), (datetime(2026, 3, 9, 9, tzinfo=UTC), date(2026, 6, 30))):
        with transaction.atomic(), clock.at(posted):
            mark_printed(actor=an_officer(), letters=[made.letter], province=PROVINCE)
            course = course_of(file.public_id)
            assert course is not None
            assert (course.told_on, course.until) == (posted.date(), counts)
            assert ("Op 9 maart 2026" in words(file.public_id, rest_for(file.public_id), ())) is (counts is not None)
            transaction.set_rollback(True)


def test_a_gap_someone_else_and_what_is_no_less_ask_nothing() -> None:
    first = one_grant_over_three_years()
    neighbour = a_received_application(a_round(first), person=a_resident("ander@voorbeeld.invalid"))
    assert verdict_on(neighbour.public_id, Money(0)) is None
    assert "changed-view" not in grounds_for(find(neighbour.public_id))
    small = a_received_application(a_round(first), person=a_resident(CLUB), asked=Money.euros(2_000))
    verdict = verdict_on(small.public_id, Money.euros(2_000))
    assert verdict is not None
    assert verdict.reasons[0].code == "as-before", "nobody counts on more than they ask"
    with in_march(2027):
        late = a_received_application(a_round(first), person=a_resident(CLUB))
        assert verdict_on(late.public_id, Money(0)) is None, "2026 lies between"


def test_an_old_notice_was_used_and_does_not_count_for_a_next_time() -> None:
    years = [Given(date(year, 1, 1), date(year, 12, 31), Money(100)) for year in (2023, 2024, 2025)]
    new = Given(date(2026, 1, 1), date(2026, 12, 31), Money(0))
    assert continues(new, years, date(2024, 6, 30)).reasons[0].code == "no-notice"
    assert continues(new, years, date(2025, 6, 30)).reasons[0].code == "told"


def test_grants_become_years_on_end_to_the_cent() -> None:
    found = by_year([(date(2022, 11, 1), date(2023, 12, 31), Money(100)), (date(2024, 2, 1), date(2026, 6, 30), Money(101))])
    assert [(item.starts.year, item.amount.cents) for item in found] == [(2023, 100), (2024, 33), (2025, 33), (2026, 35)]
    assert by_year([(date(2025, 9, 1), date(2025, 12, 31), Money(7))])[0].starts.year == 2025


def test_a_club_known_by_its_number_is_told_once_and_then_the_officer_is_reminded_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_grant_over_three_years()
    file, first = Application.objects.get(), an_officer()
    Application.objects.update(kvk="90000001")
    Organisation.objects.filter(pk=an_organisation("Vereniging Verzonnen").pk).update(kvk="90000001")

    def while_the_letter_is_set(**given: Any) -> Any:
        monkeypatch.undo()
        _announce(first, file)
        return prepare_letter(**given)

    with clock.at(datetime(2025, 9, 1, 9, tzinfo=UTC)):
        assert [item.due for item in todos_of(PROVINCE) if "4:51" in item.article] == [date(2025, 12, 31)]
        second = an_officer(2)
        monkeypatch.setattr(f"{announce_change.__module__}.prepare_letter", while_the_letter_is_set)
        with pytest.raises(NotNow) as refusal:
            _announce(second, file)
        assert refusal.value.code == "told"
        assert [notice.by for notice in AdvanceNotice.objects.all()] == [first.id]
        assert Letter.objects.filter(kind="advance-notice").count() == 1
        assert not [item for item in todos_of(PROVINCE) if "4:51" in item.article]
    with in_march(2027):
        assert given_since(PROVINCE, date(2021, 1, 1), still=date(2027, 1, 1)) == [], "who has nothing any more is not read"


def test_who_may_say_it_and_announce_it_in_which_state_and_the_page_takes_both() -> None:
    first = one_grant_over_three_years()
    third, file = Application.objects.get(), a_received_application(a_round(first), person=a_resident(CLUB), asked=YEARLY)
    new = a_received_application(a_round(first), person=a_resident("ander@voorbeeld.invalid"))
    kinds = [role.key for role in given_roles() if role.key != "programma"]
    people = [acting(a_role(kind, email=f"{kind}.vervolg@voorbeeld.invalid")) for kind in kinds]
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    an_officer()
    before, refused = snapshot("direct_grants"), Entry.objects.filter(result="geweigerd").count()
    acts = [lambda actor, on=on: _weigh(actor, on) for on in (file, third)] + [
        lambda actor, on=on: _announce(actor, on) for on in (file, third)
    ]
    outside = [*people, elsewhere, Actor("person", file.applicant), Actor("visitor")]
    for actor in outside:
        for act in acts:
            with pytest.raises(NotAllowed):
                act(actor)
    assert Entry.objects.filter(result="geweigerd").count() == refused + len(outside) * len(acts)
    for act in (lambda: _weigh(an_officer(), third), lambda: _weigh(an_officer(), new), lambda: _announce(an_officer(), new)):
        with pytest.raises(NotNow):
            act()
    for changes in ({"why": " "}, {"kind": "iets"}):
        with pytest.raises(NotValid):
            weigh_continuation(actor=an_officer(), application=file.public_id, **{"kind": "same", "why": "Ja.", **changes})
    for until, reason in ((clock.today(), "Minder."), (date(2026, 9, 1), " ")):
        with pytest.raises(NotValid):
            announce_change(actor=an_officer(), application=file.public_id, until=until, reason=reason)
    assert snapshot("direct_grants") == before
    client, path = browser(an_officer()), f"/werk/directe-subsidies/vervolg/{file.number}"
    assert path in client.get(f"/werk/aanvragen/{file.number}").content.decode()
    assert "3 jaar op rij" in client.get(path).content.decode()
    assert client.post(path, {"doe": "zelfde", "activiteit": "same", "waarom": ""}).status_code == 400
    assert client.post(path, {"doe": "zelfde", "activiteit": "same", "waarom": "Hetzelfde."}).status_code == 302
    told = {"doe": "aankondiging", "reden": "Er is minder geld.", "tot": "30-6-2026"}
    assert client.post(f"/werk/directe-subsidies/vervolg/{third.number}", told).status_code == 302
    page = client.get(path).content.decode()
    assert "30 juni 2026" in page
    assert "1.487,68" in page, "the rest of the term"
    assert client.get(f"/werk/directe-subsidies/vervolg/{new.number}").status_code == 200
    after = snapshot("direct_grants")
    for on in (file, third):
        with pytest.raises(NotNow):
            _announce(an_officer(), on)
    assert snapshot("direct_grants") == after
    assert (AdvanceNotice.objects.count(), Continuation.objects.count()) == (1, 1)


def _weigh(actor: Actor, on: Application) -> object:
    return weigh_continuation(actor=actor, application=on.public_id, kind="same", why="Hetzelfde werk.")


def _announce(actor: Actor, on: Application) -> object:
    return announce_change(actor=actor, application=on.public_id, until=date(2026, 12, 31), reason="Er is minder geld.")
