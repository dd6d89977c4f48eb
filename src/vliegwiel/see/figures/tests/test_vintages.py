"""The newest publication counts; an older one is kept and never shown as current."""

from pathlib import Path

import pytest

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, a_table, changed, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


def people(code: str = "BU18760000") -> float | None:
    return queries.figure("inwoners", 2024, code).estimate.value


def test_an_older_publication_becomes_an_earlier_vintage(tmp_path: Path) -> None:
    newest = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    older = a_delivery(tmp_path, name="eerder_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4000"))
    earlier = import_release(actor=CLI, path=older, told=published("2025-08-01")).release
    assert people() == 4370
    assert queries.current_releases() == {newest.public_id}
    assert {release.public_id for release in queries.releases()} == {newest.public_id, earlier.public_id}


def test_a_newer_publication_is_shown_from_then_on(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    newer = a_delivery(tmp_path, name="later_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4400"))
    import_release(actor=CLI, path=newer, told=published("2026-12-01"))
    assert people() == 4400
    assert queries.figure("inwoners", 2024, "BU18760000").release.published.isoformat() == "2026-12-01"


def test_two_publications_of_one_day_are_not_put_in_order_by_guess(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    other = a_delivery(tmp_path, name="anders_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4400"))
    with pytest.raises(NotValid, match="Welke is nieuwer"):
        import_release(actor=CLI, path=other)
    assert people() == 4370
    assert Release.objects.count() == 1


def test_a_column_that_is_still_empty_does_not_hide_an_earlier_value(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    rows = [{**row, "AfstandTotHuisartsenpraktijk_110": ""} for row in ROWS]
    import_release(actor=CLI, path=a_delivery(tmp_path, name="later_85984NED.csv", rows=rows), told=published("2026-12-01"))
    assert queries.figure("afstand-huisarts", 2024, "BU18760000").estimate.value == 0.8


def test_a_delivery_of_some_areas_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    whole = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    part = changed("BU18760000", "AantalInwoners_5", "4400")[1:2]
    some = import_release(
        actor=CLI, path=a_delivery(tmp_path, name="deel_85984NED.csv", rows=part), told=published("2026-12-01")
    ).release
    found = queries.view("inwoners", 2024, ["BU18760000", "BU18760002", "BU99999999"])
    assert found.values[:2].tolist() == [4400, 140]
    assert [release.id if release else "" for release in map(found.release_of, range(2))] == [some.public_id, whole.public_id]
    assert found.estimate(2).missing is Missing.NOT_COLLECTED
    assert queries.current_releases() == {some.public_id, whole.public_id}


def test_a_share_comes_from_counts_and_from_the_source_where_there_are_none(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    header = ["GM_CODE", "GM_NAAM", "H2O", "Personen 65 jaar en ouder (%)", "JRSTATCODE", "JAAR"]
    rows = [
        ["GM1876", "Bronckhorst", "NEE", "31.0", "2024GM1876", "2024"],
        ["GM0200", "Apeldoorn", "NEE", "21.0", "2024GM0200", "2024"],
    ]
    import_release(actor=CLI, path=a_table(tmp_path, "kaart.csv", header, rows), told=published("2026-12-01"))
    counted, given = (queries.figure("aandeel-65-plus", 2024, code) for code in ("GM1876", "GM0200"))
    assert counted.estimate.value == pytest.approx(100 * 1380 / 4510)
    assert counted.computed
    assert given.estimate.value == 21
    assert not given.computed


def test_an_unknown_code_is_listed_until_its_area_is_known_and_is_in_no_total(tmp_path: Path) -> None:
    header = ["WijkenEnBuurten", "SoortRegio", "Gemeentecode", "Provinciecode", "jaar", "misdrijven_totaal"]
    rows = [["BU18760000", "Buurt", "GM1876", "PV25", "2024", "12"], ["BU18761234", "Buurt", "GM1876", "PV25", "2024", "99"]]
    Area.objects.create(code="BU18760000", year=2024, level="buurt", name="Hengelo", search_name="hengelo")
    done = import_release(actor=CLI, path=a_table(tmp_path, "misdrijven_47022NED.csv", header, rows))
    assert done.unknown_areas == ("BU18761234",)
    assert [one.code for one in queries.unknown_areas()] == ["BU18761234"]
    Area.objects.create(code="BU18761234", year=2024, level="buurt", name="Nieuw", search_name="nieuw")
    assert queries.unknown_areas() == []


def test_every_figure_of_an_area_is_shown_for_every_period(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    header = ["WijkenEnBuurten", "jaar", "misdrijven_totaal"]
    rows = [["BU18760000", "2023", "10"], ["BU18760000", "2024", "12"], ["BU18760002", "2024", "0"]]
    import_release(actor=CLI, path=a_table(tmp_path, "misdrijven_47022NED.csv", header, rows))
    found = {(figure.indicator.key, figure.period): figure for figure in queries.all_figures_of(2024, "BU18760002")}
    assert found["misdrijven", "2024"].estimate.value == 0
    assert found["misdrijven", "2023"].estimate.missing is Missing.NOT_COLLECTED
    assert found["afstand-huisarts", "2024"].estimate.missing is Missing.ZERO_OR_SUPPRESSED
    assert all(figure.release is not None for figure in found.values())


def test_an_empty_column_of_a_sample_says_nothing_about_other_areas(tmp_path: Path) -> None:
    header = ["GM_CODE", "GM_NAAM", "H2O", "Aantal inwoners", "Afstand tot museum (km)", "JRSTATCODE", "JAAR"]
    rows = [["GM0228", "Ede", "NEE", "120000", "", "2024GM0228", "2024"]]
    import_release(actor=CLI, path=a_table(tmp_path, "kaart.csv", header, rows), told=published("2026-12-01"))
    assert queries.is_given("afstand-museum", 2024, "GM0228")
    assert not queries.is_given("afstand-museum", 2024, "GM1876")
    assert queries.is_given("inwoners", 2024, "GM1876")
    assert not queries.is_given("inwoners", 2024, "BU18760000")
    assert [figure.indicator.key for figure in queries.all_figures_of(2024, "GM1876")] == ["inwoners"]
