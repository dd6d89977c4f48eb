"""A province that does not exist, a survey in it, and waves that got as far as a test needs: all by the real actions."""

import csv
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.describe_figures import describe_figures
from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn, describe_wave
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.review_run import propose_review, publish_review, release_review
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.delivered import read_answers
from vliegwiel.see.surveys.demo import BY_CHANCE, COLUMNS, JOINED, MEANINGS, PROFILE
from vliegwiel.see.surveys.frames import PLACE
from vliegwiel.see.surveys.made_up import write_wave
from vliegwiel.see.surveys.models import Review, Run, Wave
from vliegwiel.see.surveys.totals import Chosen

TITLE = "Hoe gaat het"
PLACES = ("GM9901", "GM9902", "GM9903")
#: The scores of the demo and one background: protecting takes longer for every background more.
SHORT = tuple(one for one in COLUMNS if one.name != "opleiding")
MARGINS = (Chosen("leeftijd", "leeftijd-65"), Chosen(PLACE, "gemeente-15-plus"))
SYSTEM = Actor.system("cli")


def the_figures(folder: Path, places: Sequence[str] = PLACES) -> None:
    """Municipalities with their people by age and sex; the table lists the areas itself."""
    path = folder / "kwb_2024_85984NED.csv"
    names = ("Nergensdam", "Bedachtveen", "Fabeldam", *(f"Plaats {number}" for number in range(4, len(places) + 1)))
    rows = [
        {
            "WijkenEnBuurten": code, "Naam": name, "SoortRegio_2": "Gemeente", "Provinciecode": PROVINCE,
            "AantalInwoners_5": 20_000 + 1000 * place, "Mannen_6": 10_000, "Vrouwen_7": 10_000 + 1000 * place,
            "k_0Tot15Jaar_8": 3000, "k_65JaarOfOuder_12": 4000 + 500 * place,
        }
        for place, (code, name) in enumerate(zip(places, names, strict=False))
    ]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    import_release(actor=SYSTEM, path=path, made_up=True)
    areas.stamp.forget()


def two_researchers() -> tuple[Actor, Actor]:
    """Who proposes and who releases."""
    return acting(a_role("onderzoeker", email="een@voorbeeld.invalid")), acting(
        a_role("onderzoeker", email="twee@voorbeeld.invalid")
    )


def a_file(
    folder: Path,
    *,
    people: int = 900,
    period: int = 2024,
    panel: bool = False,
    returning: int = 0,
    places: Sequence[str] = PLACES,
) -> Path:
    """A file of SPSS with answers of people who do not exist."""
    path = folder / f"meting_{period}_{panel}.sav"
    return write_wave(path, places, people=people, period=period, panel=panel, returning=returning)


def changed(path: Path, **columns: Callable[[list[Any]], list[Any]]) -> Path:
    """The answers of a file as Parquet with its code book beside it, and other answers in some columns."""
    found = read_answers(path)
    table = found.table
    for name, change in columns.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(change(table[name].to_pylist())))
    other = path.with_suffix(".parquet")
    parquet.write_table(table, other)
    with path.with_suffix(".boek.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["kolom", "code", "label", "ontbreekt"])
        writer.writerows([name, code, label, ""] for name, words in found.book.answers.items() for code, label in words.items())
    return other


def a_wave(
    actor: Actor, path: Path, *, period: str = "2024", drawn: Drawn = BY_CHANCE, title: str = TITLE, **changes: Any
) -> Wave:
    """Read in and described."""
    book = path.with_suffix(".boek.csv")
    wave = import_wave(
        actor=actor, province=PROVINCE, survey=title, period=period, area_year=2024, path=path, book=book if book.is_file() else None,
        made_up=True,
    )  # fmt: skip
    columns: tuple[Asked, ...] = changes.get("columns", SHORT)
    describe_wave(actor=actor, wave=wave.public_id, drawn=drawn, columns=columns)
    scores = {one.name for one in columns if one.score}
    return describe_figures(actor=actor, wave=wave.public_id, meanings=[one for one in MEANINGS if one.name in scores])


def a_run(actor: Actor, wave: Wave) -> Run:
    """Weighted and estimated."""
    weigh_wave(actor=actor, wave=wave.public_id, margins=MARGINS)
    return carry_out_run(actor=actor, run=start_run(actor=actor, wave=wave.public_id, profile=PROFILE).public_id)


def a_release(one: Actor, other: Actor, wave: Wave) -> Review:
    """Public, by two persons."""
    return made_public(other, propose_review(actor=one, run=a_run(one, wave).public_id))


def made_public(other: Actor, review: Review) -> Review:
    """Released by the second person, and ten working days later."""
    shown = release_review(actor=other, review=review.public_id)
    with clock.at(clock.now() + timedelta(days=20)):
        return publish_review(actor=SYSTEM, review=shown.public_id)


__all__ = ["BY_CHANCE", "COLUMNS", "JOINED"]


def rows_of(digest: str, **wanted: Any) -> list[dict[str, Any]]:
    """The rows of a kept outcome that have these values."""
    return [row for row in stored.read_json(digest)["rows"] if all(row[name] == value for name, value in wanted.items())]
