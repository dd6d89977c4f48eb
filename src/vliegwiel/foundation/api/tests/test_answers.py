"""One way of asking and answering for every API of the house."""

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory

from vliegwiel.foundation.api.formats import CSV, JSON, JSON_STAT, NotOffered, chosen
from vliegwiel.foundation.api.parameters import InvalidQuestion, Parameter, read
from vliegwiel.foundation.api.problems import ApiAnswers

YEAR = Parameter("jaar", {"type": "integer", "minimum": 2000}, "")
KIND = Parameter("niveau", {"type": "string", "enum": ["buurt", "wijk"], "default": "wijk"}, "")
MANY = Parameter("namen", {"type": "array", "items": {"type": "string", "minLength": 1}}, "")


def test_values_are_read_by_their_kind_and_defaults_filled_in() -> None:
    assert read(QueryDict("jaar=2024&namen=a,b"), (YEAR, KIND, MANY)) == {"jaar": 2024, "niveau": "wijk", "namen": ["a", "b"]}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        read(QueryDict("jaar=1999&niveau=straat&jaaar=1&namen=a&namen=b"), (YEAR, KIND, MANY))
    assert [item.name for item in refused.value.wrong] == ["jaaar", "jaar", "niveau", "namen"]
    assert "2000 of hoger" in refused.value.wrong[1].reason


def test_a_sign_that_no_database_holds_is_refused_in_a_value_and_names_nothing_in_an_address() -> None:
    with pytest.raises(InvalidQuestion, match="jaar"):
        read(QueryDict("jaar=%00"), (Parameter("jaar", {"type": "string"}, ""),))
    answer = ApiAnswers(lambda request: HttpResponse())(RequestFactory().get("/api/v1/voorzieningen/%00"))
    assert answer.status_code == 404


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(InvalidQuestion, match="jaar"):
        read(QueryDict(""), (Parameter("jaar", {"type": "integer"}, "", required=True),))


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", JSON),
        ("text/csv", CSV),
        ("text/*", CSV),
        ("application/json-stat", JSON_STAT),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("application/json;q=0.5, text/csv", CSV),
    ],
)
def test_the_form_follows_from_what_is_accepted(accept: str, form: object) -> None:
    assert chosen(RequestFactory().get("/", headers={"accept": accept}), (JSON, CSV, JSON_STAT)) is form


def test_the_word_in_the_address_goes_before_what_is_accepted() -> None:
    assert chosen(RequestFactory().get("/", headers={"accept": "application/json"}), (JSON, CSV), "csv") is CSV


def test_a_form_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotOffered, match="text/csv"):
        chosen(RequestFactory().get("/", headers={"accept": "image/png"}), (JSON, CSV))


def test_an_unforeseen_fault_says_nothing_about_our_program(settings: object) -> None:
    def broken(_request: HttpRequest) -> HttpResponse:
        raise AssertionError

    answer = ApiAnswers(broken).process_exception(RequestFactory().get("/api/v1/gebieden"), ValueError("secret path"))
    assert answer is not None
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (500, "application/problem+json", "no-store")
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_an_answer_carries_version_open_door_and_safe_headers() -> None:
    answer = Client().get("/api/v1/openapi.json", secure=True)
    assert answer.json()["info"]["version"] == answer["API-Version"] == "1.1.0"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/gebieden/", "/api/v1", "/api/v2/gebieden", "/api/v1/gebieden.csv", "/ogc/v1/"])
def test_an_address_that_is_not_there_is_no_page_but_a_problem(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"], answer["API-Version"]) == (404, "application/problem+json", "1.1.0")


@pytest.mark.django_db
def test_one_may_only_read_and_a_browser_of_another_site_may_ask() -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)("/api/v1/gebieden")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer["Content-Type"] == "application/problem+json"
    asked = Client().options("/api/v1/gebieden")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
