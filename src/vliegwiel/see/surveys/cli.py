"""`vliegwiel surveys`: import, describe, weigh, run, publish."""

from pathlib import Path
from typing import Any

import click

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid


@click.group()
def surveys() -> None:
    """Enquêtes: van antwoorden naar cijfers."""


@surveys.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--survey", required=True, help="De naam van de enquête.")
@click.option("--period", required=True, help="Het jaar van de meting.")
@click.option("--area-year", type=int, required=True, help="Het jaar van de codes van gemeenten.")
@click.option("--code-book", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Codeboek als CSV.")
@click.option("--open", "open_", multiple=True, help="Kolom met open antwoorden, die twee mensen eerst bekijken.")
@click.option("--made-up", is_flag=True, help="De antwoorden zijn verzonnen.")
def import_(
    file: Path, survey: str, period: str, area_year: int, code_book: Path | None, open_: tuple[str, ...], made_up: bool
) -> None:
    """Lees de antwoorden van een meting in."""
    from django.conf import settings

    from vliegwiel.see.surveys.actions.import_wave import import_wave

    wave = import_wave(
        actor=_actor(),
        province=settings.VLIEGWIEL_PROVINCE,
        survey=survey,
        period=period,
        area_year=area_year,
        path=file,
        book=code_book,
        made_up=made_up,
        open_columns=open_,
    )
    click.echo(f"{wave.public_id}: {wave.rows} mensen.")
    for one in wave.left_out:
        click.echo(f"  Weggelaten: {one['name']}. {one['why']}")


@surveys.command("describe")
@click.argument("wave")
@click.argument("description", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def describe(wave: str, description: Path) -> None:
    """Zeg wat voor meting het is, met een YAML-bestand: drawn, columns, en meanings voor wat de cijfers betekenen."""
    import yaml

    from vliegwiel.see.surveys.actions.describe_figures import Meaning, describe_figures
    from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn, describe_wave
    from vliegwiel.see.surveys.checks import findings_of

    try:
        record: dict[str, Any] = yaml.safe_load(description.read_text(encoding="utf-8"))
        drawn, columns = Drawn(**record["drawn"]), [Asked(**one) for one in record["columns"]]
        meanings = [Meaning(**{**one, "sdgs": tuple(one["sdgs"])}) for one in record.get("meanings", [])]
    except (yaml.YAMLError, TypeError, KeyError, UnicodeDecodeError) as error:
        raise NotValid(
            f"{description.name} is geen beschrijving van een meting. Zet er drawn en columns in.", code="bad-description"
        ) from error
    found = describe_wave(actor=_actor(), wave=wave, drawn=drawn, columns=columns)
    if meanings:
        describe_figures(actor=_actor(), wave=wave, meanings=meanings)
    for one in findings_of(found):
        click.echo(f"{'Moet eerst goed' if one.stops else 'Let op'}: {one.what} {one.where} {one.todo}")


@surveys.command("weigh")
@click.argument("wave")
@click.argument("margins", nargs=-1, required=True)
@click.option("--bridge", multiple=True, help="Kolom waarvan alleen de verdeling wordt gebruikt.")
@click.option("--method", default="rake", show_default=True, help="rake, linear, raking of logit.")
@click.option("--low", type=float, help="De kleinste factor op een gewicht.")
@click.option("--high", type=float, help="De grootste factor op een gewicht.")
@click.option("--replicates", default="", help="bootstrap, JK1, JKn of BRR; leeg is een formule.")
@click.option("--draws", default=200, show_default=True, help="Aantal trekkingen van de bootstrap.")
def weigh(
    wave: str, margins: tuple[str, ...], bridge: tuple[str, ...], method: str, low: float | None, high: float | None, replicates: str,
    draws: int,
) -> None:  # fmt: skip
    """Weeg naar de bevolking: KOLOM=MARGE, zoals leeftijd=leeftijd-15-plus; gemeente=… voor de gemeente."""
    from vliegwiel.catalogue.population_margins import population_margins
    from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
    from vliegwiel.see.surveys.frames import PLACE
    from vliegwiel.see.surveys.queries import wave_named
    from vliegwiel.see.surveys.totals import Chosen
    from vliegwiel.see.surveys.weights import Way

    area, chosen = wave_named(wave).area, []
    for text in margins:
        column, _sign, margin = text.partition("=")
        if margin not in population_margins():
            raise NotValid(f"De marge {margin} kennen we niet. Kies uit: {', '.join(population_margins())}.", code="no-margin")
        chosen.append(Chosen(PLACE if column == area else column, margin, column in bridge))
    way = Way(method, low, high, replicates, draws)
    found = weigh_wave(actor=_actor(), wave=wave, margins=chosen, way=way).diagnostics
    click.echo(
        f"Marges gehaald: {'ja' if found['margins_met'] else 'nee'}. Effectief {found['effective']:.0f} van {found['rows']} mensen."
    )


@surveys.command("run")
@click.argument("wave")
@click.option("--profile", default="ggd-30-5-90", show_default=True, help="Hoe we mensen beschermen.")
def run(wave: str, profile: str) -> None:
    """Reken alles uit en bescherm mensen; leg het voor aan een tweede persoon."""
    from vliegwiel.see.surveys.actions.review_run import propose_review
    from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run

    made = carry_out_run(actor=_actor(), run=start_run(actor=_actor(), wave=wave, profile=profile).public_id)
    if made.failure:
        raise NotValid(made.failure, code="run-failed")
    review = propose_review(actor=_actor(), run=made.public_id)
    click.echo(f"Tot niveau {made.floor}. Van {made.cell_count} vakken zijn er {made.hidden_count} verborgen.")
    click.echo(f"Voorstel {review.public_id} wacht op een tweede persoon.")


@surveys.command("small-areas")
@click.argument("wave")
@click.argument("item")
@click.argument("covariates", nargs=-1)
@click.option("--stat", default="mean", show_default=True, help="mean, of share voor het deel onder de grens.")
@click.option("--method", default="REML", show_default=True, help="REML, ML, FH, HB of unit.")
@click.option("--benchmark", default="province", show_default=True, help="province, region of none.")
def small_areas(wave: str, item: str, covariates: tuple[str, ...], stat: str, method: str, benchmark: str) -> None:
    """Leg een model voor kleine gemeenten naast de antwoorden, met cijfers die geladen zijn."""
    from vliegwiel.see.surveys.actions.fit_areas import fit_areas
    from vliegwiel.see.surveys.modelled import ModelChoice
    from vliegwiel.see.surveys.stored import read_json

    model = fit_areas(actor=_actor(), wave=wave, choice=ModelChoice(item, stat, method, covariates, benchmark))
    rows = read_json(model.fitted)["rows"]
    click.echo(f"{len(rows)} gemeenten, {sum(one['synthetic'] for one in rows)} zonder genoeg eigen antwoorden.")


@surveys.command("release")
@click.argument("review")
def release(review: str) -> None:
    """Geef vrij wat een onderzoeker voorstelde: gemeenten zien het nu, iedereen na tien werkdagen."""
    from vliegwiel.see.surveys.actions.review_run import release_review

    click.echo(f"Gemeenten zien het nu. Iedereen vanaf {release_review(actor=_actor(), review=review).public_from}.")


@surveys.command("publish")
def publish() -> None:
    """Maak openbaar wat is vrijgegeven en waarvan de dag er is. Dit gaat ook elk uur vanzelf."""
    from vliegwiel.see.surveys.actions.review_run import publish_due

    click.echo(f"{publish_due(actor=_actor())} metingen zijn openbaar geworden.")


def _actor() -> Actor:
    return Actor.system("cli")
