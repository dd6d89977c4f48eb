"""A Dutch word is found in whatever form it stands in a text: in a compound, in the plural, in other words, with a slip of the pen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.engines.language import Analyser, default, distance, excerpt, fold, keys, marked, nearest, sound
from vliegwiel.engines.language.tests.given import ANALYSER, PARTS, SYNONYMS, WHOLE

WORD = st.text("abcdefghijklmnopqrstuvwxyzéëïöç", min_size=1, max_size=25)
TEXT = st.text(max_size=300)


def finds(query: str, text: str, analyser: Analyser = ANALYSER) -> bool:
    """Whether the tokens of a query are among those of a text, and there are any."""
    asked = set(analyser.tokens(query))
    return bool(asked) and asked <= set(analyser.tokens(text))


@pytest.mark.parametrize("analyser", [ANALYSER, Analyser()], ids=["catalogue", "default"])
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("eenzaamheid", "Aanpak van eenzaamheidsbestrijding"),
        ("dorpshuis", "Drie dorpshuizen krijgen zonnepanelen"),
        ("dorpshuizen", "Het dorpshuis"),
        ("eettafel", "Elke woensdag samen eten in de zaal"),
        ("samen eten", "Er komt een eettafel"),
        ("vrijwilliger", "Vrijwilligerswerk voor jongeren"),
        ("COÖPERATIE", "een cooperatie van inwoners"),
    ],
)
def test_a_text_is_found_by_another_form_of_its_words(query: str, text: str, analyser: Analyser) -> None:
    assert finds(query, text, analyser)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("zon", "De gezondheid van ouderen"),
        ("last", "Overlast in de straat"),
        ("bied", "In dit gebied"),
        ("eenzaamheid", "Samen wandelen"),
        ("dorpshuis", "Een huis in de stad"),
        ("school", "schoorsteen"),
    ],
)
def test_a_text_is_not_found_by_a_word_that_only_looks_like_it(query: str, text: str) -> None:
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("eenzaamheidsbestrijding", ("eenzaamheid", "bestrijding")),
        ("boekenkast", ("boek", "kast")),
        ("zonnewarmte", ("zonne", "warmte")),
        ("buurthuis", ("buurt", "huis")),
        ("dorpshuisbeheer", ("dorp", "huis", "beheer")),
        ("wijkagent", ("wijk", "agent")),
        ("e-mailadres", ()),
        ("zondag", ()),
        ("voorzitter", ()),
    ],
)
def test_a_compound_is_cut_where_dutch_joins_words(word: str, parts: tuple[str, ...]) -> None:
    found = ANALYSER.words(word)[0]
    assert found.parts == tuple(ANALYSER.words(part)[0].stem for part in parts)


def test_a_part_of_three_parts_is_found_and_so_are_two_together() -> None:
    assert all(finds(query, "het dorpshuisbeheer") for query in ("dorp", "beheer", "dorpshuis", "huisbeheer", "dorpshuisbeheer"))


def test_words_that_say_nothing_have_no_tokens_and_still_can_be_asked() -> None:
    assert ANALYSER.tokens("de het een van ons") == []
    assert [word.text for word in ANALYSER.wanted("wij")] == ["wij"]
    assert ANALYSER.wanted("  …!? ") == []


def test_a_word_as_written_counts_beside_its_stem() -> None:
    counts = ANALYSER.counted("Dorpshuizen en een dorpshuis")
    assert counts["=dorpshuizen"] == counts["=dorpshuis"] == 1
    assert counts["dorphuis"] == 2
    assert counts["+huis"] == 2


def test_what_the_engine_brings_is_part_of_what_the_catalogue_has() -> None:
    assert sorted(default.WORDS - PARTS) == []
    assert sorted(default.WHOLE - WHOLE) == []
    assert all(any(set(group) <= set(one) for one in SYNONYMS) for group in default.SYNONYMS)


def test_synonyms_handed_in_take_the_place_of_those_of_the_engine() -> None:
    analyser = Analyser(synonyms=[("beppe", "oma")], words=())
    assert finds("oma", "Beppe komt langs", analyser)
    assert not finds("eettafel", "samen eten", analyser)


@given(TEXT)
def test_every_text_gives_the_same_tokens_twice_without_capitals(text: str) -> None:
    tokens = ANALYSER.tokens(text)
    assert tokens == ANALYSER.tokens(text)
    assert all(token and token == token.casefold() for token in tokens)


@given(st.text(st.characters(max_codepoint=0x24F), max_size=100))
def test_accents_of_their_own_change_nothing(text: str) -> None:
    assert ANALYSER.tokens(unicodedata.normalize("NFD", text)) == ANALYSER.tokens(unicodedata.normalize("NFC", text))


@given(WORD, TEXT)
def test_a_word_is_found_in_every_text_it_stands_in(word: str, text: str) -> None:
    if ANALYSER.tokens(word):
        assert finds(word, f"{text} {word}")


@given(st.sampled_from(sorted(PARTS)), st.sampled_from(["", "s", "e", "en"]), st.sampled_from(sorted(PARTS)))
def test_a_compound_of_known_words_finds_itself_whatever_joins_them(first: str, link: str, last: str) -> None:
    compound = first + link + last
    assert finds(compound, f"De {compound.upper()}!")


@given(TEXT, st.sampled_from(["dorpshuis", "samen eten", "zorg", "xyz"]))
def test_marking_never_changes_the_text(text: str, query: str) -> None:
    sought = ANALYSER.sought_in(query)
    assert "".join(piece.text for piece in marked(ANALYSER, text, sought)) == text


@given(st.lists(st.sampled_from(["het", "dorpshuis", "eenzaamheidsbestrijding", "is", "elke", "dag", "open"]), max_size=120))
def test_an_excerpt_is_short_stands_in_the_text_and_shows_a_hit_when_there_is_one(words: list[str]) -> None:
    text = " ".join(words)
    pieces = excerpt(ANALYSER, text, ANALYSER.sought_in("dorpshuis"), length=100)
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) <= 110
    assert shown.replace("… ", "").replace("…", "").strip() in text
    assert any(piece.hit for piece in pieces) == ("dorpshuis" in words)


@given(WORD)
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(WORD, WORD)
def test_the_distance_is_the_same_both_ways_and_nothing_only_to_itself(one: str, other: str) -> None:
    assert distance(one, other, 30) == distance(other, one, 30)
    assert (distance(one, other, 30) == 0) == (one == other)


@given(st.text("abcdefghijklmnoprstuvwz", min_size=5, max_size=20), st.data())
def test_a_word_less_one_letter_shares_a_key_with_it_or_is_too_short(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    wrong = word[:place] + word[place + 1 :]
    # a sound of two letters may fall apart when one of them is left out: then the words do not sound alike and may not meet
    if sound(word)[:place] + sound(word)[place + 1 :] == sound(wrong):
        assert keys(word) & keys(wrong)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("eenzaamhijd", "eenzaamheid"), ("biblioteek", "bibliotheek"), ("manelzorg", "mantelzorg"), ("dorpshius", "dorpshuis")],
)
def test_the_word_that_was_meant_is_near(wrong: str, right: str) -> None:
    assert keys(wrong) & keys(right)
    assert nearest(wrong, [(right, 3), ("winkel", 900), ("eenzijdig", 5)]) == right


def test_a_good_word_is_not_led_to_one_that_begins_otherwise() -> None:
    assert nearest("duurt", [("buurt", 100)]) == ""
    assert nearest("winkel", [("winkel", 5)]) == ""
