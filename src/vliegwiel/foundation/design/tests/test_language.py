"""A page speaks the language that the reader asks for, out of what is offered."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from vliegwiel.foundation.design.language import ChooseLanguage


@pytest.fixture(autouse=True)
def afterwards_dutch() -> Any:
    with translation.override("nl"):
        yield


def answer(asked: str) -> HttpResponse:
    def spoken(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    return ChooseLanguage(spoken)(RequestFactory().get("/", headers={"Accept-Language": asked}))


def test_with_one_language_everybody_gets_dutch_and_the_answer_does_not_vary() -> None:
    response = answer("en")
    assert (response.content, response.headers["Content-Language"]) == (b"nl", "nl")
    assert "Vary" not in response.headers


@pytest.mark.parametrize(("asked", "spoken"), [("en-GB,en;q=0.9", "en"), ("nl-BE", "nl"), ("fr", "nl")])
def test_with_two_languages_the_reader_chooses_and_the_answer_varies(settings: Any, asked: str, spoken: str) -> None:
    settings.LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
    response = answer(asked)
    assert response.content.decode() == spoken
    assert response.headers["Vary"] == "Accept-Language"
