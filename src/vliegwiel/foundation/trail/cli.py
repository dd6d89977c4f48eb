"""`vliegwiel trail`: prove the trail, seal it now."""

import click

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid


@click.group()
def trail() -> None:
    """Het logboek controleren en verzegelen."""


@trail.command("verify")
@click.option("--known", default="", help="De hash van een zegel dat u eerder hebt opgeschreven.")
def verify(known: str) -> None:
    """Reken elke regel en elk zegel na. Stopt met code 1 bij de eerste plek die niet klopt."""
    from vliegwiel.foundation.trail import queries

    found = queries.verify(known=known)
    if found.broken:
        raise NotValid(f"Het logboek klopt niet: {found.broken}.", code="trail-broken")
    click.echo(f"Het logboek klopt: {found.entries} regels, {found.seals} zegels.")
    if found.seals:
        click.echo(f"  Laatste zegel: {found.seals} {found.last_hash}")
    if found.oldest_unsealed is None:
        click.echo("  Alles is verzegeld.")
    else:
        seconds = int((clock.now() - found.oldest_unsealed).total_seconds())
        click.echo(f"  Nog niet verzegeld: {found.unsealed} regels, de oudste is {seconds} seconden oud.")


@trail.command("seal")
def seal() -> None:
    """Verzegel de nieuwe regels nu."""
    from vliegwiel.foundation.trail.actions.seal_entries import seal_entries

    click.echo(f"{seal_entries()} regels verzegeld.")
