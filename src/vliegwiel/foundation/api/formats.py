"""The forms in which an answer can be given, and which one was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from vliegwiel.kernel.errors import Refusal


@dataclass(frozen=True)
class Format:
    """A form of an answer: the word for `formaat=`, its media type, other names for it, and the ending of a saved file."""

    key: str
    media_type: str
    aliases: tuple[str, ...] = ()
    ending: str = ""
    text: bool = True

    @property
    def content_type(self) -> str:
        """What the answer says it is. JSON is UTF-8 by its own standard."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


JSON = Format("json", "application/json", ending="json")
CSV = Format("csv", "text/csv", ending="csv")
JSON_STAT = Format("json-stat", "application/vnd.json-stat+json", ("application/json-stat", "application/json-stat+json"), "json")
PARQUET = Format("parquet", "application/vnd.apache.parquet", ("application/x-parquet",), "parquet", text=False)
GEOJSON = Format("geojson", "application/geo+json", ("application/json",), "geojson")
OPENAPI = Format("openapi", "application/vnd.oai.openapi+json", ("application/json",), "json")


class NotOffered(Refusal):
    """None of the forms asked for is offered (HTTP 406)."""

    code = "not-offered"


def chosen(request: HttpRequest, formats: Sequence[Format], word: str | None = None) -> Format:
    """The form asked for: by `formaat=` when given, otherwise by Accept; the first one when all are welcome. Raises NotOffered."""
    if word:
        found = next((item for item in formats if item.key == word), None)
        if found is not None:
            return found
    if "Accept" not in request.headers:
        return formats[0]
    by_type = {name: item for item in reversed(formats) for name in (*item.aliases, item.media_type)}
    offered = [name for item in formats for name in (item.media_type, *item.aliases)]
    preferred = request.get_preferred_type(offered)
    if preferred is None:
        message = f"Deze vorm hebben we hier niet. U kunt kiezen uit: {', '.join(item.media_type for item in formats)}."
        raise NotOffered(message)
    return by_type[preferred]
