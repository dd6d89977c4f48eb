"""`vliegwiel grants`: what was asked, granted and refused."""

import json

import click


@click.group()
def grants() -> None:
    """Aanvragen en besluiten."""


@grants.command("counts")
@click.option("--json", "as_json", is_flag=True, help="Als JSON, voor machines.")
def counts(as_json: bool) -> None:
    """Per regeling: openstellingen, aanvragen, toegekend, afgewezen en bedragen."""
    from vliegwiel.support.grants.tally import tally

    found = tally()
    if as_json:
        click.echo(json.dumps([row.to_json() for row in found], ensure_ascii=False, indent=2))
        return
    for row in found:
        click.echo(f"{row.title}: {row.calls} openstellingen, {row.applications} aanvragen")
        click.echo(
            f"  {row.granted} toegekend ({row.awarded.dutch()}), {row.refused} afgewezen, {row.not_treated} niet behandeld"
        )
    if not found:
        click.echo("Er is nog geen aanvraag.")
