"""The data catalogue as DCAT-AP-NL 3.0, so that national and European catalogues can find what is open here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.api.formats import CSV, JSON, JSON_STAT, PARQUET, Format
from vliegwiel.foundation.api.services import Question
from vliegwiel.kernel import clock
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.monitor.open_data import Borders, Dataset, OpenTable, borders, datasets, open_tables

if TYPE_CHECKING:
    from rdflib import Graph

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
#: Licences by the NL list of data.overheid.nl; another licence is "onbekend" there.
_LICENCES = {
    "CC BY 4.0": "http://creativecommons.org/licenses/by/4.0/deed.nl",
    "CC0 1.0": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
}
_UNKNOWN_LICENCE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"
#: Our themes among the thirteen of the European list; the others are about society.
_THEMES = {"werk-inkomen": "ECON", "omgeving": "ENVI", "gezondheid": "HEAL", "veiligheid": "JUST", "onderwijs": "EDUC"}
_THEME_NAMES = {
    "SOCI": "Bevolking en samenleving",
    "ECON": "Economie en financiën",
    "ENVI": "Milieu",
    "GOVE": "Overheid en publieke sector",
    "HEAL": "Gezondheid",
    "JUST": "Justitie, rechtsstelsel en openbare veiligheid",
    "EDUC": "Onderwijs, cultuur en sport",
    "REGI": "Regio's en steden",
}
#: Form → European file type, and the registered media type.
_FILE_TYPES = {
    CSV: ("CSV", "text/csv"),
    JSON: ("JSON", "application/json"),
    JSON_STAT: ("JSON", "application/json"),
    PARQUET: ("PARQUET", "application/vnd.apache.parquet"),
}
#: What each form of a file is written by.
_FORMS = {
    CSV: "https://www.rfc-editor.org/info/rfc4180",
    JSON: "https://www.rfc-editor.org/info/rfc8259",
    JSON_STAT: "https://json-stat.org/full/",
    PARQUET: "https://parquet.apache.org/docs/file-format/",
}
_GEOJSON = "https://www.rfc-editor.org/info/rfc7946"
#: The codes of areas in every dataset.
_CODES = "https://www.cbs.nl/nl-nl/dossier/nederland-regionaal"
#: The rules that the API keeps.
_API_RULES = "https://gitdocumentatie.logius.nl/publicatie/api/adr/"
_STATUS = {"voorlopig": "DEVELOP", "definitief": "COMPLETED"}


def catalogue(question: Question) -> "Graph":
    """The whole catalogue as an RDF graph, with addresses on the site that was asked."""
    return _Writer(question).written()


@dataclass
class _Writer:
    question: Question

    def __post_init__(self) -> None:
        from rdflib import DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

        self.graph = Graph()
        self.dct, self.foaf, self.rdf, self.skos, self.xsd = DCTERMS, FOAF, RDF, SKOS, XSD
        self.dcat = Namespace("http://www.w3.org/ns/dcat#")
        self.vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
        self.adms = Namespace("http://www.w3.org/ns/adms#")
        self.spdx = Namespace("http://spdx.org/rdf/terms#")
        for name, space in (
            ("dcat", self.dcat),
            ("dct", self.dct),
            ("vcard", self.vcard),
            ("adms", self.adms),
            ("spdx", self.spdx),
        ):
            self.graph.bind(name, space)
        self.iri, self.literal = URIRef, Literal

    def written(self) -> "Graph":
        found, lines, tables = datasets(), borders(), open_tables()
        figures_are = any(item.newest.made_up for item in found) or any(item.made_up for item in lines)
        self.made_up = figures_are or any(item.made_up() for item in tables)
        self.publisher = self._publisher()
        self.contact = self._contact()
        here = self._at("/data/catalogus")
        made = [self._table(item) for item in found] + [self._borders(item) for item in lines]
        made += [self._open(item) for item in tables]
        services = [
            self._service(
                "/api/v1",
                "API voor cijfers over dorpen en buurten",
                "Gebieden, indicatoren en cijfers.",
                "/api/v1/openapi.json",
                made,
            ),
            self._service("/ogc/v1", "Kaartlagen (OGC API Features)", "Gebieden met grenzen en cijfers.", "/ogc/v1/api", made),
        ]
        self._named(here, self.dcat.Catalog, "Open data over dorpen en buurten", "Alle cijfers en grenzen die hier open zijn.")
        self._say(here, self.dcat.dataset, *made)
        self._say(here, self.dcat.service, *services)
        self._say(here, self.foaf.homepage, self._typed(self._at("/data"), self.foaf.Document))
        self._say(here, self.dct.license, self._licence("CC BY 4.0"))
        self._say(here, self.dct.language, self._language())
        self._say(here, self.dcat.themeTaxonomy, self._scheme())
        days = [item.newest.imported_at for item in found]
        if days:
            self._say(here, self.dct.modified, self._day(clock.legal_date(max(days))))
        return self.graph

    def _table(self, item: Dataset) -> Any:
        release = item.newest
        here = self._at(f"/data#{item.key}")
        text = f"{item.title}: {len(item.indicators)} indicatoren voor {release.area_count} gebieden van {release.area_year}."
        self._named(here, self.dcat.Dataset, f"{item.title} ({release.table})", text)
        self._dataset(here, item.key, release.source, (_THEMES.get(theme, "SOCI") for theme in item.themes))
        self._say(here, self.dct.temporal, self._span(item.span.start, item.span.end))
        self._say(here, self.dct.issued, self._day(release.published))
        self._say(here, self.dct.modified, self._day(clock.legal_date(release.imported_at)))
        self._say(here, self.dcat.version, self.literal(release.public_id))
        self._say(here, self.dcat.keyword, *(self._text(indicator.name) for indicator in item.indicators))
        self._say(here, self.dcat.distribution, *(self._file(item, form) for form in (CSV, JSON, JSON_STAT, PARQUET)))
        return here

    def _file(self, item: Dataset, form: Format) -> Any:
        release = item.newest
        address = self.question.link(f"/api/v1/leveringen/{release.public_id}/bestand", formaat=form.key)
        here = self.iri(address)
        kind, media = _FILE_TYPES[form]
        name = {CSV: "CSV", JSON: "JSON", JSON_STAT: "JSON-stat 2.0", PARQUET: "Parquet"}[form]
        self._distribution(here, f"{item.title} als {name}", release.licence, kind, media)
        self._say(here, self.dcat.accessService, self._at("/api/v1"))
        self._say(here, self.dct.issued, self._day(release.published))
        self._say(
            here,
            self.adms.status,
            self._concept(f"{EU}/distribution-status/{_STATUS.get(release.status, 'COMPLETED')}", release.status),
        )
        self._say(here, self.dct.conformsTo, self._typed(self.iri(_FORMS[form]), self.dct.Standard))
        if form is PARQUET and item.file.exists():
            self._say(here, self.dcat.byteSize, self.literal(item.file.stat().st_size, datatype=self.xsd.nonNegativeInteger))
            self._checksum(here, release.content_hash)
        return here

    def _borders(self, item: Borders) -> Any:
        here = self._at(f"/data#grenzen-{item.year}")
        names = ", ".join(layer.level.plural for layer in item.layers)
        self._named(
            here, self.dcat.Dataset, f"Grenzen van {names} in {item.year}", f"Vereenvoudigde grenzen van {names} in {item.year}."
        )
        self._dataset(here, f"grenzen-{item.year}", item.layers[0].source, ["REGI"])
        self._say(here, self.dct.temporal, self._span(date(item.year, 1, 1), date(item.year, 12, 31)))
        self._say(here, self.dcat.keyword, *(self._text(layer.level.plural) for layer in item.layers))
        for layer in item.layers:
            address = self._at(f"/ogc/v1/collections/{layer.key}/items")
            self._distribution(
                address,
                f"{layer.level.plural.capitalize()} van {item.year} als GeoJSON",
                layer.licence,
                "GEOJSON",
                "application/geo+json",
            )
            self._say(address, self.dcat.accessService, self._at("/ogc/v1"))
            self._say(address, self.dct.conformsTo, self._typed(self.iri(_GEOJSON), self.dct.Standard))
            self._say(here, self.dcat.distribution, address)
        return here

    def _open(self, item: OpenTable) -> Any:
        """A table of another room: it changes all the time, and the API is where it is."""
        here = self._at(f"/data#{item.key}")
        self._named(here, self.dcat.Dataset, str(item.title), str(item.text))
        self._say(here, self.dct.creator, self.publisher)
        self._described(here, item.key, item.themes, "CONT", "/data/api")
        self._say(here, self.dct.conformsTo, self._typed(self.iri(_API_RULES), self.dct.Standard))
        self._say(here, self.dcat.keyword, *(self._text(word) for word in item.keywords))
        for form in (CSV, JSON):
            address = self.iri(self.question.link(item.path, formaat=form.key))
            kind, media = _FILE_TYPES[form]
            self._distribution(address, f"{item.title} als {form.key.upper()}", item.licence(), kind, media)
            self._say(address, self.dcat.accessService, self._at("/api/v1"))
            self._say(address, self.dct.conformsTo, self._typed(self.iri(_FORMS[form]), self.dct.Standard))
            self._say(here, self.dcat.distribution, address)
        if item.map_layer:
            address = self.iri(self.question.link(item.map_layer))
            self._distribution(address, f"{item.title} als GeoJSON", item.licence(), "GEOJSON", "application/geo+json")
            self._say(address, self.dcat.accessService, self._at("/ogc/v1"))
            self._say(address, self.dct.conformsTo, self._typed(self.iri(_GEOJSON), self.dct.Standard))
            self._say(here, self.dcat.distribution, address)
        return here

    def _dataset(self, here: Any, key: str, source: str, themes: Iterable[str]) -> None:
        """What DCAT-AP-NL asks of a dataset of figures or borders."""
        self._say(
            here, self.dct.creator, self._agent(self._at(f"/data/catalogus#{_slug(source)}"), source.split(",")[0].split(":")[0])
        )
        self._described(here, key, themes, "ANNUAL", "/methoden")
        self._say(here, self.dct.conformsTo, self._typed(self.iri(_CODES), self.dct.Standard))

    def _described(self, here: Any, key: str, themes: Iterable[str], every: str, page: str) -> None:
        """What DCAT-AP-NL asks of every dataset."""
        self._say(here, self.dct.identifier, self.literal(key))
        self._public(here)
        self._say(here, self.dcat.theme, *(self._theme(theme) for theme in dict.fromkeys(themes)))
        self._say(here, self.dct.language, self._language())
        self._say(here, self.dct.accrualPeriodicity, self._typed(self.iri(f"{EU}/frequency/{every}"), self.dct.Frequency))
        self._say(here, self.dct.spatial, self._typed(self.iri(f"{EU}/country/NLD"), self.dct.Location))
        self._say(here, self.dcat.landingPage, self._typed(here, self.foaf.Document))
        self._say(here, self.foaf.page, self._typed(self._at(page), self.foaf.Document))

    def _public(self, here: Any) -> None:
        rights = self._typed(self.iri(f"{EU}/access-right/PUBLIC"), self.dct.RightsStatement)
        self._say(here, self.dct.accessRights, rights)
        self._say(here, self.dcat.contactPoint, self.contact)
        self._say(here, self.dct.publisher, self.publisher)

    def _distribution(self, here: Any, title: str, licence: str, kind: str, media: str) -> None:
        self._say(here, self.rdf.type, self.dcat.Distribution)
        self._say(here, self.dct.title, self._text(self._marked(title)))
        self._say(here, self.dcat.accessURL, here)
        self._say(here, self.dcat.downloadURL, here)
        self._say(here, self.dct.license, self._licence(licence))
        self._say(here, self.dct.language, self._language())
        self._say(here, self.dct["format"], self._typed(self.iri(f"{EU}/file-type/{kind}"), self.dct.MediaTypeOrExtent))
        self._say(here, self.dcat.mediaType, self._typed(self.iri(f"{IANA}/{media}"), self.dct.MediaType))

    def _service(self, path: str, title: str, text: str, description: str, served: list[Any]) -> Any:
        here = self._at(path)
        self._named(here, self.dcat.DataService, title, text)
        self._public(here)
        self._say(here, self.dct.creator, self.publisher)
        self._say(here, self.dct.identifier, self.literal(path.strip("/").replace("/", "-")))
        self._say(here, self.dcat.endpointURL, here)
        self._say(here, self.dcat.endpointDescription, self._at(description))
        self._say(here, self.dct.license, self._licence("CC BY 4.0"))
        self._say(here, self.dcat.theme, self._theme("SOCI"), self._theme("REGI"))
        self._say(here, self.dct.language, self._language())
        self._say(here, self.dcat.servesDataset, *served)
        self._say(here, self.dcat.landingPage, self._typed(self._at("/data"), self.foaf.Document))
        self._say(here, self.foaf.page, self._typed(self._at("/data/api"), self.foaf.Document))
        standard = _API_RULES if "api" in path else "http://www.opengis.net/doc/IS/ogcapi-features-1/1.0"
        self._say(here, self.dct.conformsTo, self._typed(self.iri(standard), self.dct.Standard))
        self._say(here, self.dcat.keyword, self._text("leefbaarheid"))
        return here

    def _named(self, here: Any, kind: Any, title: str, text: str) -> None:
        self._say(here, self.rdf.type, kind)
        self._say(here, self.dct.title, self._text(self._marked(title)))
        self._say(here, self.dct.description, self._text(self._marked(text)))
        if kind == self.dcat.Catalog:
            self._say(here, self.dct.publisher, self.publisher)
            self._say(here, self.dct.creator, self.publisher)
            self._say(here, self.dcat.contactPoint, self.contact)

    def _publisher(self) -> Any:
        code = settings.VLIEGWIEL_PROVINCE
        name = provinces().get(code)
        if name is None:
            return self._agent(self._at("/data/catalogus#uitgever"), self._marked("Vliegwiel"))
        return self._agent(self.iri(f"https://identifier.overheid.nl/tooi/id/provincie/{code.lower()}"), f"Provincie {name}")

    def _agent(self, here: Any, name: str) -> Any:
        self._say(here, self.foaf.name, self._text(name))
        return self._typed(here, self.foaf.Agent)

    def _contact(self) -> Any:
        here, asked = self._at("/data/catalogus#contact"), settings.VLIEGWIEL_API_CONTACT
        self._say(here, self.vcard.fn, self._text(asked["name"]))
        self._say(here, self.vcard.hasEmail, self.iri(f"mailto:{asked['email']}"))
        self._say(here, self.vcard.hasURL, self.iri(asked["url"]))
        return self._typed(here, self.vcard.Kind)

    def _theme(self, key: str) -> Any:
        found = self._concept(f"{EU}/data-theme/{key}", _THEME_NAMES[key])
        self._say(found, self.skos.inScheme, self._scheme())
        return found

    def _scheme(self) -> Any:
        here = self._typed(self.iri(f"{EU}/data-theme"), self.skos.ConceptScheme)
        self._say(here, self.dct.title, self._text("Thema’s van Europese gegevens"))
        return here

    def _concept(self, address: str, label: str) -> Any:
        here = self._typed(self.iri(address), self.skos.Concept)
        self._say(here, self.skos.prefLabel, self._text(label))
        return here

    def _licence(self, name: str) -> Any:
        return self._typed(self.iri(_LICENCES.get(name, _UNKNOWN_LICENCE)), self.dct.LicenseDocument)

    def _language(self) -> Any:
        return self._typed(self.iri(f"{EU}/language/NLD"), self.dct.LinguisticSystem)

    def _span(self, start: date, end: date) -> Any:
        from rdflib import BNode

        here = BNode()
        self._say(here, self.rdf.type, self.dct.PeriodOfTime)
        self._say(here, self.dcat.startDate, self._day(start))
        self._say(here, self.dcat.endDate, self._day(end))
        return here

    def _checksum(self, of: Any, digest: str) -> None:
        from rdflib import BNode

        here = BNode()
        self._say(of, self.spdx.checksum, here)
        self._say(here, self.rdf.type, self.spdx.Checksum)
        self._say(here, self.spdx.algorithm, self._typed(self.spdx.checksumAlgorithm_sha256, self.spdx.ChecksumAlgorithm))
        self._say(here, self.spdx.checksumValue, self.literal(digest, datatype=self.xsd.hexBinary))

    def _typed(self, here: Any, kind: Any) -> Any:
        self._say(here, self.rdf.type, kind)
        return here

    def _say(self, subject: Any, predicate: Any, *objects: Any) -> None:
        for item in objects:
            self.graph.add((subject, predicate, item))

    def _at(self, path: str) -> Any:
        return self.iri(self.question.link(path))

    def _text(self, text: str) -> Any:
        return self.literal(text, lang="nl")

    def _day(self, day: date) -> Any:
        return self.literal(day.isoformat(), datatype=self.xsd.date)

    def _marked(self, text: str) -> str:
        return f"{text} {MADE_UP}" if self.made_up else text


def _slug(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.split(",")[0].split(":")[0].lower()).strip("-")
