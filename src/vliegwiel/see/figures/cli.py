"""`vliegwiel figures`: import, show, list."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vliegwiel.kernel import dutch
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotFound, NotValid, Refusal

if TYPE_CHECKING:
    from vliegwiel.see.figures.actions.import_release import ImportedRelease
    from vliegwiel.see.figures.answers import GivenAnswers
    from vliegwiel.see.figures.models import Release
    from vliegwiel.see.figures.recognise import Told


@click.group()
def figures() -> None:
    """Cijfers inlezen en tonen."""


@figures.command("import")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--map", "answers_file", type=click.Path(path_type=Path), help="Bestand met vragen en antwoorden over kolommen.")
@click.option("--year", type=int, help="Het jaar van de gebieden, als het bestand dat niet zegt.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="De datum van publicatie, zoals 2025-03-01.")
@click.option("--status", type=click.Choice(["voorlopig", "definitief"]), default=None, help="Voorlopig of definitief.")
def import_(
    files: tuple[Path, ...], answers_file: Path | None, year: int | None, published: datetime | None, status: str | None
) -> None:
    """Lees leveringen van cijfers in. Herhalen kan geen kwaad."""
    from vliegwiel.see.figures.recognise import Told

    told = Told(year, published.date() if published else None, status or "")
    refused = 0
    for path in files:
        try:
            _import_one(path, answers_file, told)
        except Refusal as refusal:
            if len(files) == 1:
                raise
            refused += 1
            click.echo("\n  ".join([refusal.message, *refusal.details]), err=True)
    if refused:
        raise NotValid(
            f"{refused} van de {len(files)} bestanden {'is' if refused == 1 else 'zijn'} niet geladen.", code="some-refused"
        )


def _import_one(path: Path, answers_file: Path | None, told: "Told") -> None:
    from vliegwiel.see.figures.actions.import_release import import_release
    from vliegwiel.see.figures.answers import read_answers

    answers: GivenAnswers | None = None
    if answers_file is not None and answers_file.is_file():
        answers = read_answers(answers_file)
    try:
        done = import_release(
            actor=Actor.system("cli"),
            path=path,
            told=told,
            answers=answers,
            progress=lambda text: click.echo(f"… {text}", err=True),
        )
    except NotValid as refusal:
        if refusal.code != "unknown-columns":
            raise
        raise NotValid(refusal.message, code=refusal.code, details=_ask(path, answers_file, told)) from refusal
    _say(done)


@figures.command("fetch")
@click.argument("table")
@click.option("--province", required=True, help="De code van de provincie, zoals PV25.")
def fetch(table: str, province: str) -> None:
    """Haal een tabel op bij CBS, zoals 85984NED, en lees haar in. Wat al binnen is, blijft bewaard."""
    from vliegwiel.see.figures.actions.fetch_release import fetch_release

    code = province.strip().upper()
    done = fetch_release(
        actor=Actor.system("cli"), table=table, province=code, progress=lambda text: click.echo(f"… {text}", err=True)
    )
    _say(done.imported)
    if done.not_asked:
        more = len(done.not_asked) - 3
        names = ", ".join(done.not_asked[:3]) + (f" en nog {more}" if more > 0 else "")
        click.echo(f"  Niet opgehaald, want deze kolommen kennen we niet: {names}.")


def _say(done: "ImportedRelease") -> None:
    from vliegwiel.see.figures import queries

    release = done.release
    if done.already_there:
        click.echo(f"Al geladen: {release.title} ({release.table}), levering {release.public_id}. Er is niets veranderd.")
        return
    columns = list(release.columns.all())
    indicators = len({column.indicator for column in columns})
    periods = sorted({column.period for column in columns})
    click.echo(f"Geladen: {release.title} ({release.table}), levering {release.public_id}, gepubliceerd {_when(release)}.")
    click.echo(
        f"  {_count(release.area_count, 'gebied', 'gebieden')} van {release.area_year}, "
        f"{_count(indicators, 'indicator', 'indicatoren')}, {_count(len(periods), 'periode', 'perioden')}, "
        f"{_count(sum(column.known for column in columns), 'waarde', 'waarden')}."
    )
    if release.public_id not in queries.current_releases():
        click.echo("  Er is al een latere publicatie. Deze wordt bewaard als eerdere; de cijfers van nu blijven zoals ze waren.")
    if missing := sum(column.missing for column in columns):
        click.echo(f"  {_count(missing, 'cel', 'cellen')} zonder cijfer, met een reden.")
    if done.ignored:
        click.echo(f"  Niet nodig: {', '.join(done.ignored)}.")
    for line in done.left_out[:20]:
        click.echo(f"  Weggelaten: {line}.")
    if done.unknown_areas:
        click.echo(
            f"  {_count(len(done.unknown_areas), 'onbekend gebied', 'onbekende gebieden')} van {release.area_year}, zoals "
            f"{', '.join(done.unknown_areas[:3])}. Dat telt nergens mee. Zie: vliegwiel figures unknown-areas"
        )


def _when(release: "Release") -> str:
    """The date of publication, said to be about right when no source gives it."""
    return f"rond {release.published}" if release.published_estimated else f"{release.published}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")


def _ask(path: Path, answers_file: Path | None, told: "Told") -> tuple[str, ...]:
    """The questions of a file as lines to read; with --map they are also written to fill in."""
    from vliegwiel.see.figures import indicators
    from vliegwiel.see.figures.answers import write_questions
    from vliegwiel.see.figures.questions import questions_of

    questions = questions_of(path, told=told, knowledge=indicators.knowledge())
    lines = []
    for question in questions.columns:
        guess = f"misschien {question.guesses[0].indicator} ({question.guesses[0].name})" if question.guesses else "geen idee"
        unit = f" in {question.unit}" if question.unit else ""
        examples = f", zoals {' en '.join(question.examples)}" if question.examples else ", zonder waarden"
        lines.append(f"{question.key}: {question.title}{unit}{examples}. Gok: {guess}.")
    if answers_file is None:
        lines.append(f"Maak een bestand om in te vullen: vliegwiel figures import {path.name} --map antwoorden.yml")
    elif answers_file.exists():
        lines.append(f"Deze kolommen ontbreken nog in {answers_file.name}. Zet ze erbij.")
    else:
        write_questions(answers_file, questions)
        lines.append(f"De vragen staan in {answers_file.name}. Vul uw antwoorden in en lees het bestand opnieuw in met --map.")
    return tuple(lines)


@figures.command("show")
@click.argument("code")
@click.option("--year", type=int, help="Jaar van de indeling; zonder dit het nieuwste jaar waarin het gebied bestaat.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def show(code: str, year: int | None, as_json: bool) -> None:
    """Toon alle cijfers van een gebied met status, levering en reden."""
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.figures import queries
    from vliegwiel.see.figures.describe import described

    code = code.strip().upper()
    newest = areas.newest(code)
    year = year or (newest.year if newest else next(iter(areas.years()), 0))
    area = areas.area(code, year)
    if area is None and not queries.is_unknown_area(code, year):
        nearest = tuple((near.name, near.code) for near in areas.nearest_codes(code, year))
        raise NotFound(f"Het gebied {code} bestaat niet in {year}.", nearest=nearest)
    place = {
        "code": code,
        "jaar": year,
        "naam": area.name if area else None,
        "soort": area.level if area else AreaCode(code).level.value,
        "bekend": area is not None,
    }
    found = [described(figure) for figure in queries.all_figures_of(year, code)]
    if as_json:
        click.echo(json.dumps({"gebied": place, "cijfers": found}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{place['naam'] or 'Onbekend gebied'} ({code}, {year})")
    for figure in found:
        value = (
            figure["toelichting"] if figure["waarde"] is None else f"{dutch.significant(figure['waarde'], 6)} {figure['eenheid']}"
        )
        margin = " ({} tot {})".format(*(dutch.significant(end, 6) for end in figure["marge"])) if figure["marge"] else ""
        source = f"  [{figure['levering']}, {figure['status']}]" if figure["levering"] else ""
        click.echo(f"  {figure['naam']} {figure['periode']}: {value}{margin}{source}")


@figures.command("releases")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def releases(as_json: bool) -> None:
    """Toon welke leveringen geladen zijn."""
    from vliegwiel.see.figures import queries

    current = queries.current_releases()
    found: list[dict[str, Any]] = [
        {
            "levering": release.public_id,
            "tabel": release.table,
            "titel": release.title,
            "jaar": release.area_year,
            "perioden": sorted({column.period for column in release.columns.all()}),
            "gepubliceerd": release.published.isoformat(),
            "publicatiedatumGeschat": release.published_estimated,
            "status": release.status,
            "stand": "huidig" if release.public_id in current else "eerder",
            "gebieden": release.area_count,
            "indicatoren": len({column.indicator for column in release.columns.all()}),
            "waarden": sum(column.known for column in release.columns.all()),
            "bestand": release.file_name,
            "ingelezen": release.imported_at.isoformat(),
            "hash": release.content_hash,
            "verzonnen": release.made_up,
        }
        for release in queries.releases()
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in found:
        about = "rond " if row["publicatiedatumGeschat"] else ""
        older = "" if row["stand"] == "huidig" else "  (eerdere publicatie)"
        click.echo(
            f"{row['levering']}  {row['titel']}  {row['tabel']}, gepubliceerd {about}{row['gepubliceerd']}, {row['status']}: "
            f"{_count(row['gebieden'], 'gebied', 'gebieden')} van {row['jaar']}, "
            f"{_count(row['indicatoren'], 'indicator', 'indicatoren')}{older}"
        )
    if not found:
        click.echo("Er zijn nog geen cijfers. Lees ze in met: vliegwiel figures import BESTAND")


@figures.command("unknown-areas")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def unknown_areas(as_json: bool) -> None:
    """Toon codes in leveringen die geen bekend gebied van hun jaar zijn."""
    from vliegwiel.see.figures import queries

    found = queries.unknown_areas()
    if as_json:
        rows = [
            {"code": one.code, "jaar": one.release.area_year, "tabel": one.release.table, "levering": one.release.public_id}
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.code}  {one.release.area_year}  {one.release.table}  levering {one.release.public_id}")
    if found:
        click.echo("Lees de gebieden van dat jaar in met: vliegwiel areas import BESTAND --year JAAR")
    else:
        click.echo("Elk gebied in de leveringen is bekend.")
