"""`/data/catalogus`: the data catalogue for machines, as Turtle, JSON-LD or RDF/XML."""

from vliegwiel.foundation.api.formats import Format
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.problems import VERSION
from vliegwiel.foundation.api.services import Answer, Operation, Question, Service
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.monitor.catalogue_rdf import catalogue

TURTLE = Format("turtle", "text/turtle", ending="ttl")
JSON_LD = Format("json-ld", "application/ld+json", ("application/json",), "jsonld")
RDF_XML = Format("rdf-xml", "application/rdf+xml", ("application/xml",), "rdf")
FORMATS = (TURTLE, JSON_LD, RDF_XML)
_WRITERS = {TURTLE: "turtle", JSON_LD: "json-ld", RDF_XML: "xml"}


def _catalogue(question: Question) -> Answer:
    return Answer(catalogue(question).serialize(format=_WRITERS[question.format]), file_name="catalogus")


SERVICE = Service(
    root="/data/catalogus",
    title="De gegevenscatalogus",
    description="Alle open gegevens van deze installatie, beschreven met DCAT-AP-NL 3.0.",
    version=VERSION,
    stamp=lambda: (areas.stamp(), figures.stamp()),
    operations=(
        Operation(
            "",
            "catalogus",
            "De gegevenscatalogus",
            "Alle open gegevens van deze installatie, beschreven met DCAT-AP-NL 3.0.",
            _catalogue,
            {"type": "object"},
            "Catalogus",
            (
                Parameter(
                    "formaat",
                    {"type": "string", "enum": [item.key for item in FORMATS]},
                    "De vorm, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
                ),
            ),
            FORMATS,
        ),
    ),
    tags={"Catalogus": "De gegevenscatalogus voor machines."},
)
