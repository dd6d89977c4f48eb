"""The description of a service as OpenAPI 3.1, made from the same records that handle its questions."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from vliegwiel.foundation.api.formats import JSON, Format
from vliegwiel.foundation.api.problems import MEDIA_TYPE, SCHEMA
from vliegwiel.foundation.api.services import Answer, Operation, Question, Service

_HEADERS = {
    "API-Version": ("De volledige versie van deze API.", {"type": "string"}),
    "ETag": ("Verandert als het antwoord verandert. Stuur hem terug in If-None-Match.", {"type": "string"}),
    "Cache-Control": ("Hoelang u een kopie mag gebruiken.", {"type": "string"}),
}
_FAULTS = {
    "400": "De vraag klopt niet. Alles wat niet klopt, staat er in één keer.",
    "404": "Dit bestaat niet.",
    "406": "Deze vorm hebben we niet.",
    "410": "Dit is ingetrokken; het antwoord zegt wanneer en waarom.",
    "500": "Er ging bij ons iets mis.",
}


def described(service: Service, root: str) -> dict[str, Any]:
    """The whole document; `root` is the full address of the service."""
    paths: dict[str, Any] = {}
    for operation in service.operations:
        if operation.public:
            paths[operation.address] = {"get": _operation(operation)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": service.title,
            "version": service.version,
            "description": service.description,
            "contact": settings.VLIEGWIEL_API_CONTACT,
            "license": {"name": "Cijfers en grenzen: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.nl"},
        },
        "servers": [{"url": root, "description": "Deze installatie"}],
        "tags": [{"name": name, "description": text} for name, text in service.tags.items()],
        "paths": paths,
        "components": {
            "schemas": {"Fout": SCHEMA, **service.schemas},
            "headers": {name: _header(text, schema) for name, (text, schema) in _HEADERS.items()},
            "responses": {f"Fout{status}": _fault(text) for status, text in _FAULTS.items()},
        },
    }


def description_operation(service_of: Callable[[], Service], address: str = "/openapi.json", form: Format = JSON) -> Operation:
    """The operation that gives the description itself; `service_of()` gives the service it belongs to."""

    def answer(question: Question) -> Answer:
        service = service_of()
        return Answer(described(service, question.link(service.root)))

    return Operation(
        address=address,
        key="beschrijving",
        summary="De beschrijving van deze API",
        description="De beschrijving in OpenAPI 3.1, zonder inloggen en vanaf elke website te lezen.",
        answer=answer,
        schema={"type": "object"},
        tag="Over deze API",
        formats=(form,),
    )


def _operation(operation: Operation) -> dict[str, Any]:
    faults = ["400", "406", "500"] + (["404"] if "{" in operation.address or operation.parameters else [])
    faults += list(operation.faults)
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    own = {name: _header(text, {"type": "string"}) for name, text in operation.headers.items()}
    return {
        "operationId": operation.key,
        "summary": operation.summary,
        "description": operation.description,
        "tags": [operation.tag],
        "parameters": [parameter.documented() for parameter in operation.parameters],
        "responses": {
            "200": {"description": operation.summary, "headers": {**headers, **own}, "content": _content(operation)},
            "304": {"description": "Er is niets veranderd sinds uw vorige vraag.", "headers": headers},
            **{status: {"$ref": f"#/components/responses/Fout{status}"} for status in sorted(faults)},
        },
    }


def _content(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in operation.formats:
        own = item.key == "json-stat" or (item.key == "geojson" and len(operation.formats) > 1)
        structured = item.media_type.endswith("json") and not own
        schema = operation.schema if structured else {"type": "object"} if own else {"type": "string"}
        found[item.media_type] = {"schema": schema}
        if structured and operation.example is not None:
            found[item.media_type]["example"] = operation.example
    return found


def _header(text: str, schema: dict[str, str]) -> dict[str, Any]:
    return {"description": text, "schema": schema}


def _fault(text: str) -> dict[str, Any]:
    header = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    return {"description": text, "headers": header, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Fout"}}}}
