"""`vliegwiel budgets`: prove the ledger, print how money stands."""

import json
from datetime import datetime

import click

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid


@click.group()
def budgets() -> None:
    """Budgetten en boekingen controleren en bekijken."""


@budgets.command("verify")
@click.option("--province", default="", help="Alleen deze provincie, zoals PV25.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON, voor een programma.")
def verify(province: str, as_json: bool) -> None:
    """Reken alles na uit de boekingen alleen. Stopt met code 1 als iets niet klopt."""
    from vliegwiel.foundation.budgets import verification

    found = verification.verify(province)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        click.echo(
            f"{found.entries} boekingen op {found.lines} posten: {found.ceilings} plafonds en {found.files} dossiers nagerekend."
        )
    if not found.holds:
        raise NotValid("De boekhouding klopt niet.", code="ledger-broken", details=tuple(found.broken[:20]))
    if not as_json:
        click.echo("  Alles klopt, op de cent en op elke dag.")


@budgets.command("position")
@click.option("--province", default="", help="Alleen deze provincie, zoals PV25.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="De stand aan het einde van deze dag; anders nu.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON, in centen.")
def position(province: str, on: datetime | None, as_json: bool) -> None:
    """Toon hoe elke budgetpost staat, op een dag."""
    from vliegwiel.foundation.budgets import queries
    from vliegwiel.foundation.budgets.models import BudgetLine
    from vliegwiel.foundation.budgets.rules import BUCKETS

    day = on.date() if on else clock.today()
    lines = BudgetLine.objects.filter(**({"province": province} if province else {})).order_by("province", "title", "pk")
    stands = queries.positions_of(lines, day)
    if as_json:
        rows = [
            {"id": line.public_id, "title": line.title, **{name: getattr(stands[line.pk], name).cents for name in BUCKETS}}
            for line in lines
        ]
        click.echo(json.dumps({"on": day.isoformat(), "lines": rows}, ensure_ascii=False))
        return
    for line in lines:
        stand = stands[line.pk]
        click.echo(
            f"{line.title}: krediet {stand.credit.dutch()}, vrij {stand.free.dutch()}, vastgelegd {stand.committed.dutch()}"
        )
