"""The index is published: every weight with its reason, every rule in words and numbers."""

from vliegwiel.catalogue import indices


def test_the_definitions_keep_their_schema_and_agree_with_the_catalogue() -> None:
    indices.validate()


def test_each_indicator_says_why_it_is_there() -> None:
    assert all(len(item.why) > 30 for item in indices.vulnerability().indicators)


def test_no_index_below_two_hundred_inhabitants() -> None:
    assert indices.vulnerability().min_inhabitants == 200


def test_the_word_is_a_choice_of_the_province() -> None:
    assert str(indices.Word(kwetsbaar=False, otherwise="onder druk")) == "onder druk"
    assert str(indices.Word(kwetsbaar=True, otherwise="onder druk")) == "kwetsbaar"


def test_every_combination_of_themes_has_a_kind_of_pressure() -> None:
    kinds = indices.typology().pressure
    assert kinds[-1].at_most == 0
    asked = {theme for kind in kinds if kind.at_least == 1 for theme in kind.among}
    assert asked >= {item.theme for item in indices.vulnerability().indicators}
