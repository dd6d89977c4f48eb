"""The questions that the APIs answer, for people: made from the same description that programs read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.foundation.api.description import described
from vliegwiel.foundation.api.services import Service


def api_page_of(services: Callable[[], tuple[Service, ...]]) -> Callable[[HttpRequest], HttpResponse]:
    """`/data/api` for the services of this installation; which those are is known where everything is composed."""

    def api_page(request: HttpRequest) -> HttpResponse:
        found = [_readable(service, request.build_absolute_uri(service.root)) for service in services()]
        context = {"services": found, "contact": settings.VLIEGWIEL_API_CONTACT}
        return render(request, "see/monitor/pages/api/page.html", context)

    return api_page


def _readable(service: Service, root: str) -> dict[str, Any]:
    document = described(service, root)
    questions = []
    for address, methods in document["paths"].items():
        operation = methods["get"]
        questions.append(
            {
                "key": f"{service.root.strip('/').replace('/', '-')}-{operation['operationId']}",
                "address": address,
                "summary": operation["summary"],
                "description": operation["description"],
                "parameters": [_parameter(item) for item in operation["parameters"]],
                "forms": list(operation["responses"]["200"]["content"]),
            }
        )
    info = document["info"]
    return {
        "root": service.root,
        "title": info["title"],
        "paragraphs": info["description"].split("\n\n"),
        "version": info["version"],
        "questions": questions,
    }


def _parameter(item: dict[str, Any]) -> dict[str, Any]:
    schema = item["schema"]
    choices = schema.get("enum", [])
    return {
        "name": item["name"],
        "description": item["description"],
        "required": item["required"],
        "choices": ", ".join(map(str, choices)),
        "default": schema.get("default"),
    }
