"""A file as it comes in: labels, codes that mean no answer, columns that tell who answered, and files that are not right."""

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.surveys import delivered
from vliegwiel.see.surveys.delivered import read_answers
from vliegwiel.see.surveys.made_up import write_wave
from vliegwiel.see.surveys.personal import why_personal

BOOK = [["kolom", "code", "label", "ontbreekt"], ["geluk", "", "Geluk", ""], ["geluk", "97-99", "weet niet", "ja"],
        ["sekse", "1", "man", ""], ["sekse", "2", "vrouw", ""]]  # fmt: skip
ROWS = [["geluk", "sekse"], ["7", "1"], ["99", "2"], ["8,5", "2"]]


def _csv(path: Path, rows: list[list[str]], delimiter: str = ";") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def _refused(path: Path, book: Path | None = None) -> NotValid:
    with pytest.raises(NotValid) as refused:
        read_answers(path, book)
    return refused.value


def test_spss_csv_and_parquet_with_the_same_answers_are_read_the_same(tmp_path: Path) -> None:
    book = _csv(tmp_path / "boek.csv", BOOK)
    first = read_answers(_csv(tmp_path / "a.csv", ROWS), book)
    parquet.write_table(pa.table({"geluk": [7.0, 99.0, 8.5], "sekse": [1, 2, 2]}), tmp_path / "a.parquet")
    second = read_answers(tmp_path / "a.parquet", book)
    import pandas as pd

    pyreadstat.write_sav(
        pd.DataFrame({"geluk": [7.0, 99.0, 8.5], "sekse": [1.0, 2.0, 2.0]}), str(tmp_path / "a.sav"), column_labels={"geluk": "Geluk"},
        variable_value_labels={"geluk": {97.0: "weet niet"}, "sekse": {1.0: "man", 2.0: "vrouw"}},
        missing_ranges={"geluk": [{"lo": 97.0, "hi": 99.0}]},
    )  # fmt: skip
    third = read_answers(tmp_path / "a.sav")
    for found in (first, second, third):
        assert found.table["geluk"].to_pylist() == [7.0, None, 8.5]
        assert found.table["sekse"].to_pylist() == [1.0, 2.0, 2.0]
        assert found.book.answers["sekse"] == {"1": "man", "2": "vrouw"}
        assert found.book.missing == {"geluk": ((97.0, 99.0),)}
        assert found.book.titles["geluk"] == "Geluk"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["geluk", "99-97", "", "ja"], "verkeerd om"),
        (["sekse", "3", "Man ", ""], "heten allebei"),
        (["loon", "1", "hoog", ""], "staat in het codeboek en niet in het bestand"),
        (["geluk", "bijna 9", "", "ja"], "geen code of reeks"),
        (["geluk", "nan", "", "ja"], "geen code of reeks"),
        (["sekse", "2", "anders", ""], "twee keer"),
    ],
)
def test_a_broken_code_book_is_refused_with_its_place(tmp_path: Path, row: list[str], said: str) -> None:
    refused = _refused(_csv(tmp_path / "a.csv", ROWS), _csv(tmp_path / "boek.csv", [*BOOK, row]))
    assert refused.code == "broken-code-book"
    assert said in " ".join([refused.message, *refused.details])


def test_a_code_book_with_other_columns_and_a_file_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = _csv(tmp_path / "a.csv", ROWS)
    assert "kolom, code, label, ontbreekt" in _refused(path, _csv(tmp_path / "b.csv", [["a", "b"]])).message
    assert _refused(tmp_path / "a.xlsx").code == "unknown-format"


@pytest.mark.parametrize("keep", [0, 150, 900])
def test_a_damaged_file_of_spss_is_refused_in_plain_words(tmp_path: Path, keep: int) -> None:
    whole = write_wave(tmp_path / "heel.sav", ["GM9901"], people=40, period=2024).read_bytes()
    path = tmp_path / "stuk.sav"
    path.write_bytes(whole[:keep])
    assert "geen heel SPSS-bestand" in _refused(path).message


def test_rows_of_another_length_and_names_that_stand_twice_are_refused_with_the_line(tmp_path: Path) -> None:
    assert "regel 3" in _refused(_csv(tmp_path / "a.csv", [*ROWS[:2], ["1"]])).message
    assert "dezelfde naam" in _refused(_csv(tmp_path / "b.csv", [["a", "a"], ["1", "2"]])).message
    assert "geen rijen" in _refused(_csv(tmp_path / "c.csv", [["a", "b"]])).message


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("voornaam", ["Jan"]),
        ("q12_toelichting", ["goed"]),
        ("contact", ["a@b.nl", "x"]),
        ("plek", ["6971 AB", "6971AC"]),
        ("wie", [f"Jan de {chr(97 + place % 26) * (place + 1)}" for place in range(70)]),
        ("verhaal", ["Een lang antwoord dat iemand zelf schreef, met allerlei dingen die alleen over die ene mens gaan."]),
        ("geboortedatum", ["1980-01-01"]),
        ("opmerkingen", ["niets"]),
        ("wie", [f"Jan de {chr(97 + place)}" for place in range(20)]),
        ("dag", [f"19{50 + place}-03-01" for place in range(20)]),
    ],
)
def test_a_column_that_tells_who_answered_is_found(name: str, values: list[str]) -> None:
    assert why_personal(name, pa.chunked_array([values]))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nummer", [f"P{place}" for place in range(500)]),
        ("gemeente", [f"GM{place:04d}" for place in range(200)]),
        ("opleiding", ["laag", "midden", "hoog"]),
        ("welbevinden", [7.0, 8.0]),
    ],
)
def test_codes_answers_and_scores_may_stay(name: str, values: list[Any]) -> None:
    assert why_personal(name, pa.chunked_array([values])) == ""


def test_words_that_a_computer_takes_for_numbers_stay_words(tmp_path: Path) -> None:
    found = read_answers(_csv(tmp_path / "a.csv", [["naamloos", "score"], ["nan", "1"], ["inf", "2,5"], ["1_000", ""]])).table
    assert found["naamloos"].to_pylist() == ["nan", "inf", "1_000"]
    assert found["score"].to_pylist() == [1.0, 2.5, None]


def test_lines_that_are_no_csv_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"a;b\n{'x' * 140_000};1\n")
    assert _refused(path).code == "empty-file"
    path.write_bytes(b"a;b\r1;2\r")
    assert read_answers(path).table["b"].to_pylist() == [2.0]


def test_endless_numbers_and_files_that_grow_in_memory_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"geluk": [7.0, float("inf")]}), path)
    assert _refused(path).code == "endless-number"
    parquet.write_table(pa.table({"geluk": [7.0, float("nan"), None]}), path)
    assert read_answers(path).table["geluk"].null_count == 2
    monkeypatch.setattr(delivered, "_MOST_ANSWERS", 2)
    assert _refused(path).code == "too-large"
    assert _refused(write_wave(tmp_path / "a.sav", ["GM9901"], people=40, period=2024)).code == "too-large"


def test_days_of_spss_are_found_as_days(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({"geb": pd.to_datetime(["1980-03-01", "1990-05-02"]).date, "geluk": [7.0, 8.0]})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"))
    found = read_answers(tmp_path / "a.sav")
    assert found.days == {"geb"}
    assert "dagen" in why_personal("geb", found.table["geb"], days=True)
