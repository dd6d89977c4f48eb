"""The words of public texts: which are plain, which are explained, and which are neither. `python -m tests.words` lists the last.

A word is plain when it stands in `catalogue/plain_words.yml`; another one has to be explained in `catalogue/glossary.yml`, and is then
linked to it by itself. What is neither is a fault: write it plainer, explain it, or decide that everybody knows it.
"""

import ast
import html
import re
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.requirements import ROOT
from vliegwiel.catalogue import frames, indices, plain, reader
from vliegwiel.kernel.figure import Missing

SOURCE = ROOT / "src" / "vliegwiel"
#: Where texts for everybody are written. Pages for who works here may use the words of their trade.
PUBLIC = (
    "entry/composition.py",
    "foundation/design",
    "foundation/people/pages/sign_in",
    "foundation/people/pages/shell.html",
    "see/areas/history.py",
    "see/areas/rules.py",
    "see/areas/sets.py",
    "see/facilities/pages",
    "see/fieldwork/pages/answering",
    "see/fieldwork/pages/panel",
    "see/monitor",
    "see/surveys/contributes.py",
    "see/surveys/pages/proof",
    "see/surveys/pages/public",
    "see/surveys/publishing.py",
    "see/surveys/telling.py",
)
NOT_PUBLIC = (
    "see/facilities/pages/work",
    "see/fieldwork/pages/panel/work.py",
    "see/fieldwork/pages/panel/panels.html",
    "see/fieldwork/pages/panel/members.html",
    "see/monitor/pages/outcome",
    "see/monitor/pages/scan",
    "see/monitor/actions",
    "see/monitor/catalogue_rdf.py",
    "/tests/",
)
LONGEST, MEAN = 25, 12
RUNNING = {"p", "li", "dd", "blockquote"}
_BLOCKS = RUNNING | {"dt", "figcaption", "summary", "h1", "h2", "h3", "label", "button", "th", "td", "caption", "option", "div"}
_SILENT = {"script", "style", "svg", "code", "kbd", "textarea", "nav"}
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
#: What the page fills in, what a reader typed, and addresses: no words of ours.
_PLACEHOLDER = re.compile(
    r"%\([^)]*\)s|\{[^{}]*\}|\{\{.*?\}\}|“[^”]*”|https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+\b|\b(?=[a-z]*\d)\w{6,}\b|\b[A-Z]+(?:-[A-Z]+)*-\d+\b|km²"
)
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")


def msgids() -> Iterator[tuple[str, str]]:
    """The Dutch texts in the sources of public pages, with where they stand."""
    for path in sorted(_files()):
        text = path.read_text(encoding="utf-8")
        where = str(path.relative_to(SOURCE))
        found = _of_template(text) if path.suffix == ".html" else _of_python(text)
        yield from ((where, one) for one in found)


def catalogue_texts() -> Iterator[tuple[str, str]]:
    """The Dutch texts of the catalogue that public pages show."""
    for item in reader.indicators().values():
        yield from (
            (f"indicator {item.key}", text)
            for text in (item.name, item.method, item.caveats, item.population, item.ended_because)
        )
    for theme in reader.themes().values():
        yield from ((f"thema {theme.key}", text) for text in (theme.name, theme.question))
    for frame in frames.frames().values():
        yield from ((f"kader {frame.key}", text) for text in (frame.note, *(part.note for part in frame.parts)))
    for term in frames.glossary().values():
        yield f"begrip {term.term}", term.meaning
    for one in indices.vulnerability().indicators:
        yield from ((f"index {one.key}", text) for text in (one.name, one.why))
    for kind in (*indices.typology().pressure, *indices.typology().places):
        yield from ((f"typologie {kind.key}", text) for text in (kind.name, kind.rule))
    for family in reader.table_families().values():
        yield from ((f"tabel {table}", text) for table in family.tables for text in reader.limits_of(table))
    yield from ((f"reden {missing.value}", missing.sentence) for missing in Missing)


def neither(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words of a text that are not plain and not explained, without names: capitals inside a sentence, and what is in `names`."""
    known = {word for name in names for word in plain.words_in(name)}
    found = []
    for sentence in sentences(text):
        unexplained = plain.without_terms(sentence)
        for place, word in enumerate(plain.words_in(unexplained)):
            starts = place == 0 and sentence.lstrip("“(‘").startswith(word)
            is_name = word[:1].isupper() and not starts and not (word.isupper() and len(word) > 1)
            if word in known or is_name or plain.is_plain(word):
                continue
            found.append(word)
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text, a placeholder counted as one word that is left out of the words."""
    return [part for part in _SENTENCE_END.split(re.sub(r"\s+", " ", _PLACEHOLDER.sub("…", text)).strip()) if part]


def length(sentence: str) -> int:
    """How many words a sentence has."""
    return len(re.findall(r"\w[\w.,’'%€-]*|…", sentence))


class Page(HTMLParser):
    """A rendered page: `running` are the texts people read, `unlinked` the same without what is a link, `terms` the words explained."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.running: list[str] = []
        self.unlinked: list[str] = []
        self.terms: set[str] = set()
        self._open: list[tuple[str, list[str], list[str]]] = []
        self._spans: list[bool] = []
        self._silent = self._links = 0
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a link, or something that is not read."""
        values = dict(attrs)
        self._inside = self._inside or tag == "main"
        self._silent += tag in _SILENT
        if tag in ("br", "span"):
            self.handle_data(" ")
        if tag == "span":
            self._spans.append("address" in str(values.get("class", "")))
        if tag == "a":
            self._links += 1
            if values.get("class") == "term":
                self.terms.add(str(values["href"]).partition("#")[2])
        if tag in _BLOCKS and self._inside:
            self._open.append((tag, [], []))

    def handle_endtag(self, tag: str) -> None:
        """Close it, and keep what was read."""
        if tag == "span":
            self.handle_data(" ")
            if self._spans:
                self._spans.pop()
        self._silent -= tag in _SILENT and self._silent > 0
        self._links -= tag == "a" and self._links > 0
        self._inside = self._inside and tag != "main"
        if tag in _BLOCKS and any(name == tag for name, _words, _free in self._open):
            while self._open:
                name, spoken, free = self._open.pop()
                if name in RUNNING and "".join(spoken).strip():
                    self.running.append(re.sub(r"\s+", " ", "".join(spoken)).strip())
                    self.unlinked.append(re.sub(r"\s+", " ", "".join(free)).strip())
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Read it, with what is inside a link as text."""
        if self._open and not self._silent and not any(self._spans):
            _name, spoken, free = self._open[-1]
            spoken.append(data)
            free.append("…" if self._links else data)


def _files() -> Iterator[Path]:
    for part in PUBLIC:
        path = SOURCE / part
        found = [path] if path.is_file() else [*path.rglob("*.html"), *path.rglob("*.py")]
        yield from (one for one in found if not any(skipped in str(one) for skipped in NOT_PUBLIC))


def _of_template(text: str) -> list[str]:
    text = html.unescape(text)
    found = [match[1] for match in re.findall(r"\{% translate (['\"])(.*?)\1", text)]
    found += [match[1] for match in re.findall(r"_\((['\"])(.*?)\1\)", text)]
    for block in re.findall(r"\{% blocktrans(?:late)?[^%]*%\}(.*?)\{% endblocktrans(?:late)? %\}", text, re.DOTALL):
        found += [re.sub(r"<code>.*?</code>|<[^>]+>", " ", part) for part in block.split("{% plural %}")]
    return found


def _of_python(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            found += [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return found


def main() -> int:
    """Print each word that is neither plain nor explained, with the first place where it stands."""
    found: dict[str, tuple[str, str]] = {}
    for where, text in (*msgids(), *catalogue_texts()):
        for word in neither(text):
            found.setdefault(word.casefold(), (where, text))
    for word, (where, text) in sorted(found.items()):
        print(f"{word}\t{where}\t{text[:100]}")
    print(f"{len(found)} woorden staan niet in de gewone woordenlijst en zijn niet uitgelegd.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
