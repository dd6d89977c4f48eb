"""What happened is lived again by the real actions: the counts are those of the source, and the books agree to the cent."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from django.test import Client

from vliegwiel.catalogue.history import FOLDER, History, history, history_from
from vliegwiel.entry.demo_rooms import PLACES
from vliegwiel.entry.history import job
from vliegwiel.entry.history.relive import relive, was_lived
from vliegwiel.entry.history.steps import steps_of
from vliegwiel.entry.history.world import MADE_UP, World
from vliegwiel.entry.tests.lived import KEY, disagreements, small
from vliegwiel.foundation.budgets.cli import budgets
from vliegwiel.foundation.jobs.public import stopping
from vliegwiel.foundation.jobs.worker import run_waiting
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.cli import grants
from vliegwiel.support.grants.models import Application


def _given(found: History) -> dict[str, Money]:
    return {line.title: line.amount for line in found.lines}


def test_the_history_says_what_the_review_says() -> None:
    found = history(KEY)
    assert _given(found) == {
        "Provinciebrede aanpak": Money.euros(7_000_000),
        "Krimpagenda 2020–2030": Money.euros(5_000_000),
        "Regionale arrangementen": Money.euros(4_000_000),
    }
    tenders, fund = found.schemes
    assert (len(tenders.calls), sum(len(call.applications) for call in tenders.calls)) == (10, 42)
    assert [call.ceiling for call in fund.calls] == [Money.euros(2_700_000)]
    assert sum(item.asked.cents for item in fund.calls[0].applications) == Money.euros(2_700_000).cents
    rwlp = [(item.asked, item.received.year) for item in fund.calls[0].applications if "RWLP" in item.by and item.received]
    assert rwlp == [(Money.euros(700_000), 2021), (Money.euros(100_000), 2023)]
    pilot = {(year, amount) for grant in found.direct if grant.instrument == "pilot" for year, amount in grant.amounts.items()}
    assert pilot == {(2022, Money.euros(750_000)), (2023, Money.euros(747_000)), (2023, Money.euros(729_000))}
    arrangements = [grant for grant in found.direct if grant.instrument == "regionaal"]
    assert (len(arrangements), sum(item.amounts[year].cents for item in arrangements for year in item.amounts)) == (
        6,
        4_000_000_00,
    )
    for year in (2020, 2021, 2022, 2023):
        together = sum(grant.amounts[year].cents for grant in found.direct if grant.yearly)
        assert Money.euros(160_000).cents < together < Money.euros(165_000).cents


def test_a_line_may_outlive_its_programme() -> None:
    found = history(KEY)
    assert max(item.ends for line in found.lines for item in line.instruments) == date(2030, 12, 31) > found.ends


def test_the_steps_follow_the_clock() -> None:
    moments = [step.at for step in steps_of(World(history(KEY)))]
    assert moments == sorted(moments)
    assert (moments[0].year, moments[-1].year) == (2020, 2024)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found["lines"][0].update(amount=6_999_999), "tellen niet op"),
        (lambda found: found["schemes"][1]["calls"][0].update(ceiling=2_700_001), "het krediet is"),
        (lambda found: found["direct"][0].update(instrument="nergens"), "staat bij geen lijn"),
        (lambda found: found["direct"][5].update(municipality="GM9999"), "staat niet in de lijst"),
        (lambda found: found["direct"][0].update(ground="zomaar"), "zomaar"),
        (lambda found: found.pop("lines"), "lines"),
    ],
)
def test_a_history_that_does_not_add_up_is_refused(change: Any, said: str) -> None:
    document = yaml.safe_load((FOLDER / "history" / f"{KEY}.yml").read_text(encoding="utf-8"))
    change(document)
    with pytest.raises(NotValid) as refusal:
        history_from(document)
    assert any(said in line for line in refusal.value.details)


def test_an_unknown_history_names_the_known_ones() -> None:
    with pytest.raises(NotFound) as refusal:
        history("nergens")
    assert refusal.value.nearest == ((KEY, KEY),)


@pytest.mark.django_db
def test_a_history_is_for_a_demo_only(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = False
    with pytest.raises(NotNow):
        relive(small())
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_part_lived_again_agrees_with_its_data_and_its_books(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = True
    lived, told = small(), []
    steps = relive(lived, lambda done, total, text: told.append((done, total)))
    assert disagreements(lived) == []
    assert told == [(done, steps) for done in range(1, steps + 1)]
    _is_marked()
    _is_told_by_commands()
    assert was_lived(lived)
    before = Application.objects.count()
    assert relive(lived) == 0
    assert Application.objects.count() == before


def _is_marked() -> None:
    """What the source does not give says so; what it gives does not."""
    assert all(file.made_up for file in Application.objects.all())
    titles = dict(Application.objects.values_list("applicant_name", "title"))
    assert titles["Stichting Leergeld"].endswith(MADE_UP)
    assert not titles["Tocamaheerd"].endswith(MADE_UP)


def _is_told_by_commands() -> None:
    """The two commands that print the counts and prove the ledger."""
    found = {row["scheme"]: row for row in json.loads(CliRunner().invoke(grants, ["counts", "--json"]).output)}
    tender = found["groningen/zorg-en-voorzieningen"]
    assert (tender["calls"], tender["applications"], tender["granted"], tender["refused"]) == (1, 4, 3, 1)
    proven = CliRunner().invoke(budgets, ["verify", "--province", "PV20", "--json"])
    assert (proven.exit_code, json.loads(proven.output)["holds"]) == (0, True)


@pytest.mark.django_db
def test_a_history_that_stopped_half_way_is_not_continued(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = True

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        relive(small(), stop)
    with pytest.raises(NotNow) as refusal:
        relive(small())
    assert refusal.value.code == "half-way"


@pytest.mark.django_db(transaction=True)  # the worker hangs up after a job
def test_who_looks_while_a_demo_is_made_sees_how_far_it_is(settings: Any, client: Client) -> None:
    settings.VLIEGWIEL_DEMO, settings.VLIEGWIEL_PROVINCE = True, "PV20"
    assert client.get("/voorbeeld").status_code == 404
    assert "Deze subsidies en organisaties bestaan niet." in client.get("/subsidieregister").content.decode()
    assert "Cijfers over gebieden zijn echt" in client.get("/methoden").content.decode()
    places = settings.VLIEGWIEL_HOME / "demo" / PLACES
    places.parent.mkdir(exist_ok=True)
    places.touch()
    job.begin(KEY)
    assert "Het voorbeeld wordt gebouwd" in client.get("/voorbeeld").content.decode()
    text = client.get("/methoden").content.decode()
    assert "Het is voor 0&nbsp;% klaar." in text
    assert "Plaatsen, initiatieven, voorzieningen en mensen zijn bedacht." in text
    assert "zijn echt" not in text
    text = client.get("/subsidieregister").content.decode()
    assert "Subsidies van 2020 tot en met 2023 volgen een verslag van de provincie." in text, "some of these organisations exist"
    assert "bestaan niet" not in text
    asked = stopping.set(lambda: True)
    try:
        run_waiting()
    finally:
        stopping.reset(asked)
    found = job.progress_of(KEY)
    assert found is not None
    assert (found.done, found.stopped, job.building()) == (1, True, None)
    text = client.get("/voorbeeld").content.decode()
    assert "Het voorbeeld is gestopt voordat het klaar was. Begin opnieuw in een lege map." in text
    assert "wordt nog gebouwd" not in client.get("/methoden").content.decode()


@pytest.mark.django_db
def test_a_demo_that_is_built_first_and_served_later_does_not_say_that_it_is_still_being_made(
    settings: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VLIEGWIEL_DEMO, settings.VLIEGWIEL_PROVINCE = True, "PV20"
    during: list[bool] = []

    def in_one_step(_history: History, told: Callable[[int, int, str], None]) -> int:
        told(1, 1, "alles")
        during.append(job.building() is not None)
        return 1

    monkeypatch.setattr(job, "relive", in_one_step)
    job.relive_history.call(key=KEY)
    assert during == [True]
    assert "wordt nog gebouwd" not in client.get("/methoden").content.decode()
    assert "Het voorbeeld wordt gebouwd" not in client.get("/voorbeeld").content.decode()
