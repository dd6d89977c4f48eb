"""The bench itself can be trusted: it judges, counts, writes what can be read back, and says what it could not measure."""

import json
from pathlib import Path

import pytest

from tests.bench import homes, load, synthetic
from tests.bench.__main__ import BENCHES, main
from tests.bench.harness import Bar, Result, medians, percentile, table, write
from tests.requirements import ROOT
from vliegwiel.catalogue import reader
from vliegwiel.connect import loopback
from vliegwiel.connect.loopback import Fault, Reply
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery


@pytest.mark.parametrize(
    ("value", "bar", "verdict"),
    [
        (9.9, Bar(10), "gehaald"),
        (10.1, Bar(10), "niet gehaald"),
        (40.0, Bar(40, at_most=False), "gehaald"),
        (39.0, Bar(40, at_most=False), "niet gehaald"),
        (None, Bar(10), "kan nog niet"),
        (5.0, None, ""),
    ],
)
def test_a_promise_is_kept_missed_or_not_measured(value: float | None, bar: Bar | None, verdict: str) -> None:
    assert Result("x", "s", value, 1, bar).verdict == verdict


def test_of_several_rounds_the_middle_one_counts_and_a_failed_round_is_not_hidden() -> None:
    rounds = [[Result("x", "s", value, 1, Bar(10))] for value in (9.0, 30.0, 8.0)]
    assert [(result.value, result.runs) for result in medians(rounds)] == [(9.0, 3)]
    assert medians([*rounds, [Result("x", "s", why_not="weg")]])[0].verdict == "kan nog niet"
    two = [*rounds[0], Result("y", "s", 1.0, 1)]
    assert [result.why_not for result in medians([two, two, [Result("x", "s", why_not="stuk")]])] == ["stuk"]


def test_the_share_of_values_is_taken_from_above() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([7.0], 0.95) == 7.0


def test_a_result_survives_the_way_from_a_child_and_is_shown_with_its_ratio(tmp_path: Path) -> None:
    result = Result("invoer", "s", 2.0, 3, Bar(10), "naaste", 4.0)
    handed = {"name": "invoer", "unit": "s", "value": 2.0, "runs": 3, "bar": {"limit": 10, "at_most": True}}
    assert Result.from_plain({**handed, "peer": "naaste", "peer_value": 4.0, "note": "", "why_not": ""}) == result
    write(tmp_path / "bench.json", [result], {"cores": 2})
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert (kept["results"][0]["ratio"], kept["results"][0]["verdict"]) == (0.5, "gehaald")
    assert "0.50" in table([result])


def test_a_child_that_fails_is_told_and_not_counted_as_good(tmp_path: Path) -> None:
    found = homes.measure_in_child("no-such-bench", tmp_path, "tiny")
    assert [result.verdict for result in found] == ["kan nog niet"]
    assert found[0].why_not


def test_a_promise_that_could_not_be_measured_fails_only_when_promises_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.bench.__main__.ROOT", tmp_path)
    monkeypatch.setattr(homes, "measure_in_child", lambda *_words: [Result("invoer", "s", bar=Bar(10), why_not="nog niet")])
    assert main(["--only", "import_file", "--size", "tiny"]) == 0
    assert main(["--only", "import_file", "--size", "tiny", "--bars"]) == 1
    assert "kan nog niet" in capsys.readouterr().out


def test_each_bench_is_a_file_of_its_own() -> None:
    assert all((ROOT / "tests" / "bench" / f"{name}.py").is_file() for name in BENCHES)


@pytest.mark.django_db
def test_what_the_bulk_writer_writes_is_read_by_the_normal_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(reader.indicators())
    import_release(actor=Actor.system("cli"), path=a_delivery(tmp_path))
    try:
        keys = synthetic.copies(2)
        release = synthetic.add_release(keys, 2024, "2024")
        earlier = synthetic.add_years(2024, 1)
        synthetic.add_release(["inwoners"], earlier[0], str(earlier[0]))
        queries.stamp.forget()
        areas.stamp.forget()
        codes = ("BU18760000", "BU18760002", "GM1876")
        start = synthetic.value_of(keys[0], "2024", 0)
        assert queries.view(keys[0], 2024, codes).values.tolist() == [(start + 13 * row) % 1000 for row in range(3)]
        assert queries.figure("inwoners", 2024, "BU18760000").estimate.value == 4370
        assert queries.figure("inwoners", earlier[0], "GM1876").estimate.value is not None
        assert release.made_up
        assert areas.years() == [2024, *earlier]
    finally:
        shared = reader.indicators()
        shared.clear()
        shared.update(known)


def test_load_counts_pages_and_errors() -> None:
    with loopback.serve(lambda _site, _request: Reply(b"ja", "text/plain")) as site:
        port = int(site.address.rpartition(":")[2])
        site.faults = [Fault.BROKEN]
        run = load.ask(port, ["/een", "/twee"], seconds=0.2, cookie=False)
        asked = set(site.asked)
    assert run.errors == 1
    assert run.rate > 20
    assert asked == {"/een", "/twee"}


def test_the_load_is_a_mix_of_places_in_an_order_that_is_the_same_each_time() -> None:
    places = [("provincie", "PV25"), ("gemeente", "GM0200"), ("gemeente", "GM0202"), ("wijk", "WK020201")]
    places += [("buurt", f"BU0202{number:04}") for number in range(100)]
    asked = load._visited(places)
    assert {"PV25", "GM0200", "GM0202"} < set(asked)
    assert sum(code.startswith("BU") for code in asked) == 12
    assert asked == load._visited(reversed(places))
