"""What may not change without anybody seeing it: the words of a locked scale, and what an id means from wave to wave."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from vliegwiel.catalogue.locked_scales import LockedScale, locked_scales
from vliegwiel.catalogue.questionnaires import questionnaires
from vliegwiel.see.fieldwork.document import Document, Item, item_of, opened


def items_of(scale: LockedScale) -> tuple[Item, ...]:
    """The questions of a locked scale as they are asked, word for word."""
    return tuple(item_of({**record, "scale": scale.key}) for record in scale.items)


def example(key: str) -> Document:
    """A questionnaire of the catalogue to begin with; raises KeyError for one that is not there."""
    record = questionnaires()[key]
    pages = [
        {
            **page,
            "items": [
                item
                for given in page["items"]
                for item in ([one.plain() for one in items_of(locked_scales()[given["fixed"]])] if "fixed" in given else [given])
            ],
        }
        for page in record["pages"]
    ]
    return opened({**record, "pages": pages})


def locked_problems(document: Document) -> list[str]:
    """Where words, answers or order of a locked scale are not those of the scale, with the reason why that matters."""
    return [*_pieces(document), *_borrowed(document)]


def _pieces(document: Document) -> Iterator[str]:
    for key in dict.fromkeys(item.scale for item in document if item.scale):
        scale = locked_scales().get(key)
        if scale is None:
            yield _("De schaal ‘{key}’ kennen we niet. Kies uit de lijst van vaste schalen.").format(key=key)
            continue
        wanted = {item.id: item for item in items_of(scale)}
        mine = [item for item in document if item.scale == key]
        for item in mine:
            if item.id in wanted and _words(item) != _words(wanted[item.id]):
                yield _changed(item.id, scale.name, scale.source)
        if [item.id for item in mine] != list(wanted):
            yield _("{name} ({source}) is alleen geldig in zijn geheel. Vraag alle {count} vragen, in de vaste volgorde.").format(
                name=scale.name, source=scale.source, count=len(wanted)
            )
        if any(item.show_if is not None for item in mine):
            yield _("{name}: stel deze vragen aan iedereen. Een voorwaarde maakt de score onvergelijkbaar.").format(
                name=scale.name
            )
        on = [page.id for page in document.pages if any(item.scale == key for item in page.items)]
        if len(on) > 1:
            yield _("{name}: zet alle vragen op hetzelfde blad.").format(name=scale.name)


def _borrowed(document: Document) -> Iterator[str]:
    """A question under the id of a locked one, without its lock: it would be taken for the scale."""
    owned = {item.id: (item, scale) for scale in locked_scales().values() for item in items_of(scale)}
    for item in document:
        if not item.scale and item.id in owned:
            wanted, scale = owned[item.id]
            if _words(item) != _words(wanted):
                yield _changed(item.id, scale.name, scale.source)


def _changed(name: str, scale: str, source: str) -> str:
    return _(
        "{id}: deze vraag hoort bij {scale} ({source}). Met andere woorden meet zij iets anders. Zet de vaste woorden terug, "
        "of geef de vraag een ander nummer."
    ).format(id=name, scale=scale, source=source)


def _words(item: Item) -> dict[str, object]:
    return {**item.meaning, "hint": item.hint}


def changes_since(document: Document, before: Iterable[Document]) -> list[str]:
    """Where an id that was in the field before now means something else: another kind of answer is refused, other words ask for a reason.

    `before` are the versions that were in the field, the newest first.
    """
    known: dict[str, Item] = {}
    for version in before:
        for item in version:
            known.setdefault(item.id, item)
    return [text for item in document if item.id in known for text in _against(item, known[item.id])]


def _against(item: Item, before: Item) -> Iterator[str]:
    if (item.kind, item.low, item.high) != (before.kind, before.low, before.high):
        yield _("{id}: dit was een ander soort vraag. Een andere vraag krijgt een ander nummer.").format(id=item.id)
    elif moved := [key for key, name in before.options if dict(item.options).get(key, name) != name]:
        if not item.changed.strip():
            yield _("{id}: antwoord {key} had andere woorden. Geef het een nieuwe code, of zeg waarom het anders is.").format(
                id=item.id, key=moved[0]
            )
    elif item.meaning != before.meaning and not item.changed.strip():
        yield _("{id}: deze woorden zijn anders dan eerst. Zeg waarom: de reeks breekt hier.").format(id=item.id)
