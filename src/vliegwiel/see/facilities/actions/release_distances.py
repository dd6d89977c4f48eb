"""Make figures of our own distances: a release like any other, beside what CBS publishes."""

import csv
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import FacilityKind, facility_words
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.facilities.distances import WITHIN, Distances, distances_of
from vliegwiel.see.facilities.ground import Ground
from vliegwiel.see.facilities.models import DistanceRelease
from vliegwiel.see.facilities.outcome import demanded_ground
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.recognise import Told

VERB = "import-figures"
_PROFILE = "car"


@trail.recorded("release-distances", kind="distance-release")
def release_distances(*, actor: Actor, province: str) -> DistanceRelease:
    """Write the distance by car of every neighbourhood, municipality and the province, and load it as a release of figures.

    Where nobody can get to any, there is no figure: never a large one. Nothing changes when roads, homes and facilities are the same.
    Raises NotAllowed, NotNow without roads or without facilities of a kind that we publish.
    """
    demand(actor, VERB)
    ground = demanded_ground(province, _PROFILE)
    found = {
        kind: distances
        for kind in facility_words().kinds.values()
        if kind.figure and (distances := distances_of(province, _PROFILE, kind.key)) is not None
    }
    if not found:
        raise NotNow(
            _("Er zijn nog geen voorzieningen waarvan wij de afstand als cijfer geven. Lees ze eerst in."), code="no-facilities"
        )
    mark = content_hash([ground.vintage, *(content_hash([kind.key, distances.number]) for kind, distances in found.items())])[:12]
    path = _write(ground, found, mark)
    told = Told(year=ground.homes.grounds.year, published=clock.today(), status="definitief")
    done = import_release(actor=actor, path=path, told=told, made_up=ground.made_up)
    with transaction.atomic():
        kept, fresh = DistanceRelease.objects.get_or_create(
            release=done.release.public_id, defaults={"province": province, "vintage": ground.vintage, "by": actor.id}
        )
        if fresh:
            subject = Reference("distance-release", kept.release, "", "")
            trail.record(actor=actor, action="release-distances", subject=subject, facts={"kinds": len(found)}, province=province)
    return kept


def _write(ground: Ground, found: dict[FacilityKind, Distances], mark: str) -> Path:
    """The file that the release is made of, named by its content."""
    grounds = ground.homes.grounds
    every = np.arange(len(grounds.codes))
    owners = np.array(grounds.municipalities)
    wholes: dict[str, Any] = {code: np.flatnonzero(owners == code) for code in dict.fromkeys(grounds.municipalities)}
    rows: list[tuple[str, Any]] = [
        (ground.province, every),
        *wholes.items(),
        *((code, np.array([place])) for place, code in enumerate(grounds.codes)),
    ]
    header = ["gebied", "jaar", "wegen en voorzieningen"]
    for kind in found:
        header += [kind.figure, *_counted(kind)]
    lines = []
    for code, places in rows:
        cells = [code, str(grounds.year), mark]
        for kind, distances in found.items():
            whole = distances.whole(places)
            if (
                whole.kilometres is None
                and len(places) == 1
                and np.isfinite(distances.kilometres[places[0]])
                and not distances.persons[places[0]]
            ):
                cells += ["" for _name in (kind.figure, *_counted(kind))]  # nobody lives here, or nobody knows how many
                continue
            cells.append("" if whole.kilometres is None else f"{whole.kilometres:.1f}")
            counts = whole.reached or ()
            cells += [f"{counts[place]:.1f}" if counts else "" for place in range(len(WITHIN))] if _counted(kind) else []
        lines.append(cells)
    folder = Path(settings.VLIEGWIEL_HOME) / "own-figures"
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(",".join(cells) for cells in [header, *lines]) + "\n"
    path = folder / f"eigen-afstand-{hashlib.sha256(text.encode()).hexdigest()[:16]}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def _counted(kind: FacilityKind) -> list[str]:
    """The columns with the number within 1, 3 and 5 kilometres, for a kind of which CBS gives them too."""
    return [f"eigen-{kind.counts}-{metres // 1000}-km" for metres in WITHIN] if kind.counts else []
