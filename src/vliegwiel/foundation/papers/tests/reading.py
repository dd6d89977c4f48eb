"""What a screen reader makes of a tagged PDF: the tags in their order, each with its own text, found without the typesetter."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tag:
    """A tag with its kind, the text directly in it, how deep it lies, and its attributes."""

    kind: str
    text: str
    depth: int
    attributes: dict[str, Any]


def read_aloud(pdf: bytes) -> list[Tag]:
    """Every tag in reading order."""
    reader = PdfReader(BytesIO(pdf))
    texts = {page.indirect_reference.idnum: _marked(page) for page in reader.pages if page.indirect_reference}
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return list(_walk(root["/K"], None, texts, 0))


def words(pdf: bytes) -> str:
    """All text in reading order, with single spaces."""
    return " ".join(" ".join(tag.text for tag in read_aloud(pdf)).split())


def loose_text(pdf: bytes) -> list[str]:
    """Text on a page that is in no tag and is not marked as decoration either: nobody would hear it."""
    found: list[str] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        open_marks: list[bool] = []

        def before(operator: bytes, operands: Any, _cm: Any, _tm: Any, marks: list[bool] = open_marks) -> None:
            if operator in (b"BDC", b"BMC"):
                marks.append(True)
            elif operator == b"EMC" and marks:
                marks.pop()

        def text(part: str, *_rest: Any, marks: list[bool] = open_marks) -> None:
            if part.strip() and not marks:
                found.append(part)

        page.extract_text(visitor_operand_before=before, visitor_text=text)
    return found


def _marked(page: Any) -> dict[int, str]:
    """The text per marked-content number of one page."""
    from pypdf.generic import ContentStream

    fonts = {name: _decoder(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    decode: Any = None
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            number = properties.get("/MCID") if isinstance(properties, dict) else None
            stack.append(int(number) if number is not None else None)
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            decode = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            number = next((item for item in reversed(stack) if item is not None), None)
            pieces = operands[0] if operator == b"TJ" else operands
            text = "".join(decode(piece) for piece in pieces if not isinstance(piece, int | float))
            if number is not None:
                found[number] = found.get(number, "") + text
    return found


def _decoder(font: Any) -> Any:
    """From the codes of a font to text, by its own table: a font without one cannot be read aloud."""
    import re

    table = font["/ToUnicode"].get_data().decode("latin-1")
    codes: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            codes[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for place in range(int(last, 16) - int(first, 16) + 1):
                codes[int(first, 16) + place] = chr(int.from_bytes(bytes.fromhex(text), "big") + place)

    def decode(piece: Any) -> str:
        raw = piece.original_bytes if hasattr(piece, "original_bytes") else bytes(piece)
        return "".join(codes[int.from_bytes(raw[start : start + 2], "big")] for start in range(0, len(raw), 2))

    return decode


def _walk(node: Any, page: Any, texts: dict[int, dict[int, str]], depth: int) -> Iterator[Tag]:
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, page, texts, depth)
        return
    tag = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(tag, list):
        yield from _walk(tag, page, texts, depth)
    elif isinstance(tag, int):
        yield Tag("", texts[page].get(tag, ""), depth, {})
    elif tag.get("/Type") == "/MCR":
        yield Tag("", texts[tag.raw_get("/Pg").idnum if "/Pg" in tag else page].get(int(tag["/MCID"]), ""), depth, {})
    elif "/S" in tag:
        here = tag.raw_get("/Pg").idnum if "/Pg" in tag else page
        found = tag.get("/A", {})
        attributes = found.get_object() if hasattr(found, "get_object") else found
        merged = {
            key: value for item in (attributes if isinstance(attributes, list) else [attributes]) for key, value in item.items()
        }
        yield Tag(tag["/S"].removeprefix("/"), "", depth, merged)
        yield from _walk(tag.get("/K", []), here, texts, depth + 1)
