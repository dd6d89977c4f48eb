"""`vliegwiel backup` and `vliegwiel restore`."""

from pathlib import Path

import click

from vliegwiel.foundation.design.dutch import number
from vliegwiel.kernel.actor import Actor, Reference

_folder = click.argument("folder", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))


@click.command("backup")
@_folder
@click.option("--check", is_flag=True, help="Maak niets; reken een reservekopie na die in MAP staat.")
def backup(folder: Path, check: bool) -> None:
    """Maak een reservekopie in een nieuwe map onder MAP: de database, de bestanden en een lijst die beide bewijst."""
    from vliegwiel.entry.backup import check_backup, make_backup
    from vliegwiel.foundation.trail.public import record

    if check:
        manifest = check_backup(folder)
        click.echo(f"Deze reservekopie is heel: {number(manifest.row_count)} rijen en {number(len(manifest.files))} bestanden.")
        return
    place, manifest = make_backup(folder)
    record(
        actor=Actor.system("cli"),
        action="make-backup",
        subject=Reference("backup", place.name, "", ""),
        facts={"rows": manifest.row_count, "files": len(manifest.files), "sha256": manifest.database},
    )
    click.echo(f"Reservekopie in {place}")
    size = number(manifest.size / 1e6, 1)
    click.echo(f"  {number(manifest.row_count)} rijen, {number(len(manifest.files))} bestanden van samen {size} MB.")
    click.echo("  De sleutel van deze installatie (VLIEGWIEL_SECRET) zit er niet in. Bewaar die ergens anders.")


@click.command("restore")
@_folder
def restore(folder: Path) -> None:
    """Zet de reservekopie uit MAP terug in een lege database en in deze VLIEGWIEL_HOME."""
    from vliegwiel.entry.backup import restore_backup
    from vliegwiel.entry.serve import ensure_database
    from vliegwiel.foundation.trail.public import record
    from vliegwiel.foundation.trail.queries import verify

    ensure_database()
    manifest, same_secret = restore_backup(folder)
    found = verify()
    record(
        actor=Actor.system("cli"),
        action="restore-backup",
        subject=Reference("backup", folder.name, "", ""),
        facts={"rows": manifest.row_count, "files": len(manifest.files), "sha256": manifest.database},
    )
    click.echo(
        f"Teruggezet: {number(manifest.row_count)} rijen en {number(len(manifest.files))} bestanden van {manifest.made_at[:10]}."
    )
    click.echo(f"  Logboek: {'het klopt niet: ' + found.broken if found.broken else 'het klopt'}.")
    if not same_secret:
        click.echo(
            "  Let op: de sleutel is een andere dan toen. Apps en herstelcodes voor de tweede stap werken pas weer met de oude."
        )
    click.echo("  Maak kaarten en tekeningen opnieuw met: vliegwiel warm")
