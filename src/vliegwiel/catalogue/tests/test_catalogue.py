"""The catalogue that ships is whole."""

from vliegwiel.catalogue import reader


def test_every_file_keeps_its_schema_and_every_reference_exists() -> None:
    reader.validate()


def test_the_area_page_has_twelve_figures_in_a_fixed_order() -> None:
    places = sorted(item.profile for item in reader.indicators().values() if item.profile is not None)
    assert places == list(range(12))


def test_a_mean_that_may_be_combined_says_with_which_weight() -> None:
    weights = {item.key: item.weight for item in reader.indicators().values() if item.aggregation == "mean" and item.weight}
    assert set(weights.values()) <= {item.key for item in reader.indicators().values() if item.aggregation == "count"}
