"""A service: the questions it answers, their addresses, and the one way in which every question is handled."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, patch_vary_headers

from vliegwiel.foundation.api.formats import JSON, Format, chosen
from vliegwiel.foundation.api.parameters import Parameter, read
from vliegwiel.foundation.api.problems import problem

#: How long a copy may be used without asking again, in seconds. A withdrawn release must be gone soon.
FRESH = 60


@dataclass(frozen=True)
class Question:
    """A question that is written as documented: its values (query and path), the form of the answer, and where it came in."""

    request: HttpRequest
    values: Mapping[str, Any]
    format: Format

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def link(self, address: str, **query: Any) -> str:
        """A full address on this site; what is None is left out."""
        asked = urlencode({key: value for key, value in query.items() if value is not None}, safe=",:/")
        return self.request.build_absolute_uri(f"{address}?{asked}" if asked else address)

    def same(self, **changes: Any) -> str:
        """This question with other values."""
        return self.link(self.request.path, **{**self.request.GET.dict(), **changes})


@dataclass(frozen=True)
class Answer:
    """What goes out: plain values for JSON, text or bytes for another form; headers; the name when it is saved as a file."""

    content: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""


@dataclass(frozen=True)
class Operation:
    """One question (GET) that a service answers.

    `address` is below the root of the service; `schema` describes the JSON answer. The root itself is not `public`: OpenAPI can
    only write it with a slash behind it. `faults`: statuses that only this question has.
    """

    address: str
    key: str
    summary: str
    description: str
    answer: Callable[[Question], Answer]
    schema: Mapping[str, Any]
    tag: str
    parameters: tuple[Parameter, ...] = ()
    formats: tuple[Format, ...] = (JSON,)
    example: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    public: bool = True
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Service:
    """An API: its root, what it is, and its operations. `stamp` changes whenever an answer may change."""

    root: str
    title: str
    description: str
    version: str
    stamp: Callable[[], object]
    operations: Sequence[Operation]
    tags: Mapping[str, str]
    schemas: Mapping[str, Any] = field(default_factory=dict)

    def urls(self) -> list[URLPattern]:
        """The addresses for Django; an address with a slash behind it is not among them."""
        return [path(_django(self.root + operation.address), _view(self, operation)) for operation in self.operations]

    def tag_of(self, question: Question) -> str:
        """ETag: what is loaded, the question, the form and the version of the service, as a hash."""
        asked = sorted(question.request.GET.items())
        parts = [
            self.stamp(),
            question.request.build_absolute_uri(question.request.path),
            asked,
            question.format.key,
            self.version,
        ]
        return f'"{hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32]}"'


def _view(service: Service, operation: Operation) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Allow"] = response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            return response
        if request.method not in ("GET", "HEAD"):
            response = problem(request, 405)
            response["Allow"] = "GET, HEAD, OPTIONS"
            return response
        values = read(request.GET, operation.parameters)
        question = Question(request, {**values, **names}, chosen(request, operation.formats, values.get("formaat")))
        tag = service.tag_of(question)
        unchanged = get_conditional_response(request, etag=tag)
        response = unchanged or _response(question, operation.answer(question))
        response["ETag"] = tag
        response["Cache-Control"] = f"public, max-age={FRESH}"
        patch_vary_headers(response, ["Accept"])
        return response

    return view


def _response(question: Question, answer: Answer) -> HttpResponse:
    content = answer.content
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    response = HttpResponse(content, content_type=question.format.content_type, headers=dict(answer.headers))
    if answer.file_name:
        response["Content-Disposition"] = f'inline; filename="{answer.file_name}.{question.format.ending}"'
    return response


def _django(address: str) -> str:
    return address.lstrip("/").replace("{", "<str:").replace("}", ">")
