"""`vliegwiel people`: the first organisation and the first administrator."""

import click

from vliegwiel.kernel.actor import Actor


@click.group()
def people() -> None:
    """Organisaties en rollen; daarna gaat het op de pagina Mensen."""


@people.command("add-organisation")
@click.argument("name")
@click.option("--kind", required=True, help="Soort, zoals provincie of gemeente.")
@click.option("--province", required=True, help="Code van de provincie, zoals PV25.")
@click.option("--municipality", default="", help="Code van de gemeente, zoals GM1876.")
def add(name: str, kind: str, province: str, municipality: str) -> None:
    """Voeg een organisatie toe."""
    from vliegwiel.foundation.people.actions.add_organisation import add_organisation

    added = add_organisation(actor=Actor.system("cli"), name=name, kind=kind, province=province, municipality=municipality)
    click.echo(f"Toegevoegd: {added.name}, nummer {added.public_id}.")


@people.command("give-role")
@click.argument("email")
@click.option("--organisation", required=True, help="Nummer van de organisatie.")
@click.option("--role", "kind", required=True, help="Sleutel van de rol, zoals beheerder.")
@click.option("--province", required=True, help="Code van de provincie, zoals PV25.")
@click.option("--municipality", default="", help="Code van de gemeente, als de rol maar voor één gemeente geldt.")
def give(email: str, organisation: str, kind: str, province: str, municipality: str) -> None:
    """Geef iemand een rol."""
    from vliegwiel.foundation.people.actions.give_role import give_role

    given = give_role(
        actor=Actor.system("cli"),
        email=email,
        organisation=organisation,
        kind=kind,
        province=province,
        municipality=municipality,
    )
    click.echo(f"Gegeven: {given.kind} bij {given.organisation.name}. De tweede stap volgt bij het inloggen.")
