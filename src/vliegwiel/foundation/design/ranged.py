"""A file answered by range (RFC 9110), as a map reads its tiles: strong ETag, never compressed on the way."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(request: HttpRequest, path: Path, *, etag: str, content_type: str) -> HttpResponseBase:
    """Answer GET and HEAD: 200 whole, 206 one range, 304 when the reader has it, 416 when the range lies outside the file.

    `etag` (without quotes) must change when the file does; the address should too, because readers may keep the answer a year. More
    than one range, or an If-Range with another tag, gives the whole file, as the standard allows.
    """
    quoted = f'"{etag}"'
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    whole = request.headers.get("If-Range", quoted) != quoted
    response: HttpResponseBase
    if quoted in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
        response = HttpResponse(status=304)
    elif asked is None or whole or not (asked[1] or asked[2]):
        response = FileResponse(path.open("rb"), content_type=content_type)
    else:
        first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first >= size or (asked[1] and asked[2] and int(asked[2]) < first) or (not asked[1] and int(asked[2]) == 0):
            response = HttpResponse(status=416, content_type=content_type)
            response.headers["Content-Range"] = f"bytes */{size}"
        else:
            with path.open("rb") as file:
                file.seek(first)
                response = HttpResponse(file.read(last - first + 1), status=206, content_type=content_type)
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["ETag"] = quoted
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Encoding"] = "identity"
    return response
