"""Colour, space and type come from the tokens; words on screen stay plain."""

import re
from pathlib import Path

import pytest

from tests.requirements import ROOT

STATIC = ROOT / "src" / "vliegwiel" / "foundation" / "design" / "static" / "design"
SHEETS = sorted(
    path for path in (ROOT / "src").rglob("static/**/*.css") if path.name != "tokens.css" and "islands" not in path.parts
)
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
LONGEST, MEAN = 25, 12


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_colour_is_named_in_the_tokens_only(sheet: Path) -> None:
    declarations = " ".join(re.findall(r"\{([^{}]*)\}", _without_urls(sheet)))
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|hsla?\([^)]*\)", declarations) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_variable_that_is_used_is_defined(sheet: Path) -> None:
    tokens = set(re.findall(r"(--[\w-]+)\s*:", (STATIC / "tokens.css").read_text()))
    used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text()))
    own = set(re.findall(r"(--[\w-]+)\s*:", sheet.read_text()))
    assert sorted(used - tokens - own) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_template_holds_script_or_style_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", text)


def test_sentences_on_screen_are_short() -> None:
    sentences = [sentence for template in TEMPLATES for sentence in _sentences(template.read_text())]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert [sentence for sentence in sentences if len(sentence.split()) > LONGEST] == []
    assert sum(lengths) / len(lengths) <= MEAN


def _without_urls(sheet: Path) -> str:
    return re.sub(r"url\([^)]*\)|/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


def _sentences(template: str) -> list[str]:
    """Sentences of paragraphs and list items, with each variable as one word."""
    found = []
    for block in re.findall(
        r"<(?:p|li|dd|figcaption|summary)\b[^>]*>(.*?)</(?:p|li|dd|figcaption|summary)>", template, re.DOTALL
    ):
        spoken = re.sub(r"\{% translate (['\"])(.*?)\1 %\}", r"\2", block)
        text = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "iets", spoken), flags=re.DOTALL)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()
        found += [part for part in re.split(r"(?<=[.?!:])\s+", text) if len(part.split()) > 3]
    return found
