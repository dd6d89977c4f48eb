"""What everybody reads is plain: short sentences, and no word that is neither known to all nor explained."""

from typing import Any

import pytest
from django.test import Client

from tests import words
from tests.pages.doors import OPEN


def _public(client: Client, samples: dict[str, str]) -> dict[str, str]:
    """The HTML of every public page, and of a few of its shapes, by address."""
    more = ["/gebieden/PV99", "/gebieden/BU99000000", "/kaart?binnen=GM9900&niveau=buurten", "/kwetsbaarheid", "/zoeken?q=xyzzy"]
    found = {}
    for address in (*(address.format(**samples) for address in OPEN.values()), *more):
        answer = client.get(address)
        if answer.headers["Content-Type"].startswith("text/html"):
            found[address] = answer.content.decode()
    return found


#: A page for who writes programs: it may use the words of that trade. Its sentences are counted like all others.
FOR_PROGRAMMERS = {"/data/api"}


@pytest.fixture
def pages(made_up_province: dict[str, str], client: Client, settings: Any) -> dict[str, words.Page]:
    settings.VLIEGWIEL_EXPLAIN_WORDS = True
    return {address: words.Page(html) for address, html in _public(client, made_up_province).items()}


@pytest.mark.django_db
def test_public_pages_hold_short_sentences_and_known_or_explained_words(pages: dict[str, words.Page]) -> None:
    from vliegwiel.see.areas.models import Area
    from vliegwiel.see.figures.models import Release

    names = [*Area.objects.values_list("name", flat=True), "Verzonnenland"]
    names += [name for pair in Release.objects.values_list("source", "public_id") for name in pair]
    sentences = [
        (address, sentence) for address, page in pages.items() for text in page.running for sentence in words.sentences(text)
    ]
    told = [(address, sentence) for address, sentence in sentences if words.length(sentence) > 3]
    assert [(address, sentence) for address, sentence in told if words.length(sentence) > words.LONGEST] == []
    assert sum(words.length(sentence) for _address, sentence in told) / len(told) <= words.MEAN
    unknown = {
        word: address
        for address, sentence in sentences
        if address not in FOR_PROGRAMMERS
        for word in words.neither(sentence, names)
    }
    assert unknown == {}, "write it plainer, explain it in glossary.yml, or add it to plain_words.yml"


@pytest.mark.django_db
def test_each_explained_word_in_running_text_is_a_link_at_its_first_use(pages: dict[str, words.Page]) -> None:
    from vliegwiel.catalogue import plain

    linked = 0
    for address, page in pages.items():
        if address == "/begrippen":
            continue
        free = " ".join(page.unlinked)
        for term in plain.terms_in(free):
            assert term.anchor in page.terms, f"{address}: {term.term} is not explained"
        linked += len(page.terms)
    assert linked > 20


@pytest.mark.django_db
def test_a_link_to_a_word_leads_to_its_meaning(pages: dict[str, words.Page], client: Client) -> None:
    meanings = client.get("/begrippen").content.decode()
    for anchor in {anchor for page in pages.values() for anchor in page.terms}:
        assert f'id="{anchor}"' in meanings


def test_texts_in_the_sources_and_the_catalogue_are_plain_or_explained() -> None:
    unknown = {word: where for where, text in (*words.msgids(), *words.catalogue_texts()) for word in words.neither(text)}
    assert unknown == {}, "python -m tests.words says where they stand"


def test_texts_in_the_sources_are_short() -> None:
    found = [(where, sentence) for where, text in words.msgids() for sentence in words.sentences(text)]
    told = [(where, sentence) for where, sentence in found if words.length(sentence) > 3]
    assert [(where, sentence) for where, sentence in told if words.length(sentence) > words.LONGEST] == []
    assert sum(words.length(sentence) for _where, sentence in told) / len(told) <= words.MEAN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De gemeente is groot.", []),
        ("De heteroscedasticiteit is groot.", ["heteroscedasticiteit"]),
        ("Heteroscedasticiteit is groot.", ["Heteroscedasticiteit"]),
        ("In Heteroscedam wonen mensen.", []),
        ("De mediaan en de marges.", []),
        ("De {naam} van %(count)s buurten.", []),
        ("Het XYZ zegt dit.", ["XYZ"]),
    ],
)
def test_a_word_that_nobody_explains_is_found_and_a_name_is_not(text: str, expected: list[str]) -> None:
    assert words.neither(text) == expected
