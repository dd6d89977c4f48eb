"""Load roads from an extract of OpenStreetMap, or make some up inside the borders: one network per way of travelling."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.catalogue.facilities import TravelProfile, facility_words
from vliegwiel.engines.travel.profiles import Profile
from vliegwiel.engines.travel.streets import Streets, made_up_streets, streets_from_osm
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.models import RoadNetwork
from vliegwiel.see.facilities.where import Grounds, grounds_of, to_rd

VERB = "import-roads"
#: About as many crossings as made-up roads have, and the least metres between two.
_CROSSINGS, _SPACING = 40_000, 200.0
_LICENCE = "© OpenStreetMap-bijdragers, ODbL"


@dataclass(frozen=True)
class LoadedRoads:
    """What an import did: a network per way of travelling, which of them were there already, and in how many neighbourhoods, of how
    many, they have a crossing; None when we have no borders of the province."""

    networks: tuple[RoadNetwork, ...]
    already_there: tuple[str, ...]
    reached: tuple[int, int] | None = None


@trail.recorded("import-roads", kind="road-network")
def import_roads(
    *, actor: Actor, province: str, path: Path, vintage: date | None = None, profiles: Sequence[str] = ("foot", "bike", "car")
) -> LoadedRoads:
    """Read an extract (.osm.pbf) and keep its roads for each way of travelling; reading it again changes nothing.

    `vintage` is the day that the extract shows; without it the day that the file itself names, or today. Raises NotAllowed, and NotValid
    for a file that is cut off, holds no road, or none of this province. Nothing is kept then.
    """
    demand(actor, VERB)
    chosen = [profile for key, profile in facility_words().profiles.items() if key in profiles]
    if not chosen or len(chosen) != len(set(profiles)):
        raise NotValid(_("Kies lopend, fiets of auto."), code="unknown-profile")
    if not path.is_file():
        raise NotValid(_("Het bestand {name} bestaat niet.").format(name=path.name), code="no-file")
    try:
        shown = vintage or _day_of(path) or clock.today()
        read = [(profile, streets_from_osm(path, profile=cast(Profile, profile.key), project=to_rd)) for profile in chosen]
    except (ValueError, RuntimeError) as error:
        text = _("{name} is geen heel bestand van OpenStreetMap met wegen. Haal het opnieuw op.").format(name=path.name)
        raise NotValid(text, code="no-roads") from error
    reached = _reached(province, path, [streets for _profile, streets in read])
    with path.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    about = {"source": _LICENCE, "file_name": path.name[:200], "file_hash": file_hash, "vintage": shown, "made_up": False}
    return replace(_keep(actor, province, read, about), reached=reached)


@trail.recorded("make-up-roads", kind="road-network")
def make_up_roads(*, actor: Actor, province: str) -> LoadedRoads:
    """Make plausible roads inside the borders that are loaded, for who has no extract yet; all that rests on them is marked as made up.

    Real roads are never replaced by these. Raises NotAllowed, and NotNow without borders or with real roads.
    """
    demand(actor, VERB)
    grounds = grounds_of(province)
    if grounds is None:
        raise NotNow(
            _("Van deze provincie hebben wij nog geen grenzen van buurten. Lees eerst de gebieden in."), code="no-borders"
        )
    if RoadNetwork.objects.filter(province=province, made_up=False).exists():
        raise NotNow(_("Van deze provincie zijn echte wegen geladen. Verzonnen wegen zijn dan niet nodig."), code="real-roads")
    made = [(profile, _made_up(grounds, profile)) for profile in facility_words().profiles.values()]
    about = {"source": _("verzonnen wegen"), "file_name": "", "file_hash": "", "vintage": clock.today(), "made_up": True}
    return _keep(actor, province, made, about)


def roads_path(content_hash: str) -> Path:
    """Where the roads with this content lie."""
    return Path(settings.VLIEGWIEL_HOME) / "roads" / f"{content_hash}.npz"


def _keep(actor: Actor, province: str, read: list[tuple[TravelProfile, Streets]], about: dict[str, Any]) -> LoadedRoads:
    """Files first, then the records in one transaction: a file that nothing points at does no harm."""
    kept: list[RoadNetwork] = []
    there: list[str] = []
    hashes = []
    for _profile, streets in read:
        hashes.append(_hash_of(streets))
        if not roads_path(hashes[-1]).exists():
            streets.save(roads_path(hashes[-1]))
    with transaction.atomic():
        for (profile, streets), content_hash in zip(read, hashes, strict=True):
            counts = {"nodes": len(streets.x), "edges": len(streets.tail), "left_out": streets.cut}
            row, fresh = RoadNetwork.objects.get_or_create(
                province=province, profile=profile.key, content_hash=content_hash, defaults={**about, **counts}
            )
            kept.append(row)
            if not fresh:
                there.append(profile.key)
                continue
            subject = Reference("road-network", row.public_id, "", "")
            facts: dict[str, str | int | bool | None] = {"profile": profile.key, "hash": content_hash, "edges": row.edges}
            trail.record(
                actor=actor,
                action="make-up-roads" if row.made_up else "import-roads",
                subject=subject,
                facts=facts,
                province=province,
            )
    queries.stamp.forget()
    return LoadedRoads(tuple(kept), tuple(there))


def _hash_of(streets: Streets) -> str:
    whole = hashlib.sha256()
    for array in (streets.tail, streets.head, streets.there, streets.back, streets.metres, streets.x, streets.y, streets.first):
        whole.update(np.ascontiguousarray(array).tobytes())
    return whole.hexdigest()


def _reached(province: str, path: Path, read: Sequence[Streets]) -> tuple[int, int] | None:
    """In how many neighbourhoods of the province these roads have a crossing; NotValid when in none: it is the file of another place."""
    grounds = grounds_of(province)
    if grounds is None:
        return None
    found = {place for streets in read for place in np.unique(grounds.of(streets.x, streets.y)).tolist()} - {-1}
    if not found:
        text = _("De wegen in {name} liggen niet in deze provincie. Haal het bestand van deze provincie op.").format(
            name=path.name
        )
        raise NotValid(text, code="elsewhere")
    return len(found), len(grounds.codes)


def _day_of(path: Path) -> date | None:
    """The day that the extract says it shows."""
    import osmium

    with osmium.io.Reader(str(path)) as reader:
        stamp = reader.header().get("osmosis_replication_timestamp", "")
    try:
        return date.fromisoformat(stamp[:10]) if stamp else None
    except ValueError:
        return None


def _made_up(grounds: Grounds, profile: TravelProfile) -> Streets:
    import shapely

    whole = shapely.union_all(shapely.buffer(grounds.shapes, 20))
    west, south, east, north = whole.bounds
    spacing = max(_SPACING, float(np.sqrt(whole.area / _CROSSINGS)))
    shapely.prepare(whole)

    def inside(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray(shapely.contains_xy(whole, x, y))

    rows = int(max(east - west, north - south) / spacing) + 2
    return made_up_streets(corner=(west, south), rows=rows, spacing=spacing, inside=inside, pace=profile.pace)
