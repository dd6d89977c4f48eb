"""Figures come in whole or not at all, and each knows where it comes from."""

from pathlib import Path

import pytest

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import columns, queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, a_map, a_table, changed, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


def test_a_value_comes_back_exactly_with_its_release(tmp_path: Path) -> None:
    done = import_release(actor=CLI, path=a_delivery(tmp_path))
    figure = queries.figure("inwoners", 2024, "BU18760000")
    assert figure.estimate.value == 4370
    assert figure.release is not None
    assert figure.release.id == done.release.public_id


def test_an_empty_cell_keeps_the_reason_that_its_table_gives(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    assert queries.figure("afstand-huisarts", 2024, "BU18760002").estimate.missing is Missing.ZERO_OR_SUPPRESSED


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (".", Missing.UNKNOWN),
        ("-99995", Missing.UNKNOWN),
        ("-99999999", Missing.UNKNOWN),
        ("-99997", Missing.SUPPRESSED),
        ("      .", Missing.UNKNOWN),
    ],
)
def test_sentinels_are_reasons_and_never_values(cell: str, reason: Missing, tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=changed("BU18760000", "AfstandTotHuisartsenpraktijk_110", cell)))
    assert queries.figure("afstand-huisarts", 2024, "BU18760000").estimate.missing is reason


def test_a_column_without_any_value_has_not_been_delivered_yet(tmp_path: Path) -> None:
    rows = [{**row, "AfstandTotHuisartsenpraktijk_110": ""} for row in ROWS]
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=rows))
    assert queries.figure("afstand-huisarts", 2024, "GM1876").estimate.missing is Missing.NOT_YET


def test_a_share_is_computed_from_its_counts_and_not_for_a_handful_of_people(tmp_path: Path) -> None:
    rows = changed("BU18760002", "AantalInwoners_5", "20")
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=rows))
    assert queries.figure("aandeel-65-plus", 2024, "BU18760000").estimate.value == pytest.approx(100 * 1345 / 4370)
    assert queries.figure("aandeel-65-plus", 2024, "BU18760002").estimate.missing is Missing.SUPPRESSED


def test_counts_are_summed_shares_recomputed_and_a_missing_part_gives_no_total(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    parts = ["BU18760000", "BU18760002"]
    assert queries.summed("inwoners", 2024, parts).estimate.value == 4510
    assert queries.summed("aandeel-65-plus", 2024, parts).estimate.value == pytest.approx(100 * (1345 + 35) / 4510)
    assert queries.summed("afstand-huisarts", 2024, parts).estimate.value is None
    assert queries.summed("inwoners", 2024, [*parts, "BU18769999"]).estimate.value is None


def test_importing_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = a_delivery(tmp_path)
    first = import_release(actor=CLI, path=path)
    again = import_release(actor=CLI, path=path)
    assert again.already_there
    assert again.release.pk == first.release.pk
    assert Release.objects.count() == 1


def test_the_same_delivery_gives_the_same_bytes_on_disk(tmp_path: Path, own_home: Path) -> None:
    release = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    path = columns.parquet_path(release.content_hash)
    before = path.read_bytes()
    path.unlink()
    Release.objects.all().update(file_hash="")
    from vliegwiel.see.figures import readers

    assert columns.store(readers.read(a_delivery(tmp_path))) == release.content_hash
    assert path.read_bytes() == before


def test_the_table_itself_lists_the_areas_of_its_year(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    assert [area.name for area in areas.areas_named("veldhoek", 2024)] == ["Veldhoek"]


BAD = {
    "text for a number": (changed("BU18760000", "AantalInwoners_5", "veel"), "hoort getallen"),
    "a share of inhabitants below zero": (changed("BU18760000", "AantalInwoners_5", "-5"), "niet kloppen"),
    "a distance to the moon": (changed("BU18760000", "AfstandTotHuisartsenpraktijk_110", "384400"), "niet kloppen"),
    "infinite": (changed("BU18760000", "AantalInwoners_5", "inf"), "niet kloppen"),
    "a number for a code": ([{**row, "WijkenEnBuurten": "1876"} for row in ROWS], "geen gebiedscode"),
    "duplicate codes": ([*ROWS, ROWS[0]], "meer dan één keer"),
    "no codes": ([{key: value for key, value in row.items() if key != "WijkenEnBuurten"} for row in ROWS], "ontbreekt"),
    "an unknown column": ([{**row, "Geluk_7": "8"} for row in ROWS], "1 kolom die we niet kennen"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_dutch_and_leaves_the_data_as_they_were(name: str, tmp_path: Path) -> None:
    rows, words = BAD[name]
    with pytest.raises(NotValid, match=words):
        import_release(actor=CLI, path=a_delivery(tmp_path, rows=rows))
    assert not Release.objects.exists()
    assert areas.years() == []


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = a_delivery(tmp_path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(NotValid, match="beschadigd"):
        import_release(actor=CLI, path=path)
    assert not Release.objects.exists()


@pytest.mark.parametrize("size", [100, 20_000, 60_000])
def test_a_truncated_map_is_refused(size: int, tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {"gemeentecode": ["GM1876"], "gemeentenaam": ["Bronckhorst"], "aantalInwoners": [36119]}
    path = a_map(tmp_path, "gemeenten.gpkg", columns)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(NotValid, match=r"beschadigd|geen rijen"):
        import_release(actor=CLI, path=path, told=published("2024-10-01", 2024))
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"WijkenEnBuurten,AantalInwoners_5\nBU18760000,4370\nBU18760002,caf\xe9\n", "regel 3"),
        ("WijkenEnBuurten,AantalInwoners_5\nBU18760000,4370\n".encode("utf-16"), "geen tekst in UTF-8"),
        (b"WijkenEnBuurten,AantalInwoners_5,AantalInwoners_5\nBU18760000,1,2\n", "1 kolomnaam staat"),
        (b"WijkenEnBuurten,AantalInwoners_5,AantalInwoners_6\nBU18760000,1,2\n", "2 kolommen die we niet kennen"),
        (b"WijkenEnBuurten,AantalInwoners_5\n", "geen rijen"),
        (b"WijkenEnBuurten,Naam\nBU18760000,Hengelo\n", "geen kolommen met cijfers"),
        (b"", "is leeg"),
    ],
)
def test_a_file_of_another_make_is_refused_with_what_to_do(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "kwb_85984NED.csv"
    path.write_bytes(content)
    with pytest.raises(NotValid, match=words):
        import_release(actor=CLI, path=path)
    assert not Release.objects.exists()


def test_a_kind_of_file_that_we_do_not_know_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kwb_85984NED.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(NotValid, match="dit soort bestand kennen we niet"):
        import_release(actor=CLI, path=path)


def test_semicolons_quotes_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    path = a_table(tmp_path, "kwb_85984NED.csv", list(ROWS[0]), [list(row.values()) for row in ROWS], export=True)
    import_release(actor=CLI, path=path)
    assert queries.figure("inwoners", 2024, "GM1876").estimate.value == 4510


def test_a_decimal_comma_is_read_and_a_point_beside_it_is_not_guessed(tmp_path: Path) -> None:
    header = ["WijkenEnBuurten", "AantalInwoners_5", "AfstandTotHuisartsenpraktijk_110"]
    path = a_table(tmp_path, "kwb_85984NED.csv", header, [["GM1876", "4510", "1,9"]], export=True)
    import_release(actor=CLI, path=path)
    assert queries.figure("afstand-huisarts", 2024, "GM1876").estimate.value == 1.9
    thousands = a_table(tmp_path, "duizend_85984NED.csv", header, [["GM1876", "4.510", "1,9"]], export=True)
    with pytest.raises(NotValid, match=r"Bij GM1876 staat '4\.510'"):
        import_release(actor=CLI, path=thousands)


def test_an_import_that_is_killed_leaves_the_data_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vliegwiel.see.figures.actions.import_release.UnknownArea.objects.bulk_create", killed)
    with pytest.raises(KeyboardInterrupt):
        import_release(actor=CLI, path=a_delivery(tmp_path))
    assert not Release.objects.exists()
    assert areas.years() == []
    monkeypatch.undo()
    assert not import_release(actor=CLI, path=a_delivery(tmp_path)).already_there


@pytest.mark.data
def test_the_real_table_of_2024_loads_and_gives_the_numbers_of_the_file(data: Path) -> None:
    done = import_release(actor=CLI, path=data / "kwb" / "kwb_2024_85984NED_selectie.csv")
    assert done.release.area_count == 15578
    assert done.unknown_areas == ()
    assert queries.figure("inwoners", 2024, "GM1876").estimate.value == 36119
    assert queries.figure("woz-waarde", 2024, "BU18760002").estimate.value == 481
