"""Changes to a questionnaire as a form asks them: each gives a new document, and judges nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from vliegwiel.catalogue.locked_scales import locked_scales
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.fieldwork.document import Document, Item, Page
from vliegwiel.see.fieldwork.steady import items_of


def changed(document: Document, given: Mapping[str, str]) -> Document:
    """The document after the act in `doe`: the question in `wat` or the page in `blad` moved (`omhoog`, `omlaag`) or taken out (`weg`), a
    locked scale added or taken out as a whole. Raises NotValid for another act."""
    act, name, page = given.get("doe", ""), given.get("wat", ""), given.get("blad", "")
    if act == "schaal":
        return with_scale(document, given.get("schaal", ""), page)
    if act == "schaal-weg":
        return _each(document, lambda items: tuple(item for item in items if not name or item.scale != name))
    step = {"omhoog": -1, "omlaag": 1}.get(act, 0)
    if act == "weg":
        if page:
            return replace(document, pages=tuple(one for one in document.pages if one.id != page))
        return _each(document, lambda items: tuple(item for item in items if item.id != name))
    if step:
        return _page_moved(document, page, step) if page else _moved(document, name, step)
    raise NotValid(_("Deze wijziging kennen we niet."), code="no-act")


def with_item(document: Document, page: str, item: Item, before: str = "") -> Document:
    """With a question in place of the one called `before`, or at the end of a page."""
    if before:
        return _each(document, lambda items: tuple(item if one.id == before else one for one in items))
    pages = tuple(replace(one, items=(*one.items, item)) if one.id == page else one for one in document.pages)
    return replace(document, pages=pages)


def with_page(document: Document, page: Page, before: str = "") -> Document:
    """With a page in place of the one called `before` (its questions stay), or at the end."""
    if before:
        return replace(
            document, pages=tuple(replace(page, items=one.items) if one.id == before else one for one in document.pages)
        )
    return replace(document, pages=(*document.pages, page))


def with_scale(document: Document, key: str, page: str) -> Document:
    """With all questions of a locked scale at the end of a page."""
    scale = locked_scales().get(key)
    if scale is None or document.page(page) is None:
        raise NotValid(_("Kies een vaste schaal en een blad."), code="no-scale")
    pages = tuple(replace(one, items=(*one.items, *items_of(scale))) if one.id == page else one for one in document.pages)
    return replace(document, pages=pages)


def _each(document: Document, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Document:
    return replace(document, pages=tuple(replace(page, items=change(page.items)) for page in document.pages))


def _page_moved(document: Document, name: str, step: int) -> Document:
    pages = list(document.pages)
    at = next((place for place, page in enumerate(pages) if page.id == name), None)
    if at is not None:
        pages.insert(max(0, at + step), pages.pop(at))
    return replace(document, pages=tuple(pages))


def _moved(document: Document, name: str, step: int) -> Document:
    """A question one place up or down on its page, and then over the edge of it."""
    pages = list(document.pages)
    for number, page in enumerate(pages):
        place = next((place for place, item in enumerate(page.items) if item.id == name), None)
        if place is None:
            continue
        items = list(page.items)
        item = items.pop(place)
        if 0 <= place + step <= len(items):
            items.insert(place + step, item)
            pages[number] = replace(page, items=tuple(items))
        elif 0 <= number + step < len(pages):
            other = pages[number + step]
            pages[number] = replace(page, items=tuple(items))
            pages[number + step] = replace(other, items=(*other.items, item) if step < 0 else (item, *other.items))
        break
    return replace(document, pages=tuple(pages))
