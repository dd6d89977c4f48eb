"""`vliegwiel search QUERY`: what everybody can find."""

import json

import click


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Geef JSON: soort, nummer, titel en score.")
@click.option("--limit", default=20, show_default=True, help="Hoeveel er hoogstens getoond worden.")
@click.option("--kind", default="", help="Alleen deze soort, zoals regeling.")
def search_command(query: str, *, as_json: bool, limit: int, kind: str) -> None:
    """Zoek in alles wat openbaar is. Het beste antwoord staat bovenaan."""
    from django.conf import settings

    from vliegwiel.foundation.search.public import search
    from vliegwiel.kernel.actor import Actor

    visitor = Actor("visitor", origin="cli")
    found = search(query, actor=visitor, province=settings.VLIEGWIEL_PROVINCE, chosen={"kind": kind}, size=max(limit, 1))
    if as_json:
        rows = [{"kind": hit.kind, "id": hit.id, "title": hit.title, "score": hit.score} for hit in found.hits]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if found.meant:
        click.echo(f"Gezocht op: {found.meant}")
    for hit in found.hits:
        click.echo(f"{hit.score:8.2f}  {hit.kind:12} {hit.title}  {hit.path}")
    click.echo(f"{found.total} gevonden.")
