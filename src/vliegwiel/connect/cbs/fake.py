"""A stand-in for CBS OData v4 and v3 that answers from recordings: its filters, its pages, its padded codes, its refusals.

Own recordings (`recordings/`, made up) are named `v4_{table}_{entity}.json` and `v3_{table}_{entity}.json`; other folders with such
files may be given. `tables` lets a recording answer under another number. It understands the filters our clients use and refuses
every other with 400, as a service does.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from vliegwiel.connect import loopback
from vliegwiel.connect.loopback import Reply, Request, Site

OWN = Path(__file__).parent / "recordings"
#: The table of our own recordings: it does not exist.
TABLE = "00000NED"
_V4 = re.compile(r"/odata/v1/CBS/(\w+)/(\w+)")
_V3 = re.compile(r"/ODataFeed/odata/(\w+)/(\w+)")
_CONDITION = re.compile(r"startswith\((\w+),'([^']*)'\)|(\w+) eq '([^']*)'")


@contextmanager
def serve(*folders: Path, tables: Mapping[str, str] | None = None, page_size: int = 10, next_host: str = "") -> Iterator[Site]:
    """Serve recordings on this machine. `next_host` puts another host in the links to next pages, as after a removal."""
    places = (*folders, OWN)

    def answer(site: Site, request: Request) -> Reply:
        for pattern, version in ((_V4, "v4"), (_V3, "v3")):
            if match := pattern.fullmatch(request.path):
                table = (tables or {}).get(match[1], match[1])
                document = _recorded(places, version, table, match[2])
                return Reply.of({"error": "not found"}, code=404) if document is None else _page(site, request, document, version)
        return Reply.of({"error": "not found"}, code=404)

    def _page(site: Site, request: Request, document: dict[str, Any], version: str) -> Reply:
        if "value" not in document:
            return Reply.of(document)
        wanted = request.one("$filter")
        try:
            rows = [row for row in document["value"] if not wanted or _fits(wanted, row)]
        except ValueError as error:
            return Reply.of({"error": str(error)}, code=400)
        start = int(request.one("$skiptoken", "0"))
        page = {name: value for name, value in document.items() if name != "value"}
        page["value"] = rows[start : start + page_size]
        if start + page_size < len(rows):
            query = {name: values[0] for name, values in request.query.items()} | {"$skiptoken": str(start + page_size)}
            path = request.path.removeprefix("/odata/v1") if next_host else request.path
            link = f"{next_host or site.address}{path}?{urlencode(query)}"
            page["@odata.nextLink" if version == "v4" else "odata.nextLink"] = link
        return Reply.of(page)

    with loopback.serve(answer) as site:
        yield site


def _recorded(places: tuple[Path, ...], version: str, table: str, entity: str) -> dict[str, Any] | None:
    for folder in places:
        for path in (folder / f"{version}_{table}_{entity}.json", *folder.glob(f"{version}_{table}_{entity}_*rij*.json")):
            if path.is_file():
                document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
                return document
        listed = folder / f"{version}_{table}_{entity}.csv"
        if listed.is_file():
            with listed.open(encoding="utf-8") as file:
                return {"value": list(csv.DictReader(file))}
    return None


def _fits(wanted: str, row: Mapping[str, Any]) -> bool:
    """Whether a row fits a filter of `startswith` and `eq` with and, or and brackets."""
    facts: list[bool] = []

    def hold(match: re.Match[str]) -> str:
        name, text = (match[1], match[2]) if match[1] else (match[3], match[4])
        if name not in row:
            message = f"no field {name}"
            raise ValueError(message)
        value = str(row[name])
        facts.append(value.startswith(text) if match[1] else value.strip() == text)
        return f"#{len(facts) - 1}"

    tokens = re.findall(r"#\d+|and|or|[()]|\S", _CONDITION.sub(hold, wanted))
    found, rest = _either(tokens, facts)
    if rest:
        message = f"cannot read the filter at {rest[0]}"
        raise ValueError(message)
    return found


def _either(tokens: list[str], facts: list[bool]) -> tuple[bool, list[str]]:
    found, rest = _both(tokens, facts)
    while rest[:1] == ["or"]:
        other, rest = _both(rest[1:], facts)
        found = found or other
    return found, rest


def _both(tokens: list[str], facts: list[bool]) -> tuple[bool, list[str]]:
    found, rest = _one(tokens, facts)
    while rest[:1] == ["and"]:
        other, rest = _one(rest[1:], facts)
        found = found and other
    return found, rest


def _one(tokens: list[str], facts: list[bool]) -> tuple[bool, list[str]]:
    if tokens[:1] == ["("]:
        found, rest = _either(tokens[1:], facts)
        if rest[:1] == [")"]:
            return found, rest[1:]
    elif tokens and tokens[0].startswith("#"):
        return facts[int(tokens[0][1:])], tokens[1:]
    message = f"cannot read the filter at {tokens[:1]}"
    raise ValueError(message)
