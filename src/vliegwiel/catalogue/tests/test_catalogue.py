"""The catalogue that ships is whole."""

import csv
from pathlib import Path

import pytest

from vliegwiel.catalogue import reader


def test_every_file_keeps_its_schema_and_every_reference_exists() -> None:
    reader.validate()


def test_the_area_page_has_twelve_figures_in_a_fixed_order() -> None:
    places = sorted(item.profile for item in reader.indicators().values() if item.profile is not None)
    assert places == list(range(12))


def test_the_area_page_starts_with_how_people_live_together_and_says_something_of_health_and_safety() -> None:
    chosen = sorted(
        (item for item in reader.indicators().values() if item.profile is not None), key=lambda item: item.profile or 0
    )
    shown = {theme: [item.key for item in chosen if item.theme == theme] for theme in reader.themes()}
    assert shown["samenleven"] == ["eenzaam", "vrijwilligerswerk", "vertrouwen-in-anderen"]
    assert next(theme for theme in shown if shown[theme]) == "samenleven"
    assert shown["gezondheid"]
    assert shown["veiligheid"]


def test_every_figure_of_the_area_page_but_the_number_of_people_can_stand_in_its_sentence() -> None:
    silent = [item.key for item in reader.indicators().values() if item.profile is not None and not (item.high and item.low)]
    assert silent == ["inwoners"]


def test_a_mean_that_may_be_combined_says_with_which_weight() -> None:
    weights = {item.key: item.weight for item in reader.indicators().values() if item.aggregation == "mean" and item.weight}
    assert set(weights.values()) <= {item.key for item in reader.indicators().values() if item.aggregation == "count"}


def test_medians_and_indices_are_never_combined() -> None:
    wrong = [
        item.key
        for item in reader.indicators().values()
        if item.aggregation in {"median", "index"} and (item.weight or item.formula)
    ]
    assert wrong == []


def test_a_formula_is_made_of_counts_only() -> None:
    formulas = [item.formula for item in reader.indicators().values() if item.formula]
    parts = {key for formula in formulas for key in (formula.numerator, formula.denominator)}
    assert [key for key in parts if reader.indicators()[key].aggregation != "count"] == []


def test_a_share_stays_between_zero_and_a_hundred() -> None:
    wrong = [item.key for item in reader.indicators().values() if item.unit == "%" and item.range != (0, 100)]
    assert wrong == []


def test_a_value_for_a_small_area_that_was_not_counted_is_called_a_model() -> None:
    health = [item for item in reader.indicators().values() if item.source.startswith("GGD")]
    assert len(health) == 70
    assert {item.kind for item in health} == {"model"}


def test_two_definitions_of_origin_never_share_a_key() -> None:
    old = {key for key in reader.indicators() if key.endswith("migratieachtergrond")}
    new = {key for key in reader.indicators() if "herkomst" in key}
    assert {reader.indicators()[key].ended for key in old} == {2021}
    assert {reader.indicators()[key].ended for key in new} == {None}
    assert not {reader.indicators()[key].definition_version for key in old} & {
        reader.indicators()[key].definition_version for key in new
    }


def test_sixty_five_and_older_is_always_another_key_than_eighteen_and_older() -> None:
    older = [item for key, item in reader.indicators().items() if item.population == "65 jaar en ouder"]
    assert all(item.key.endswith("-65-plus") for item in older)
    assert all(reader.indicators()[item.key.removesuffix("-65-plus")].population == "18 jaar en ouder" for item in older)


def test_what_has_no_trusted_unit_is_left_out() -> None:
    assert not [key for key in reader.indicators() if "fijnstof" in key]


@pytest.mark.data
def test_no_value_of_the_real_files_is_refused_by_its_range(data: Path) -> None:
    wrong = []
    for path, indicator, column in (
        ("kwb/kwb_2024_85984NED_selectie.csv", "bevolkingsdichtheid", "Bevolkingsdichtheid_34"),
        ("kwb/kwb_2024_85984NED_selectie.csv", "woz-waarde", "GemiddeldeWOZWaardeVanWoningen_39"),
        ("kwb/kwb_2020_84799NED_TypedDataSet.csv", "huishoudensgrootte", "GemiddeldeHuishoudensgrootte_32"),
        ("gezondheid/gezondheid_50090NED_2020_18plus_UntypedDataSet.csv", "eenzaam", "Eenzaam_28"),
        ("criminaliteit/misdrijven_47022NED_jaartotalen_2021_2025.csv", "misdrijven", "misdrijven_totaal"),
    ):
        low, high = reader.indicators()[indicator].range
        with (data / path).open(encoding="utf-8-sig") as file:
            values = [float(row[column]) for row in csv.DictReader(file) if row[column].strip() not in {"", "."}]
        assert len(values) > 10_000, path
        wrong += [(indicator, value) for value in values if not low <= value <= high]
    assert wrong == []
