"""Every word on a page comes through gettext, so that it can be said in another language."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.requirements import ROOT

TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
SHOWN = {"title", "aria-label", "alt", "placeholder", "label", "aria-description"}
#: What is the same in every language: names, formats, examples of a code.
SAME_EVERYWHERE = re.compile(r"\b(Vliegwiel|SHA-256|SDG|GM1876|Excel|CSV|JSON|Parquet|GeoJSON)\b")
NOT_READ_ALOUD = {"code", "kbd", "script", "style"}


class Words(HTMLParser):
    """Collects what a reader sees of a template after everything that gettext hands over is taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SHOWN and value]
        if tag in NOT_READ_ALOUD:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def words_outside_gettext(template: str) -> list[str]:
    """Words in text and in spoken attributes that come from no translation tag; also those in filters that write words."""
    in_filters = re.findall(r"\|(?:default|default_if_none|pluralize|yesno):(?:\"([^\"]*)\"|'([^']*)')", template)
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template, flags=re.DOTALL)
    text = re.sub(r"\{% blocktrans.*?endblocktrans(?:late)? %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    reader = Words()
    reader.feed(text)
    found = reader.found + ["".join(pair) for pair in in_filters]
    return [words.strip() for words in found if re.search(r"[^\W\d_]{2}", SAME_EVERYWHERE.sub("", words))]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_word_of_a_template_comes_through_gettext(template: Path) -> None:
    assert words_outside_gettext(template.read_text()) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hallo</p>",
        '<p aria-label="Hallo"></p>',
        '<img alt="Een kaart">',
        '{{ number|pluralize:"buurt,buurten" }}',
        '<p>{{ value|default:"geen einde" }}</p>',
        '<p>{% if a %}{% translate "Ja" %}{% else %}Nee{% endif %}</p>',
    ],
)
def test_words_without_gettext_are_found(template: str) -> None:
    assert words_outside_gettext(template)


@pytest.mark.parametrize(
    "template",
    [
        '<p>{% translate "Hallo" %}</p>',
        "<p aria-label=\"{% translate 'Hallo' %}\"></p>",
        "{% blocktranslate trimmed with name=area.name %}Hoe gaat het in {{ name }}?{% endblocktranslate %}",
        '<p>{{ value|default:_("geen einde") }} · <code>vliegwiel areas import</code></p>',
    ],
)
def test_words_through_gettext_are_left_alone(template: str) -> None:
    assert words_outside_gettext(template) == []
