"""The schemas of figures and indicators in the description of the API."""

from typing import Any

from vliegwiel.foundation.api.paging import links_schema
from vliegwiel.kernel.figure import Missing

_REASON = {
    "type": ["string", "null"],
    "enum": [reason.value for reason in Missing] + [None],
    "description": "Waarom er geen cijfer is.",
}
_VALUE = {"type": ["number", "null"], "description": "Het cijfer, of leeg als er een reden is."}
_MARGIN = {
    "type": ["array", "null"],
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
    "description": "Onder- en bovengrens, als de bron die geeft.",
}
_MADE_UP = {"type": "string", "description": "Staat er als het cijfer verzonnen is."}
_SHARED: dict[str, Any] = {
    "indicator": {"type": "string", "description": "De sleutel van de indicator."},
    "naam": {"type": "string"},
    "periode": {"type": "string", "description": "Waarover het cijfer gaat."},
    "eenheid": {"type": "string"},
    "status": {"type": ["string", "null"], "description": "Voorlopig of definitief, volgens de bron."},
    "soort": {"type": "string", "description": "Register, enquête of model."},
    "berekend": {"type": "boolean", "description": "Of wij het cijfer uit andere cijfers hebben berekend."},
    "levering": {"type": ["string", "null"], "description": "De levering waar het cijfer uit komt."},
    "bron": {"type": "string"},
    "licentie": {"type": "string"},
    "opmerking": {"type": "string", "description": "Wat u bij dit cijfer moet weten, bijvoorbeeld dat het geen marge heeft."},
    "letOp": _MADE_UP,
}
FIGURE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Een cijfer van een gebied.",
    "required": ["indicator", "periode", "waarde", "reden"],
    "properties": {
        **_SHARED,
        "waarde": _VALUE,
        "reden": _REASON,
        "toelichting": {"type": ["string", "null"], "description": "De reden in een zin."},
        "marge": _MARGIN,
    },
}
FIGURES_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["titel", "jaar", "niveau", "cijfer", "redenen", "totaal", "links", "resultaten"],
    "properties": {
        "titel": {"type": "string"},
        "jaar": {"type": "integer"},
        "niveau": {"type": "string"},
        "cijfer": {"type": "object", "description": "Wat voor alle gebieden hetzelfde is.", "properties": _SHARED},
        "redenen": {
            "type": "object",
            "description": "Elke reden in een zin.",
            "additionalProperties": {"type": "string"},
        },
        "totaal": {"type": "integer"},
        "links": links_schema(),
        "letOp": _MADE_UP,
        "resultaten": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["gebiedscode", "gebied", "waarde", "reden"],
                "properties": {
                    "gebiedscode": {"type": "string"},
                    "gebied": {"type": "string"},
                    "waarde": _VALUE,
                    "reden": _REASON,
                    "marge": _MARGIN,
                },
            },
        },
    },
}
PROFILE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["gebied", "cijfers"],
    "properties": {
        "gebied": {"$ref": "#/components/schemas/Gebied"},
        "cijfers": {"type": "array", "items": {"$ref": "#/components/schemas/Cijfer"}},
        "letOp": _MADE_UP,
    },
}
INDICATOR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["sleutel", "naam", "thema", "eenheid", "methode", "bron", "licentie", "perioden"],
    "properties": {
        "sleutel": {"type": "string"},
        "naam": {"type": "string"},
        "thema": {"type": "string"},
        "eenheid": {"type": "string"},
        "decimalen": {"type": "integer", "description": "Met hoeveel decimalen we het cijfer tonen."},
        "bereik": {"type": "array", "items": {"type": "number"}, "description": "Tussen welke waarden het cijfer moet liggen."},
        "richting": {"type": "string", "description": "Of hoger beter is, lager beter, of geen van beide."},
        "optelling": {"type": "string", "description": "Hoe gebieden samen worden genomen."},
        "soort": {"type": "string", "description": "Register, enquête of model."},
        "berekend": {"type": "boolean"},
        "methode": {"type": "string"},
        "letOpBij": {"type": ["string", "null"], "description": "Waar u op moet letten."},
        "sdgs": {"type": "array", "items": {"type": "integer"}},
        "bron": {"type": "string"},
        "licentie": {"type": "string"},
        "perioden": {
            "type": "object",
            "description": "Per jaar van de gebieden: de perioden waarvan er cijfers zijn.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}
_SUMMARY: dict[str, Any] = {
    "id": {"type": "string"},
    "tabel": {"type": "string", "description": "De naam van de tabel bij de bron."},
    "titel": {"type": "string"},
    "bron": {"type": "string"},
    "licentie": {"type": "string"},
    "jaar": {"type": "integer", "description": "Het jaar van de gebieden."},
    "gepubliceerd": {"type": "string", "format": "date"},
    "ingelezen": {"type": "string", "format": "date-time"},
    "status": {"type": "string"},
    "aantalGebieden": {"type": "integer"},
    "aantalIndicatoren": {"type": "integer"},
    "bestandsnaam": {"type": "string", "description": "Het bestand zoals de bron het gaf."},
    "hash": {"type": "string", "description": "SHA-256 van het Parquet-bestand."},
    "letOp": _MADE_UP,
    "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
}
RELEASE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "tabel", "titel", "bron", "licentie", "jaar", "status", "hash"],
    "properties": {
        **_SUMMARY,
        "kolommen": {
            "type": "array",
            "description": "Wat er in de levering zit.",
            "items": {
                "type": "object",
                "required": ["indicator", "periode"],
                "properties": {
                    "indicator": {"type": "string"},
                    "periode": {"type": "string"},
                    "kolomVanBron": {"type": "string"},
                    "bekend": {"type": "integer"},
                    "zonderCijfer": {"type": "integer"},
                },
            },
        },
        "statuscodes": {
            "type": "object",
            "description": "Wat de getallen in de statuskolommen van het Parquet-bestand betekenen.",
            "additionalProperties": {"type": "string"},
        },
    },
}
