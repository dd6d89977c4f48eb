"""A line chart shows what is known, leaves a gap where nothing is, and says where its axis starts."""

from itertools import pairwise

from vliegwiel.foundation.design.lines import Chart, Point, Series, chart_of

TIMES = [(2012.0, "2012"), (2016.0, "2016"), (2020.0, "2020"), (2024.0, "2024")]


def _chart(*rows: list[float | None], margin: float = 0.0) -> Chart | None:
    series = []
    for number, values in enumerate(rows):
        points = tuple(
            Point(at, value, *((value - margin, value + margin) if margin and value is not None else (None, None)))
            for (at, _text), value in zip(TIMES, values, strict=True)
        )
        series.append(Series(f"Plaats {number}", f"line-{number}", points))
    return chart_of(series, TIMES, width=860, height=360, right=170)


def test_a_missing_year_breaks_the_line_and_is_marked() -> None:
    chart = _chart([10, 12, None, 14])
    assert chart is not None
    assert chart.lines[0].path.count("M") == 1
    assert chart.lines[0].path.count("L") == 1
    assert len(chart.lines[0].dots) == 3
    (place, width) = chart.gaps[0]
    assert place < 64 + (860 - 64 - 170) * 2 / 3 < place + width


def test_one_year_is_no_line() -> None:
    assert _chart([None, None, None, 14]) is None


def test_the_axis_starts_at_zero_unless_that_squeezes_the_lines() -> None:
    low, high = _chart([1, 9, 5, 7]), _chart([81, 84, 83, 86])
    assert low is not None and low.from_zero
    assert high is not None and not high.from_zero


def test_every_value_and_margin_lies_between_the_ticks() -> None:
    chart = _chart([81, 84, 83, 86], [70, 99, 83, 86], margin=4)
    assert chart is not None
    heights = [place for place, _value in chart.ticks]
    assert max(value for _place, value in chart.ticks) >= 103
    assert all(min(heights) <= y <= max(heights) for line in chart.lines for _x, y in line.dots)
    assert all(len(line.bands) == 1 for line in chart.lines)


def test_without_a_margin_from_the_source_there_is_no_band() -> None:
    chart = _chart([81, 84, 83, 86])
    assert chart is not None and chart.lines[0].bands == ()


def test_names_of_lines_that_end_together_can_be_read() -> None:
    chart = _chart([1, 2, 3, 5.0], [1, 2, 3, 5.01], [1, 2, 3, 5.02])
    assert chart is not None
    heights = sorted(line.label[1] for line in chart.lines)
    assert all(after - before >= 20 for before, after in pairwise(heights))


def test_the_place_on_the_axis_follows_the_years_and_not_the_order() -> None:
    chart = chart_of(
        [Series("a", "a", (Point(2012, 1), Point(2020, 2), Point(2022, 3)))],
        [(2012, "2012"), (2020, "2020"), (2022, "2022")],
        width=860,
        height=360,
        right=170,
    )
    assert chart is not None
    first, second, third = (x for x, _y in chart.lines[0].dots)
    assert abs((second - first) - 4 * (third - second)) < 0.5
