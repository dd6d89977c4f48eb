"""Whatever is asked, the API answers as it describes itself: no fault of ours, nothing undocumented."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from vliegwiel.entry.api import FEATURES, SERVICE
from vliegwiel.foundation.api.services import Service
from vliegwiel.see.figures.api import FORMATS

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
MANY = settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ASKED = [(service, item) for service in (SERVICE, FEATURES) for item in service.operations if item.public]
RIGHT = [(service, item.address, GenerationMode.POSITIVE) for service, item in ASKED]
WRONG = [
    (service, item.address, GenerationMode.NEGATIVE)
    for service, item in ASKED
    if any(parameter.where == "query" for parameter in item.parameters)
]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("service", "address", "mode"), RIGHT + WRONG, ids=lambda item: getattr(item, "root", getattr(item, "value", item))
)
def test_every_question_is_answered_as_described(service: Service, address: str, mode: GenerationMode) -> None:
    description = service.root + ("/api" if service is FEATURES else "/openapi.json")
    operation = schemathesis.openapi.from_wsgi(description, get_wsgi_application())[address]["GET"]

    @MANY
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=CHECKED)

    ask()


GOOD: list[tuple[Service, str, dict[str, str], dict[str, object]]] = [
    (SERVICE, "/gebieden", {}, {"niveau": "buurt", "binnen": "GM1876", "naam": "veldhoek", "paginaGrootte": 1}),
    (SERVICE, "/gebieden/{code}", {"code": "BU18760002"}, {"jaar": 2024}),
    (SERVICE, "/gebieden/{code}/cijfers", {"code": "PV25"}, {}),
    (SERVICE, "/indicatoren", {}, {"pagina": 2, "paginaGrootte": 5}),
    (SERVICE, "/indicatoren/{sleutel}", {"sleutel": "aandeel-65-plus"}, {}),
    (SERVICE, "/leveringen", {}, {}),
    (FEATURES, "/collections/{collectionId}", {"collectionId": "buurten-2024"}, {}),
    (FEATURES, "/collections/{collectionId}/items", {"collectionId": "buurten-2024"}, {"limit": 1}),
    (FEATURES, "/collections/{collectionId}/items/{featureId}", {"collectionId": "buurten-2024", "featureId": "BU18760002"}, {}),
] + [(SERVICE, "/cijfers", {}, {"indicator": "afstand-huisarts", "niveau": "buurt", "formaat": item.key}) for item in FORMATS]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("service", "address", "path", "query"), GOOD, ids=lambda item: item if isinstance(item, str) else None)
def test_a_good_question_gets_the_answer_that_is_described(
    service: Service, address: str, path: dict[str, str], query: dict[str, object]
) -> None:
    description = service.root + ("/api" if service is FEATURES else "/openapi.json")
    operation = schemathesis.openapi.from_wsgi(description, get_wsgi_application())[address]["GET"]
    answer = operation.Case(path_parameters=path, query=query).call_and_validate(
        headers={"Accept-Encoding": "identity"}, checks=CHECKED[:-1]
    )
    assert answer.status_code == 200
