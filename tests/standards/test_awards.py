"""The register of subsidies as awards is valid by the schema of the 360Giving standard, as its makers published it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from tests.requirements import STANDARDS
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.register import queries
from vliegwiel.support.register.tests.given import an_entry

pytestmark = [pytest.mark.standards, pytest.mark.django_db]
FOLDER = STANDARDS / "360giving"
FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def is_a_moment(value: object) -> bool:
    """A moment (RFC 3339) has a time; the schema tells it apart from a date by this."""
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


@pytest.fixture
def package(settings: Any) -> Iterator[dict[str, Any]]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    an_entry(1)
    an_entry(2, organisation="", organisation_number="")
    an_entry(3, title=("Zo lang als een titel maar zijn kan. " * 4)[:120], organisation_number="")
    queries.stamp.forget()
    with clock.at(datetime(2026, 4, 8, 9, tzinfo=UTC)):
        yield Client().get("/subsidieregister/360giving.json").json()
    queries.stamp.forget()


def validator() -> Draft202012Validator:
    grant = json.loads((FOLDER / "360-giving-schema.json").read_text(encoding="utf-8"))
    whole = json.loads((FOLDER / "360-giving-package-schema.json").read_text(encoding="utf-8"))
    for schema in (grant, whole):  # published with http and with https: one dialect
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    resource = Resource.from_contents(grant)
    registry: Any = Registry().with_resources(
        [(whole["properties"]["grants"]["items"]["$ref"], resource), (grant["$id"], resource)]
    )
    return Draft202012Validator(whole, registry=registry, format_checker=FORMATS)


def test_the_package_is_valid(package: dict[str, Any]) -> None:
    assert [error.message for error in validator().iter_errors(package)] == []
    assert len(package["grants"]) == 3
    assert all(len(grant["title"]) < 140 for grant in package["grants"])
    assert all("VERZONNEN VOORBEELD" in grant["title"] for grant in package["grants"])


def test_the_schema_refuses_an_award_without_amount(package: dict[str, Any]) -> None:
    del package["grants"][0]["amountAwarded"]
    assert list(validator().iter_errors(package))


def test_no_resident_is_named(package: dict[str, Any]) -> None:
    assert [grant["recipientIndividual"]["name"] for grant in package["grants"] if "recipientIndividual" in grant] == [
        "particulier"
    ]
