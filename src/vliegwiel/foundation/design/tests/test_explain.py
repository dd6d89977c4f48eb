"""A word that not everybody knows leads to its meaning, once on a page, and only where people read."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from vliegwiel.catalogue import frames, plain
from vliegwiel.foundation.design.explain import explained

MARGIN = '<a class="term" href="/begrippen#marge">'


def test_a_word_beside_an_address_is_still_explained() -> None:
    html = explained("<p>Vraag naar de marge: vraag@marge.invalid.</p>")
    assert html == f"<p>Vraag naar de {MARGIN}marge</a>: vraag@marge.invalid.</p>"


def test_the_first_use_of_a_difficult_word_is_a_link_and_the_next_is_not() -> None:
    html = explained("<p>De marge is groot.</p><p>Een kleine marge is beter.</p>")
    assert html == f"<p>De {MARGIN}marge</a> is groot.</p><p>Een kleine marge is beter.</p>"


def test_a_plural_or_a_capital_is_the_same_word() -> None:
    assert explained("<p>Marges zijn breed. De marge telt.</p>") == f"<p>{MARGIN}Marges</a> zijn breed. De marge telt.</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x">De marge</a></p>',
        "<h2>De marge</h2>",
        "<p><code>marge</code></p>",
        "<p><label>Marge</label></p>",
        "<li><svg><title>marge</title></svg></li>",
        '<p title="de marge">Tekst</p>',
        "<p>Een margewoord en een foutmarge.</p>",
        "<p>De gemeente en de buurt.</p>",
        "<details><summary>De marge</summary></details>",
        "<nav><ol><li>De marge</li></ol></nav>",
        "<p>Mail naar marge@verzonnenland.invalid of de.marge+vraag@marge.invalid.</p>",
        "<p>Kijk op https://verzonnenland.invalid/marge?q=marge of www.marge.invalid.</p>",
        "<p>Kijk op verzonnenland.invalid/marge of marge.invalid.</p>",
    ],
)
def test_what_is_no_running_text_or_no_such_word_stays_as_it_is(html: str) -> None:
    assert explained(html) == html


def test_an_abbreviation_is_only_itself() -> None:
    assert "begrippen#ww" in explained("<p>Mensen met WW-uitkeringen.</p>").lower()
    assert explained("<p>Zie www en by en get.</p>") == "<p>Zie www en by en get.</p>"


def test_tags_and_entities_around_a_word_are_kept() -> None:
    html = "<li>Bij <b>90&nbsp;% &amp; meer</b>, met <b>de mediaan</b><br>erbij.</li>"
    found = explained(html)
    assert found.replace('<a class="term" href="/begrippen#mediaan">mediaan</a>', "mediaan") == html


def test_every_explained_word_has_a_place_of_its_own_on_the_page_of_words() -> None:
    anchors = [term.anchor for term in frames.glossary().values()]
    assert len(anchors) == len(set(anchors))
    assert all(anchors)
    assert all(term.term in frames.glossary() for term in plain.explained().values())


def test_no_form_belongs_to_two_words() -> None:
    forms = [form.casefold() for term in frames.glossary().values() for form in (term.term, *term.forms)]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def test_a_page_may_leave_it_and_another_language_always_does(settings: Any) -> None:
    settings.VLIEGWIEL_EXPLAIN_WORDS = True
    page = Template("{% explain %}<p>De marge.</p>{% endexplain %}")
    assert MARGIN in page.render(Context({}))
    assert MARGIN not in page.render(Context({"explain_words": False}))
    with translation.override("en"):
        assert MARGIN not in page.render(Context({}))
