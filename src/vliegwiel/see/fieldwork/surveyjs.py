"""SurveyJS JSON in and out. What we cannot ask is named, one line each; nothing is left out in silence."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.locked_scales import locked_scales
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.fieldwork.document import Document, Item, Page, row_text
from vliegwiel.see.fieldwork.steady import items_of

_LARGEST = 2_000_000
#: Properties that only say how something looks: named together.
_LOOKS = {"width", "minWidth", "maxWidth", "startWithNewLine", "showQuestionNumbers", "logo", "logoPosition",
           "colCount", "renderAs", "questionsOnPageMode", "showProgressBar", "progressBarType", "widthMode", "headerView", "rateType",
           "rateCount", "autoGenerate", "displayMode", "size", "rows", "autoGrow", "questionTitleLocation", "titleLocation",
           "completeText", "pageNextText", "pagePrevText", "startSurveyText", "firstPageIsStarted", "placeholder"}  # fmt: skip
_SURVEY = {"title", "description", "pages", "elements", "completedHtml", "locale"}
_PAGE = {"title", "description", "elements", "vliegwielTheme"}
_QUESTION = {
    "title",
    "description",
    "isRequired",
    "visibleIf",
    "vliegwielBackground",
    "vliegwielCut",
    "vliegwielChanged",
    "vliegwielScale",
}
_MORE = {
    "radiogroup": {"choices"}, "dropdown": {"choices"}, "checkbox": {"choices"}, "boolean": set(),
    "rating": {"rateMin", "rateMax", "minRateDescription", "maxRateDescription"}, "comment": set(), "text": {"inputType"},
    "html": {"html"}, "matrix": {"columns", "rows", "cellType", "isAllRowRequired", "eachRowRequired"},
}  # fmt: skip
_TERM = re.compile(
    r"\{(?P<of>[A-Za-z]\w*(?:\.[\w -]+)?)\}\s*"
    r"(?P<how>=|==|>=|<=|>|<|contains|anyof|notempty)\s*(?P<what>'[^']*'|\"[^\"]*\"|\[[^\]]*\]|-?\d+|true|false)?"
)
_ORDERS = {">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Read:
    """What came of a SurveyJS file: the questionnaire, and a sentence for everything in it that we do not ask."""

    document: Document
    left_out: tuple[str, ...]


def read_surveyjs(text: str) -> Read:
    """A questionnaire from SurveyJS JSON. Raises NotValid for what is no such JSON, or too large."""
    if len(text) > _LARGEST:
        raise NotValid(_("Dit bestand is te groot voor een vragenlijst."), code="too-large")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotValid(_("Dit is geen JSON. Bewaar de vragenlijst in SurveyJS opnieuw als JSON."), code="no-json") from error
    if not isinstance(record, dict) or not isinstance(record.get("pages", record.get("elements")), list):
        raise NotValid(_("Dit is geen vragenlijst van SurveyJS. Er horen bladen (pages) in te staan."), code="no-survey")
    left: list[str] = [*_looks(record), *_unknown(_("de vragenlijst"), record, _SURVEY)]
    pages, names, named = [], dict[str, str](), dict[str, str]()
    raw_pages = record["pages"] if "pages" in record else [{"name": "blad1", "elements": record["elements"]}]
    for place, raw in enumerate(raw_pages, 1):
        if not isinstance(raw, dict):
            left.append(_("blad {place}: geen blad.").format(place=place))
            continue
        name = _named(str(raw.get("name") or f"blad{place}"), named)
        left += _unknown(_("blad {name}").format(name=name), raw, _PAGE)
        items, intro = [], [_plain(raw.get("description", ""))]
        for element in raw.get("elements") or []:
            found = _element(element, names, left) if isinstance(element, dict) else []
            if not isinstance(found, str):
                items += found
            else:
                intro.append(found)
                if items:
                    left.append(_("{name}: deze tekst staat hier boven het blad.").format(name=element.get("name", "html")))
        pages.append(
            Page(
                name,
                _plain(raw.get("title", "")),
                "\n".join(filter(None, intro)),
                str(raw.get("vliegwielTheme", "")),
                tuple(items),
            )
        )
    document = Document(
        _plain(record.get("title", "")),
        _plain(record.get("description", "")),
        _plain(record.get("completedHtml", "")),
        tuple(pages),
    )
    return Read(_settled(document, names), tuple(left))


def _element(raw: Mapping[str, Any], names: dict[str, str], left: list[str]) -> list[Item] | str:
    """Questions, or an intro; nothing for what we cannot ask: then it was named."""
    kind, called = str(raw.get("type", "")), str(raw.get("name", "?"))
    if kind not in _MORE:
        left.append(_("{name}: de soort ‘{kind}’ kennen we niet. Deze vraag is niet overgenomen.").format(name=called, kind=kind))
        return []
    left += _unknown(called, raw, _QUESTION | _MORE[kind])
    if kind == "html":
        left += (
            [] if not raw.get("visibleIf") else [_("{name}: een voorwaarde bij een tekst kennen we niet.").format(name=called)]
        )
        return _plain(raw.get("html", ""))
    if kind == "matrix" and raw.get("rows"):
        return _rows(raw, called, names, left)
    name = _named(called, names)
    if name != called:
        left.append(_("{old}: heet hier {new}.").format(old=called, new=name))
    item = _answered(_asked(raw, name, called, left), raw, kind, called, left)
    return [item] if item else []


def _asked(raw: Mapping[str, Any], name: str, called: str, left: list[str]) -> Item:
    """What all kinds of questions have."""
    return Item(
        name, "text", _plain(raw.get("title", "")) or called, hint=_plain(raw.get("description", "")),
        required=raw.get("isRequired") is True, background=raw.get("vliegwielBackground") is True,
        cut=raw["vliegwielCut"] if isinstance(raw.get("vliegwielCut"), int) else None, changed=str(raw.get("vliegwielChanged", "")),
        scale=str(raw.get("vliegwielScale", "")), show_if=_condition(raw.get("visibleIf"), called, left),
    )  # fmt: skip


def _rows(raw: Mapping[str, Any], called: str, names: dict[str, str], left: list[str]) -> list[Item]:
    """A matrix: each row is a question with the same answers, under an id that is made of the names of matrix and row."""
    if raw.get("cellType", "radio") != "radio":
        left.append(_("{name}: meer antwoorden per rij kennen we niet. Deze vraag is niet overgenomen.").format(name=called))
        return []
    every = raw.get("isAllRowRequired") is True or raw.get("eachRowRequired") is True
    if raw.get("isRequired") is True and not every:
        left.append(_("{name}: was verplicht voor ten minste één rij. Hier mag elke rij leeg.").format(name=called))
    grid = _plain_id(called)
    lead, options = _plain(raw.get("title", "")) or called, tuple(_choices(raw.get("columns"), called, left))
    first = replace(_asked(raw, grid, called, left), kind="choice", required=every, options=options, grid=grid, lead=lead)
    found: list[Item] = []
    for row in raw["rows"] if isinstance(raw["rows"], list) else []:
        key, words = (row.get("value"), row.get("text", row.get("value"))) if isinstance(row, dict) else (row, row)
        if isinstance(row, dict) and (more := sorted(row.keys() - {"value", "text"})):
            left.append(_("{name}, rij {key}: {what} kennen we niet.").format(name=called, key=key, what=", ".join(more)))
        name = _named(f"{called}.{key}", names)
        if name != f"{called}_{key}":
            left.append(_("{old}: heet hier {new}.").format(old=f"{called}.{key}", new=name))
        text = _plain(words)
        found.append(replace(first, id=name, row=text, text=row_text(lead, text), hint=first.hint if not found else ""))
    return found


def _answered(item: Item, raw: Mapping[str, Any], kind: str, called: str, left: list[str]) -> Item | None:
    """The question with how people answer it; None for a scale that we cannot ask."""
    if kind in ("radiogroup", "dropdown", "checkbox", "matrix"):
        options = tuple(_choices(raw.get("columns" if kind == "matrix" else "choices"), called, left))
        return replace(item, kind="several" if kind == "checkbox" else "choice", options=options)
    if kind == "rating":
        low, high = raw.get("rateMin", 1), raw.get("rateMax", 5)
        if not isinstance(low, int) or not isinstance(high, int):
            left.append(_("{name}: de schaal heeft geen gehele getallen. Deze vraag is niet overgenomen.").format(name=called))
            return None
        ends: dict[str, Any] = {
            "low_name": _plain(raw.get("minRateDescription", "")),
            "high_name": _plain(raw.get("maxRateDescription", "")),
        }
        return replace(item, kind="scale", low=low, high=high, **ends)
    if kind == "boolean":
        return replace(item, kind="yes_no")
    if kind == "text":
        typed = str(raw.get("inputType", "text"))
        if typed not in ("text", "number", "date"):
            left.append(
                _("{name}: de soort invoer ‘{kind}’ kennen we niet. Het is een gewone tekst.").format(name=called, kind=typed)
            )
        return replace(item, kind={"number": "number", "date": "date"}.get(typed, "text"))
    return item


def _choices(raw: Any, name: str, left: list[str]) -> Iterator[tuple[str, str]]:
    for one in raw if isinstance(raw, list) else []:
        key, words = (one.get("value"), one.get("text", one.get("value"))) if isinstance(one, dict) else (one, one)
        if isinstance(one, dict) and (more := sorted(one.keys() - {"value", "text"})):
            left.append(_("{name}, antwoord {key}: {what} kennen we niet.").format(name=name, key=key, what=", ".join(more)))
        plain = re.sub(r"\W+", "_", str(key).strip(), flags=re.ASCII).strip("_")[:20] or "x"
        if plain != str(key):
            left.append(_("{name}: antwoord ‘{old}’ heeft hier de code {new}.").format(name=name, old=key, new=plain))
        yield plain, _plain(words)


def _condition(raw: Any, name: str, left: list[str]) -> dict[str, Any] | None:
    """Comparisons joined by `and` or by `or`; anything else is named."""
    if not raw:
        return None
    text = str(raw).strip()
    word, key = (" or ", "any") if " or " in text else (" and ", "all")
    parts = [_term(part.strip()) for part in text.split(word)]
    found = [part for part in parts if part is not None]
    if len(found) == len(parts):
        return {key: found} if len(found) > 1 else found[0]
    left.append(
        _("{name}: de voorwaarde ‘{text}’ kunnen we niet lezen. De vraag staat er voor iedereen.").format(
            name=name, text=text[:120]
        )
    )
    return None


def _term(text: str) -> dict[str, Any] | None:
    match = _TERM.fullmatch(text)
    if match is None or match["what"] is None:
        return None
    how, what = match["how"], match["what"]
    if what.startswith("["):
        values = [part.strip().strip("'\"") for part in what[1:-1].split(",") if part.strip()]
        return {"fact": match["of"], "one_of": values} if how == "anyof" else None
    value: Any = what[1:-1] if what[0] in "'\"" else what == "true" if what in ("true", "false") else int(what)
    if how in _ORDERS:
        return {"fact": match["of"], _ORDERS[how]: int(value)} if str(value).lstrip("-").isdecimal() else None
    if how == "contains":
        return {"fact": match["of"], "has": str(value)}
    return {"fact": match["of"], "is": value} if how in ("=", "==") else None


def _settled(document: Document, names: Mapping[str, str]) -> Document:
    """Conditions by the ids that questions have here, with values in the kind of the question they look at; a question that is a locked
    scale word for word gets its lock."""
    kinds = {item.id: item.kind for item in document}
    locks = {item.id: item for scale in locked_scales().values() for item in items_of(scale)}

    def fitted(condition: Any) -> Any:
        if isinstance(condition, list):
            return [fitted(part) for part in condition]
        if "fact" not in condition:
            return {key: fitted(part) for key, part in condition.items()}
        condition = {**condition, "fact": names.get(str(condition["fact"]), condition["fact"])}
        of, wanted = kinds.get(str(condition["fact"])), condition.get("is")
        if of == "choice" and wanted is not None:
            return {**condition, "is": str(wanted)}
        return {**condition, "is": int(wanted)} if of in ("scale", "number") and str(wanted).isdecimal() else condition

    pages = []
    for page in document.pages:
        items = [replace(item, show_if=fitted(item.show_if)) if item.show_if else item for item in page.items]
        items = [
            locks[item.id] if not item.scale and item.id in locks and item.meaning == locks[item.id].meaning else item
            for item in items
        ]
        pages.append(replace(page, items=tuple(items)))
    return replace(document, pages=tuple(pages))


def _plain_id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9_]+", "_", name.strip().lower()).strip("_")[:38] or "vraag"
    return plain if plain[0].isalpha() else f"v{plain}"


def _named(name: str, names: dict[str, str]) -> str:
    """An id for what SurveyJS calls `name`, not one that is taken; kept in `names`."""
    plain = _plain_id(name)
    found, number = plain, 2
    while found in names.values():
        found, number = f"{plain[:36]}_{number}", number + 1
    names[name] = found
    return found


def _unknown(where: str, raw: Mapping[str, Any], known: set[str]) -> list[str]:
    beside = known | _LOOKS | {"name", "type"}
    return [_("{where}: {what} kennen we niet.").format(where=where, what=name) for name in raw if name not in beside]


def _looks(record: Any) -> list[str]:
    found = sorted(_all_names(record) & _LOOKS)
    return [_("Hoe het eruitziet nemen we niet over: {what}.").format(what=", ".join(found))] if found else []


def _all_names(record: Any) -> set[str]:
    parts = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    own = set(record) if isinstance(record, dict) else set()
    if isinstance(record, dict) and record.get("type") == "matrix":
        own -= {"rows"}
    return own.union(*(_all_names(part) for part in parts))


def _plain(raw: Any) -> str:
    """A text without marks; of many languages the Dutch or the usual one."""
    if isinstance(raw, dict):
        raw = raw.get("nl") or raw.get("default") or ""
    return " ".join(_TAGS.sub(" ", str(raw)).split())


def to_surveyjs(document: Document) -> dict[str, Any]:
    """The whole questionnaire as SurveyJS JSON. What SurveyJS does not know goes along under names that begin with vliegwiel."""
    grids: dict[str, list[Item]] = {}
    called: dict[str, str] = {}
    parts: list[tuple[Page, list[list[Item]]]] = []
    for page in document.pages:
        together = [list(run) for _shape, run in groupby(page.items, _shape_of)]
        for run in together:
            if run[0].grid and _is_grid(run) and grids.setdefault(run[0].grid, run) is run:
                called |= {item.id: f"{item.grid}.{item.id.removeprefix(f'{item.grid}_')}" for item in run}
        parts.append((page, together))
    pages = [
        {
            "name": page.id,
            **_filled(title=page.title, description=page.intro, vliegwielTheme=page.theme),
            "elements": [
                element
                for run in together
                for element in ([_grid_out(run, called)] if run[0].id in called else [_out(item, called) for item in run])
            ],
        }
        for page, together in parts
    ]
    return {
        **_filled(title=document.title, description=document.intro, completedHtml=document.thanks),
        "locale": "nl",
        "pages": pages,
    }


def _shape_of(item: Item) -> tuple[Any, ...]:
    """What rows of one matrix have in common; of another question its id."""
    if not item.grid or item.kind != "choice" or item.scale or item.text != row_text(item.lead, item.row):
        return (item.id,)
    return (item.grid, item.lead, item.options, item.required, item.show_if, item.background, item.changed)


def _is_grid(run: Sequence[Item]) -> bool:
    """Whether these questions can be said as one matrix and come back the same."""
    return (
        len(_shape_of(run[0])) > 1
        and all(item.id.startswith(f"{item.grid}_") for item in run)
        and not any(item.hint for item in run[1:])
    )


def _grid_out(run: Sequence[Item], called: Mapping[str, str]) -> dict[str, Any]:
    first = run[0]
    found = {**_out(first, called), "type": "matrix", "name": first.grid, "title": first.lead}
    found["columns"] = found.pop("choices")
    found["rows"] = [{"value": called[item.id].removeprefix(f"{item.grid}."), "text": item.row} for item in run]
    if found.pop("isRequired", False):
        found["isAllRowRequired"] = True
    return found


def _out(item: Item, called: Mapping[str, str]) -> dict[str, Any]:
    kinds = {"choice": "radiogroup", "several": "checkbox", "scale": "rating", "yes_no": "boolean", "text": "comment"}
    found: dict[str, Any] = {"type": kinds.get(item.kind, "text"), "name": item.id, "title": item.text}
    found |= _filled(
        description=item.hint, isRequired=item.required, visibleIf=_written(item.show_if, called) if item.show_if else "",
        vliegwielBackground=item.background, vliegwielCut=item.cut, vliegwielChanged=item.changed, vliegwielScale=item.scale,
    )  # fmt: skip
    if item.kind in ("choice", "several"):
        found["choices"] = [{"value": key, "text": name} for key, name in item.options]
    if item.kind == "scale":
        found |= {"rateMin": item.low, "rateMax": item.high}
        found |= _filled(minRateDescription=item.low_name, maxRateDescription=item.high_name)
    if item.kind in ("number", "date"):
        found["inputType"] = item.kind
    return found


def _written(condition: Mapping[str, Any], called: Mapping[str, str]) -> str:
    for key, word in (("all", " and "), ("any", " or ")):
        if key in condition:
            nested = ("all", "any")
            return word.join(
                f"({_written(one, called)})" if any(part in one for part in nested) else _written(one, called)
                for one in condition[key]
            )
    if "not" in condition:
        return f"!({_written(condition['not'], called)})"
    of = f"{{{called.get(condition['fact'], condition['fact'])}}}"
    how, wanted = next((name, value) for name, value in condition.items() if name != "fact")
    if how == "one_of":
        return f"{of} anyof [{', '.join(repr(str(value)) for value in wanted)}]"
    signs = {"is": "=", "has": "contains", "at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
    value = str(wanted).lower() if isinstance(wanted, bool) else repr(wanted) if isinstance(wanted, str) else str(wanted)
    return f"{of} {signs[how]} {value}"


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, False)}
