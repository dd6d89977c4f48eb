"""A questionnaire as data: pages with questions, each under an id that stays the same over waves; and what is wrong with one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Block, Form, Kind, Option, Question
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid

KINDS = {
    "choice": Kind.SINGLE,
    "several": Kind.MULTIPLE,
    "scale": Kind.SCALE,
    "yes_no": Kind.YES_NO,
    "number": Kind.NUMBER,
    "date": Kind.DATE,
    "text": Kind.LONG_TEXT,
}
#: Columns that fieldwork writes itself.
OWN_COLUMNS = ("nummer", "gewicht", "kanaal", "seconden", "alles_hetzelfde")
#: What was known of people before they were asked; a questionnaire may ask a municipality itself when nothing was known.
AREA, STRATUM, AGE = "gemeente", "stratum", "leeftijdsgroep"
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEY = re.compile(r"[A-Za-z0-9_]{1,20}")
_MUNICIPALITY = re.compile(r"GM\d{4}")
_MOST_ITEMS, _MOST_OPTIONS, _MOST_STEPS = 200, 400, 11


@dataclass(frozen=True)
class Item:
    """One question (*vraag*): `id` is its column in every wave. `show_if` is a condition of the rulebook on other ids. `background`: used
    to split by. `cut`: below it a score counts as insufficient. `scale` names the locked scale it is part of. `changed` says why words
    under an id that was asked before are different: the series breaks there. A row of a `grid` (*matrixvraag*: rows with one scale) is a
    question of its own, in the words of `lead` and `row` together; a row with other words stands alone."""

    id: str
    kind: str
    text: str
    hint: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    low: int = 1
    high: int = 10
    low_name: str = ""
    high_name: str = ""
    cut: int | None = None
    background: bool = False
    show_if: Mapping[str, Any] | None = None
    scale: str = ""
    changed: str = ""
    grid: str = ""
    lead: str = ""
    row: str = ""

    def asked(self) -> Question:
        """As the room of questions draws and reads it."""
        return Question(
            self.id, KINDS[self.kind], self.text, hint=self.hint, required=self.required,
            options=tuple(Option(key, name) for key, name in self.options), show_if=self.show_if, low=self.low, high=self.high,
            low_name=self.low_name, high_name=self.high_name, longest=2000 if self.kind == "text" else 0,
        )  # fmt: skip

    @property
    def meaning(self) -> dict[str, Any]:
        """All that makes an answer mean what it means: the same under one id in every wave."""
        mine = self.plain()
        return {name: mine[name] for name in ("kind", "text", "options", "low", "high", "low_name", "high_name") if name in mine}

    def plain(self) -> dict[str, Any]:
        """As JSON, without what says nothing."""
        record = asdict(self)
        record["options"] = [list(pair) for pair in self.options]
        wanted = {"choice": ("options",), "several": ("options",), "scale": ("low", "high", "low_name", "high_name", "cut")}
        beside = {"options", "low", "high", "low_name", "high_name", "cut"} - set(wanted.get(self.kind, ()))
        return {
            name: value
            for name, value in record.items()
            if name not in beside and (name in ("low", "high") or value not in ("", None, False, []))
        }


@dataclass(frozen=True)
class Page:
    """Questions that stand together (*blad*), with a word before them. `theme`: only asked in waves that take this theme."""

    id: str
    title: str
    intro: str = ""
    theme: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole questionnaire (*vragenlijst*): what people read first and last, and its pages."""

    title: str
    intro: str = ""
    thanks: str = ""
    pages: tuple[Page, ...] = field(default=())

    def __iter__(self) -> Iterator[Item]:
        return (item for page in self.pages for item in page.items)

    def item(self, name: str) -> Item | None:
        """The question with this id."""
        return next((item for item in self if item.id == name), None)

    def page(self, name: str) -> Page | None:
        """The page with this id."""
        return next((page for page in self.pages if page.id == name), None)

    @property
    def themes(self) -> list[str]:
        """The rotating themes, in their order."""
        return list(dict.fromkeys(page.theme for page in self.pages if page.theme))

    def with_themes(self, themes: list[str]) -> "Document":
        """What is asked in a wave with these themes: the core always, of the rest only these."""
        return replace(self, pages=tuple(page for page in self.pages if not page.theme or page.theme in themes))

    def form(self) -> Form:
        """As the room of questions draws it: one page a block."""
        return Form(
            tuple(Block(page.id, page.title, tuple(item.asked() for item in page.items), intro=page.intro) for page in self.pages)
        )

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        pages = [
            {
                **{name: value for name in ("id", "title", "intro", "theme") if (value := getattr(page, name))},
                "items": [item.plain() for item in page.items],
            }
            for page in self.pages
        ]
        return {"title": self.title, "intro": self.intro, "thanks": self.thanks, "pages": pages}

    @property
    def hash(self) -> str:
        """SHA-256 of every word of it."""
        return content_hash(self.plain())


def opened(record: Any) -> Document:
    """A questionnaire from JSON. Raises NotValid for what is no questionnaire; what it asks is judged by `problems_of`."""
    try:
        pages = tuple(_page(one) for one in record["pages"])
        texts = {name: str(record.get(name, "")) for name in ("title", "intro", "thanks")}
        return Document(**texts, pages=pages)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotValid(_("Dit is geen vragenlijst. Er horen bladen met vragen in te staan."), code="no-questionnaire") from error


def _page(record: Mapping[str, Any]) -> Page:
    words = {name: str(record.get(name, "")) for name in ("id", "title", "intro", "theme")}
    return Page(**words, items=tuple(item_of(one) for one in record.get("items", ())))


def item_of(record: Mapping[str, Any]) -> Item:
    """A question from JSON; raises TypeError, KeyError or ValueError for what is none."""
    texts: dict[str, Any] = {
        name: str(record.get(name, ""))
        for name in ("id", "kind", "text", "hint", "low_name", "high_name", "scale", "changed", "grid", "lead", "row")
    }
    whole: dict[str, Any] = {name: int(record[name]) for name in ("low", "high", "cut") if record.get(name) is not None}
    return Item(
        **texts,
        **whole,
        required=record.get("required") is True,
        background=record.get("background") is True,
        options=tuple((str(key), str(name)) for key, name in record.get("options", ())),
        show_if=dict(record["show_if"]) if record.get("show_if") else None,
    )


def row_text(lead: str, row: str) -> str:
    """What is asked in a row of a grid, as a question that can be read alone.

    >>> row_text("Hoe tevreden bent u?", "De winkels"), row_text("Hoe tevreden bent u met", "de winkels")
    ('Hoe tevreden bent u? De winkels', 'Hoe tevreden bent u met: de winkels')
    """
    return f"{lead}{' ' if lead.endswith(('?', ':', '.', '…')) else ': '}{row}" if lead else row


def problems_of(document: Document) -> list[str]:
    """What must be mended before it can be asked: one sentence each, with the question it is about."""
    found = [] if document.title.strip() else [_("Geef de vragenlijst een naam.")]
    items = list(document)
    if not items:
        found.append(_("Er staat nog geen vraag in. Voeg er een toe."))
    if len(items) > _MOST_ITEMS:
        found.append(_("Dit zijn {count} vragen. Meer dan {most} past niet.").format(count=len(items), most=_MOST_ITEMS))
    names = [item.id for item in items]
    found += [
        _("Het nummer ‘{id}’ staat bij twee vragen. Geef elke vraag een eigen nummer.").format(id=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    pages = [page.id for page in document.pages]
    if len(set(pages)) != len(pages):
        found.append(_("Twee bladen hebben hetzelfde nummer. Geef elk blad een eigen nummer."))
    earlier: dict[str, Item] = {}
    for item in items:
        found += [f"{item.id or '?'}: {text}" for text in _wrong(item, earlier, set(names))]
        earlier[item.id] = item
    taken = {f"{item.id}_{key}": item.id for item in items if item.kind == "several" for key, _name in item.options}
    found += [
        _("{id}: zo heet al een antwoord van de vraag {other}. Kies een ander nummer.").format(id=name, other=taken[name])
        for name in names
        if name in taken
    ]
    return found


def _wrong(item: Item, earlier: Mapping[str, Item], names: set[str]) -> Iterator[str]:
    if not _ID.fullmatch(item.id):
        yield _("Gebruik voor het nummer kleine letters, cijfers en _, met een letter voorop.")
    if item.id in (*OWN_COLUMNS, STRATUM, AGE):
        yield _("Deze naam gebruiken wij zelf in het bestand. Kies een andere.")
    if item.kind not in KINDS:
        yield _("Deze soort vraag kennen we niet.")
        return
    if not item.text.strip():
        yield _("Schrijf op wat u vraagt.")
    if len(item.text) > 500 or len(item.hint) > 1000:
        yield _("Maak de vraag of de uitleg korter.")
    if item.kind in ("choice", "several"):
        yield from _wrong_options(item)
    if item.kind == "scale":
        if not 1 < item.high - item.low + 1 <= _MOST_STEPS or item.low < 0:
            yield _("Een schaal loopt van 0 of hoger en heeft twee tot elf stappen.")
        elif item.cut is not None and not item.low < item.cut <= item.high:
            yield _("De grens van onvoldoende ligt buiten de schaal.")
    if item.show_if is not None:
        yield from _wrong_condition(item.show_if, earlier, names)


def _wrong_options(item: Item) -> Iterator[str]:
    keys, words = [key for key, _name in item.options], [" ".join(name.split()).casefold() for _key, name in item.options]
    if not 2 <= len(keys) <= _MOST_OPTIONS:
        yield _("Geef ten minste twee antwoorden om uit te kiezen.")
    if len(set(keys)) != len(keys) or not all(_KEY.fullmatch(key) for key in keys):
        yield _("Elk antwoord heeft een eigen code van letters en cijfers.")
    if len(set(words)) != len(words) or "" in words:
        yield _("Twee antwoorden hebben dezelfde woorden, of een antwoord is leeg.")
    if item.id == AREA and not all(_MUNICIPALITY.fullmatch(key) for key in keys):
        yield _("De codes van gemeenten zijn die van het CBS, zoals GM1876.")


def _wrong_condition(condition: Any, earlier: Mapping[str, Item], names: set[str]) -> Iterator[str]:
    if not isinstance(condition, Mapping) or not condition:
        yield _("De voorwaarde klopt niet.")
        return
    for word in ("all", "any"):
        if word in condition:
            parts = condition[word]
            for part in parts if isinstance(parts, list) else [None]:
                yield from _wrong_condition(part, earlier, names)
            return
    if "not" in condition:
        yield from _wrong_condition(condition["not"], earlier, names)
        return
    of = str(condition.get("fact", ""))
    if of not in earlier:
        said = (
            _("De voorwaarde gaat over ‘{id}’. Die vraag komt later. Zet haar eerder.")
            if of in names
            else _("De voorwaarde gaat over ‘{id}’. Die vraag is er niet.")
        )
        yield said.format(id=of)
        return
    rest = {name: value for name, value in condition.items() if name != "fact"}
    if len(rest) != 1 or not _fits(earlier[of], *next(iter(rest.items()))):
        yield _("De voorwaarde past niet bij de antwoorden van ‘{id}’.").format(id=of)


def _fits(item: Item, operator: str, wanted: Any) -> bool:
    keys = {key for key, _name in item.options}
    if item.kind == "choice":
        return (operator == "is" and wanted in keys) or (
            operator == "one_of" and isinstance(wanted, list) and bool(wanted) and set(map(str, wanted)) <= keys
        )
    if item.kind == "several":
        return operator == "has" and wanted in keys
    if item.kind == "yes_no":
        return operator == "is" and isinstance(wanted, bool)
    numeric = isinstance(wanted, int | float) and not isinstance(wanted, bool)
    return item.kind in ("scale", "number") and numeric and operator in ("is", "at_least", "at_most", "more_than", "less_than")
