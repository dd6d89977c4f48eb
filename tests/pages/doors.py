"""Every address of the site, and which of them open for a visitor who did not sign in. What is not named here stays closed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

#: Pages and files for everybody: the pattern, and an address in the made-up province. A new public page is added here by hand.
OPEN: dict[str, str] = {
    "": "/",
    ".well-known/security.txt": "/.well-known/security.txt",
    "inloggen": "/inloggen",
    "zoeken": "/zoeken?q=dam",
    "gebieden/<str:code>": "/gebieden/{area}",
    "gebieden/<str:code>/cijfers.csv": "/gebieden/{area}/cijfers.csv",
    "gebieden/<str:code>/thema/<slug:key>": "/gebieden/{area}/thema/voorzieningen",
    "gebieden/<str:code>/<slug:key>": "/gebieden/{area}/afstand-huisarts",
    "gebieden/<str:code>/<slug:key>/cijfers.csv": "/gebieden/{area}/afstand-huisarts/cijfers.csv",
    "gebieden/<str:code>/<slug:key>/cijfers.json": "/gebieden/{area}/afstand-huisarts/cijfers.json",
    "data": "/data",
    "data/api": "/data/api",
    "data/catalogus": "/data/catalogus",
    "methoden": "/methoden",
    "methoden/kwetsbaarheid": "/methoden/kwetsbaarheid",
    "methoden/<slug:key>": "/methoden/afstand-huisarts",
    "kaders": "/kaders",
    "duurzame-doelen": "/duurzame-doelen",
    "begrippen": "/begrippen",
    "kwetsbaarheid": "/kwetsbaarheid?gemeente={area}",
    "kwetsbaarheid.csv": "/kwetsbaarheid.csv",
    "kwetsbaarheid/bon.json": "/kwetsbaarheid/bon.json",
    "kaart": "/kaart",
    "kaart/cijfers.csv": "/kaart/cijfers.csv",
    "kaart/cijfers.json": "/kaart/cijfers.json",
    "vergelijk": "/vergelijk?gebied={area}",
    "vergelijk/cijfers.csv": "/vergelijk/cijfers.csv?gebied={area}",
    "geld": "/geld",
    "geld/posten/<str:post>": "/geld/posten/{post}",
    "geld/moties": "/geld/moties",
    "geld/moties/<str:item>": "/geld/moties/{item}",
    "regelingen": "/regelingen",
    "regelingen/<scheme:key>": "/regelingen/{scheme}",
    "regelingen/<scheme:key>/check": "/regelingen/{scheme}/check",
    "regelingen/<scheme:key>/versies/<str:version>": "/regelingen/{scheme}/versies/{version}",
    "bezwaren": "/bezwaren",
    "bezwaren.csv": "/bezwaren.csv",
    "subsidieregister": "/subsidieregister",
    "subsidieregister.csv": "/subsidieregister.csv",
    "subsidies-zonder-regeling": "/subsidies-zonder-regeling",
    "api/v1/subsidies": "/api/v1/subsidies",
    "api/v1/gebieden": "/api/v1/gebieden",
    "api/v1/gebieden/<str:code>": "/api/v1/gebieden/{area}",
    "api/v1/indicatoren": "/api/v1/indicatoren",
    "api/v1/indicatoren/<str:sleutel>": "/api/v1/indicatoren/inwoners",
    "api/v1/gebieden/<str:code>/cijfers": "/api/v1/gebieden/{area}/cijfers",
    "api/v1/cijfers": "/api/v1/cijfers?indicator=inwoners&jaar=2024&niveau=gemeente",
    "api/v1/leveringen": "/api/v1/leveringen",
    "api/v1/leveringen/<str:id>": "/api/v1/leveringen/{release}",
    "api/v1/leveringen/<str:id>/bestand": "/api/v1/leveringen/{release}/bestand?formaat=csv",
    "api/v1/openapi.json": "/api/v1/openapi.json",
    "ogc/v1": "/ogc/v1",
    "ogc/v1/conformance": "/ogc/v1/conformance",
    "ogc/v1/collections": "/ogc/v1/collections",
    "ogc/v1/collections/<str:collectionId>": "/ogc/v1/collections/gemeenten-2024",
    "ogc/v1/collections/<str:collectionId>/items": "/ogc/v1/collections/gemeenten-2024/items?limit=2",
    "ogc/v1/collections/<str:collectionId>/items/<str:featureId>": "/ogc/v1/collections/gemeenten-2024/items/{area}",
    "ogc/v1/api": "/ogc/v1/api",
}
#: Open, but only with something that this walk does not have: tiles once they are made, a decision in the register, an answered check.
OPEN_WHEN_THERE = {
    "tegels/<str:name>",
    "achtergrond/<int:zoom>/<int:column>/<int:row>.png",
    "subsidieregister/<str:number>",
    "subsidies-zonder-regeling/<int:year>",
    "subsidies-zonder-regeling/<int:year>.csv",
    "subsidieregister/360giving.json",
    "api/v1/subsidies/<str:nummer>",
    "regelingen/<scheme:key>/check/bewijs",
}


def patterns(found: Any = None, before: str = "") -> Iterator[str]:
    """Every pattern of the site, as it is written."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def filled(pattern: str, samples: Mapping[str, str]) -> str:
    """An address of a pattern: each parameter with its sample, or with an id that does not exist."""
    parts = []
    for part in pattern.split("/"):
        if part == "<scheme:key>":
            part = samples["scheme"]
        elif part.startswith("<"):
            name = part.strip("<>").split(":")[-1]
            part = samples.get(name, "1" if part.startswith("<int:") else "zzzzzzzzzzzz")
        parts.append(part)
    return "/" + "/".join(parts)
