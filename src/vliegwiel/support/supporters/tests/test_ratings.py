"""One answer per person, half-year and authority, to change until it is over; then counted once, nothing of fewer than ten, and gone."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid
from vliegwiel.support.initiatives.tests.given import MUNICIPALITY, PROVINCE, a_resident, an_adviser
from vliegwiel.support.supporters.actions.leave_supporters import leave_supporters
from vliegwiel.support.supporters.actions.rate_authority import close_ratings, own_answers, rate_authority, rated_by, rater_code
from vliegwiel.support.supporters.models import AuthorityRating, PublishedRating
from vliegwiel.support.supporters.rules import ASKED, LEAST, SAID, Answers, counts_of, last_day, period_of
from vliegwiel.support.supporters.tests.given import a_maker, a_supporter, an_official

pytestmark = pytest.mark.django_db
MARCH, JULY = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)
YES = Answers("yes", "yes", "partly")
JOB = Actor.system("job")


@pytest.fixture(autouse=True)
def in_march(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MARCH):
        yield


def _said(authority: str, period: str, answers: list[Answers], start: int = 0) -> None:
    """Answers of so many people, written as the act writes them: only their accounts are not made one by one."""
    AuthorityRating.objects.bulk_create(
        AuthorityRating(
            province=PROVINCE,
            period=period,
            authority=authority,
            authority_name=f"Gemeente {authority}",
            rater=rater_code(f"persoon{number:05d}", period),
            space=said.space,
            respect=said.respect,
            backing=said.backing,
        )
        for number, said in enumerate(answers, start)
    )


def _random(chance: random.Random, number: int) -> list[Answers]:
    return [Answers(*(chance.choice(SAID) for _each in ASKED)) for _number in range(number)]


def _public() -> list[str]:
    """All that anyone can read of ratings."""
    client = Client()
    page = client.get("/ruimte-en-rugdekking").content.decode().split("<main")[1]
    return [page, client.get("/ruimte-en-rugdekking/oordelen.csv").content.decode()]


def test_who_makes_something_or_supports_a_village_rates_the_authorities_of_their_place_and_nobody_else_does() -> None:
    maker, (supporter, _page), (waiting, _other) = a_maker(1), a_supporter(), a_supporter("nieuw", known=False)
    for actor in (maker, supporter):
        assert [one.key for one in rated_by(actor, PROVINCE)] == [PROVINCE, MUNICIPALITY]
        rate_authority(actor=actor, province=PROVINCE, authority=MUNICIPALITY, answers=YES)
    for actor in (waiting, an_adviser(), an_official(), a_resident("vreemd"), Actor("visitor")):
        assert rated_by(actor, PROVINCE) == []
        with pytest.raises(NotAllowed):
            rate_authority(actor=actor, province=PROVINCE, authority=MUNICIPALITY, answers=YES)
    with pytest.raises(NotFound):
        rate_authority(actor=maker, province=PROVINCE, authority="GM0003", answers=YES)
    with pytest.raises(NotValid):
        rate_authority(actor=maker, province=PROVINCE, authority=MUNICIPALITY, answers=Answers("yes", "", "no"))
    assert AuthorityRating.objects.count() == 2


def test_an_answer_counts_once_can_be_changed_until_the_half_year_is_over_and_names_nobody() -> None:
    maker = a_maker(1)
    for answers in (YES, Answers("no", "no", "no")):
        rate_authority(actor=maker, province=PROVINCE, authority=MUNICIPALITY, answers=answers)
    row = AuthorityRating.objects.get()
    assert (row.space, own_answers(maker, PROVINCE)[MUNICIPALITY].respect) == ("no", "no")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supporters_authorityrating")
        assert maker.id not in repr(cursor.fetchall())
    for entry in Entry.objects.filter(action="rate-authority"):
        told = repr((entry.actor_id, entry.organisation, entry.object_id, entry.facts))
        assert MUNICIPALITY not in told, "the trail says that someone rated, not whom"
        assert maker.id not in told, "nor who: the order of the trail would tell whose answer each is"
    with clock.at(JULY):
        assert own_answers(maker, PROVINCE) == {}
        rate_authority(actor=maker, province=PROVINCE, authority=MUNICIPALITY, answers=YES)
        assert AuthorityRating.objects.count() == 2
        close_ratings(actor=JOB, province=PROVINCE)
        assert AuthorityRating.objects.get().period == "2026-2", "what was counted is destroyed, what runs stays"


def test_nothing_is_published_before_the_half_year_is_over_and_each_only_once() -> None:
    _said(MUNICIPALITY, "2026-1", [YES] * 12)
    assert close_ratings(actor=JOB, province=PROVINCE) == 0
    with clock.at(JULY):
        assert close_ratings(actor=JOB, province=PROVINCE) == 1
        assert close_ratings(actor=JOB, province=PROVINCE) == 0
        kept = PublishedRating.objects.get()
        assert (kept.number, kept.counts["backing"]) == (12, {"yes": 0, "partly": 12, "no": 0})
        assert not AuthorityRating.objects.exists()
        assert "12 mensen" in _public()[0]


def test_of_fewer_than_ten_nothing_can_be_read_whatever_they_said_or_how_many_they_were() -> None:
    chance = random.Random(10)
    seen = set()
    for _time in range(12):
        AuthorityRating.objects.all().delete()
        PublishedRating.objects.all().delete()
        _said(PROVINCE, "2026-1", [YES] * 20)  # the same beside it each time
        _said(PROVINCE, "2025-2", [YES] * 11)
        _said(MUNICIPALITY, "2026-1", _random(chance, chance.randint(0, LEAST - 1)))
        with clock.at(JULY):
            close_ratings(actor=JOB, province=PROVINCE)
            seen.add(tuple(_public()))
        assert not PublishedRating.objects.filter(authority=MUNICIPALITY).exists()
    assert len(seen) == 1, "the public reads the same bytes, also when nobody answered, so that nothing follows from them"


def test_no_sum_over_half_years_or_authorities_is_shown_from_which_a_hidden_one_could_be_taken_off() -> None:
    """Two worlds that differ only in a hidden group read the same; what is shown of a group depends on that group alone."""
    chance = random.Random(11)
    for _time in range(40):
        groups = {
            (code, period): _random(chance, chance.randint(1, 25)) for code in "abc" for period in ("2025-1", "2025-2", "2026-1")
        }
        shown = {key: counts_of(said) for key, said in groups.items()}
        hidden = [key for key, said in groups.items() if len(said) < LEAST]
        assert all(shown[key] is None for key in hidden)
        changed = {**groups, **{key: _random(chance, chance.randint(1, LEAST - 1)) for key in hidden}}
        assert {key: counts_of(said) for key, said in changed.items()} == shown
        for key, counts in shown.items():
            assert counts is None or all(sum(counts[question].values()) == len(groups[key]) for question in ASKED)


def test_who_leaves_takes_the_answers_of_this_half_year_along_and_a_published_one_never_changes() -> None:
    maker = a_maker(1)
    _said(MUNICIPALITY, "2025-2", [YES] * 10)
    close_ratings(actor=JOB, province=PROVINCE)
    before = _public()
    rate_authority(actor=maker, province=PROVINCE, authority=MUNICIPALITY, answers=YES)
    leave_supporters(actor=maker, person=maker.id, email="maker1@voorbeeld.invalid")
    assert not AuthorityRating.objects.exists()
    assert _public() == before


def test_every_day_lies_in_one_half_year_that_ends_after_it() -> None:
    chance = random.Random(3)
    for _time in range(300):
        day = datetime.fromordinal(chance.randint(730_000, 760_000)).date()
        period = period_of(day)
        assert period_of(last_day(period)) == period
        assert day <= last_day(period)
        assert period < period_of(datetime.fromordinal(last_day(period).toordinal() + 1).date())
