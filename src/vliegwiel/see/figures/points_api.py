"""Map layers of points in `/ogc/v1`, beside those of areas: what other rooms contribute, such as initiatives at their published point."""

import json
import math
from collections.abc import Callable
from typing import Any

from vliegwiel.foundation.api.formats import GEOJSON
from vliegwiel.foundation.api.paging import link_header
from vliegwiel.foundation.api.parameters import InvalidQuestion, Wrong
from vliegwiel.foundation.api.services import Answer, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.points import PointLayer, as_features, box_in_degrees, box_in_metres, point_layers
from vliegwiel.see.areas.shapes import CRS84, RD, SYSTEMS

Link = Callable[..., dict[str, str]]


def points_named(key: str) -> PointLayer | None:
    """The layer of points with this key."""
    return next((layer for layer in point_layers() if layer.key == key), None)


def described(layer: PointLayer, question: Question, link: Link) -> dict[str, Any]:
    """A layer of points as a collection."""
    here, title, made_up = f"/collections/{layer.key}", str(layer.title), layer.made_up()
    found: dict[str, Any] = {
        "id": layer.key,
        "title": f"{title} ({MADE_UP})" if made_up else title,
        "description": f"{layer.about} ({layer.licence})",
        "itemType": "feature",
        "crs": list(SYSTEMS),
        "storageCrs": RD.uri,
        "links": [
            link(question, "self", here, title),
            link(question, "items", f"{here}/items", title, GEOJSON.media_type),
        ],
    }
    around = layer.around()
    if around is not None:
        found["extent"] = {"spatial": {"bbox": [box_in_degrees(around)], "crs": CRS84.uri}}
    if made_up:
        found["letOp"] = MADE_UP
    return found


def items(layer: PointLayer, question: Question, link: Link, refused: Callable[..., str]) -> Answer:
    """A page of the points, within a box when asked. They have no time: every moment gives them all."""
    crs, box = SYSTEMS[question["crs"]], question["bbox"]
    if box is not None:
        system = SYSTEMS[question["bbox-crs"]]
        if reason := refused(system, *box):
            raise InvalidQuestion((Wrong("bbox", reason),))
        box = box_in_metres((box[0], box[1], box[2], box[3]), system)
        if not all(map(math.isfinite, box)):  # degrees so far away that metres have no word for them: the whole world
            box = None
    total, start, size = layer.number(box), question["offset"], question["limit"]
    chosen = layer.points(box, start, start + size)
    links = {"self": question.same()}
    if start + size < total:
        links["next"] = question.same(offset=start + size)
    if start:
        links["prev"] = question.same(offset=max(0, min(start, total) - size))
    told = [{"href": href, "rel": rel, "type": GEOJSON.media_type} for rel, href in links.items()]
    told.append(link(question, "collection", f"/collections/{layer.key}", str(layer.title)))
    frame: dict[str, Any] = {"numberMatched": total, "numberReturned": len(chosen), "links": told}
    if layer.made_up():
        frame["letOp"] = MADE_UP
    if crs.legacy:
        frame["crs"] = crs.legacy
    features = ",".join(as_features(chosen, crs))
    text = f'{{"type":"FeatureCollection",{json.dumps(frame, ensure_ascii=False)[1:-1]},"features":[{features}]}}'
    names = {"self": "zelf", "next": "volgende", "prev": "vorige"}
    headers = link_header({names[rel]: href for rel, href in links.items()})
    return Answer(text, {**headers, "Content-Crs": f"<{crs.uri}>"})


def item(layer: PointLayer, question: Question) -> Answer:
    """One point; raises NotFound for one that is not there or not there any more."""
    crs = SYSTEMS[question["crs"]]
    found = layer.one(str(question["featureId"])[:12])
    if found is None:
        raise NotFound(f"Dit punt staat niet in {layer.key}.")
    text = as_features([found], crs)[0]
    if crs.legacy:
        text = f'{text[:-1]},"crs":{json.dumps(crs.legacy)}}}'
    return Answer(text, {"Content-Crs": f"<{crs.uri}>"})
