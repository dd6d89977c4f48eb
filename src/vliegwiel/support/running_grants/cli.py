"""`vliegwiel running-grants`: the template, a trial run, and taking over."""

from pathlib import Path

import click


@click.group("running-grants")
def running_grants() -> None:
    """Lopende subsidies overnemen uit een rekenblad."""


@running_grants.command("template")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def template(path: Path) -> None:
    """Schrijf het sjabloon naar een bestand."""
    from vliegwiel.support.running_grants import sheet

    path.write_text(sheet.template(), encoding="utf-8")
    click.echo(f"Sjabloon geschreven: {path.name}")


@running_grants.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--province", required=True, help="De provincie, zoals PV25.")
@click.option("--dry-run", is_flag=True, help="Kijk alleen; er verandert niets.")
def take(path: Path, province: str, dry_run: bool) -> None:
    """Neem lopende subsidies over. Nog een keer hetzelfde bestand verandert niets."""
    from vliegwiel.kernel.actor import Actor
    from vliegwiel.support.running_grants.actions.take_over import in_words, take_over, tried

    act = tried if dry_run else take_over
    trial = act(actor=Actor.system("cli"), province=province, data=path.read_bytes())
    words = {"new": "nieuw", "known": "staat er al", "wrong": "fout"}
    for item in trial.outcomes:
        click.echo(
            f"  regel {item.row.place}: {item.row.former}, {words[item.what]} {' '.join(item.why) or item.number}".rstrip()
        )
    for balance in trial.balances:
        click.echo(f"  {balance.name}: {'sluit aan' if balance.agrees else in_words(balance)}")
    click.echo(f"{trial.new} nieuwe subsidies{' zouden komen' if dry_run else ' overgenomen'}.")
