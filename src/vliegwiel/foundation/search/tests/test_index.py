"""What is put in is found, what is taken out is not, whatever happened in between."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.search import facets, records
from vliegwiel.foundation.search.actions.pack_index import LARGEST, add_postings, pack_index, sweep_index
from vliegwiel.foundation.search.models import Block, Document, Fresh, Gone, Spelling, Term
from vliegwiel.foundation.search.postings import read
from vliegwiel.foundation.search.public import (
    EVERYONE,
    Searchable,
    SearchDocument,
    index_document,
    refresh_index,
    remove_document,
)
from vliegwiel.foundation.search.tests.given import a_document, found, titles

pytestmark = pytest.mark.django_db


def test_a_compound_is_found_by_its_part_the_plural_by_the_singular_and_other_words_by_what_they_mean() -> None:
    for title in ("Eenzaamheidsbestrijding", "Twee dorpshuizen", "Samen eten op woensdag", "Een fietspad"):
        a_document(title)
    assert titles("eenzaamheid") == ["Eenzaamheidsbestrijding"]
    assert titles("dorpshuis") == ["Twee dorpshuizen"]
    assert titles("eettafel") == ["Samen eten op woensdag"]


def test_the_word_as_it_was_written_comes_first_and_a_title_before_a_text() -> None:
    a_document("Een avond", "Over dorpshuizen en meer.")
    a_document("Dorpshuizen")
    a_document("Dorpshuis")
    assert titles("dorpshuis") == ["Dorpshuis", "Dorpshuizen", "Een avond"]
    assert titles("dorpshuizen")[0] == "Dorpshuizen"


def test_putting_in_the_same_again_writes_nothing_and_a_change_replaces() -> None:
    document = a_document("Moestuin", "Met bonen")
    rows = Fresh.objects.count()
    assert not index_document(actor=SYSTEM, document=document)
    assert Fresh.objects.count() == rows
    a_document("Moestuin", "Met pompoenen")
    assert titles("bonen") == []
    assert titles("pompoenen") == ["Moestuin"]
    assert Document.objects.count() == 1


@pytest.mark.parametrize("packed", [False, True], ids=["fresh", "packed"])
def test_what_is_taken_out_is_gone_at_once_from_results_counts_facets_and_suggestions(*, packed: bool) -> None:
    a_document("Zwembad open", id="een")
    a_document("Zwembad dicht", id="twee", kind="les")
    if packed:
        pack_index(actor=SYSTEM)
    assert remove_document(actor=SYSTEM, kind="les", id="twee")
    assert not remove_document(actor=SYSTEM, kind="les", id="twee")
    results = found("zwembad")
    assert (results.total, [hit.id for hit in results.hits]) == (1, ["een"])
    assert [(value.value, value.count) for value in results.facets["kind"]] == [("initiatief", 1)]
    assert found("dichd").meant == ""


def test_an_act_that_is_rolled_back_leaves_nothing_in_the_index() -> None:
    class UndoneError(Exception):
        pass

    with pytest.raises(UndoneError), transaction.atomic():
        a_document("Bijna een feest")
        raise UndoneError
    assert titles("feest") == []
    assert not Document.objects.exists()


def test_packing_changes_no_answer_and_sweeping_forgets_the_words() -> None:
    for number in range(30):
        a_document(f"Plan {number}", "Een bankje bij de vijver" if number % 2 else "Een haag langs het pad", id=str(number))
    before = found("bankje vijver")
    assert pack_index(actor=SYSTEM) > 0
    assert not Fresh.objects.exists()
    after = found("bankje vijver")
    assert (after.total, {hit.id: hit.score for hit in after.hits}) == (before.total, {hit.id: hit.score for hit in before.hits})
    for number in range(1, 30, 2):
        remove_document(actor=SYSTEM, kind="initiatief", id=str(number))
    assert sweep_index(actor=SYSTEM) == 15
    assert found("bankje").total == 0
    assert not Gone.objects.exists()
    assert not Term.objects.filter(text__contains="vijver").exists()
    assert not Spelling.objects.filter(word="vijver").exists()
    assert found("haag").total == 15


def test_many_postings_lie_in_more_blocks_and_are_all_read() -> None:
    a_document("Lindeboom")
    term = Term.objects.get(text="=lindeboom")
    numbers = facets.np.arange(1000, 1000 + LARGEST + 5, dtype=facets.np.uint32)
    pack_index(actor=SYSTEM)
    add_postings({term.pk: (numbers, facets.np.full(len(numbers), 7, facets.np.uint8))})
    assert Block.objects.filter(term=term).count() == 2
    assert len(read([term.pk])[term.pk][0]) == LARGEST + 6


def test_facets_count_what_is_left_by_the_other_choices_and_a_choice_stays_visible() -> None:
    a_document("Zorg een", id="1", place="GM1", place_name="Oudewiek", themes=("gezondheid", "samenleven"), phase="loopt")
    a_document("Zorg twee", id="2", place="GM2", place_name="Nijwarden", themes=("gezondheid",))
    a_document("Zorg drie", id="3", place="GM2", place_name="Nijwarden", kind="les")
    results = found("zorg", place="GM2")
    assert results.total == 2
    assert {value.name: value.count for value in results.facets["place"]} == {"Nijwarden": 2, "Oudewiek": 1}
    assert {value.value: value.count for value in results.facets["kind"]} == {"initiatief": 1, "les": 1}
    nothing = found("zorg", place="GM1", kind="les")
    assert nothing.total == 0
    assert [(value.value, value.count) for value in nothing.facets["kind"] if value.chosen] == [("les", 0)]
    assert found("zorg", theme="samenleven").total == 1
    assert found("zorg", place="GM9").total == 0


def test_a_slip_of_the_pen_is_forgiven_and_told() -> None:
    a_document("Mantelzorg in het weekend")
    results = found("manelzorg weekend")
    assert results.meant == "mantelzorg weekend"
    assert [hit.title for hit in results.hits] == ["Mantelzorg in het weekend"]
    assert found("mantelzorg").meant == ""
    assert found("qqqqqqq").hits == ()


def test_what_holds_all_words_comes_before_what_holds_one() -> None:
    a_document("Tuin", "tuin tuin tuin tuin", id="a")
    a_document("Tuin met kinderen", id="b")
    assert titles("tuin kinderen") == ["Tuin met kinderen", "Tuin"] or titles("tuin kinderen") == ["Tuin met kinderen"]


@pytest.mark.parametrize("query", ["", "   ", "…!?", "de het een", "'\";--", "a" * 5000, "🙂", "x\x00y", "%_*", "NEAR(tuin"])
def test_a_strange_question_gives_an_answer_and_no_error(query: str) -> None:
    a_document("Tuin")
    assert found(query).total in (0, 1)


_ACTS = st.lists(
    st.tuples(st.sampled_from(["put", "remove", "pack", "sweep"]), st.integers(0, 4), st.integers(0, 2)), max_size=14
)
_TEXTS = ("haag en heg", "vijver en haag", "bankje")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ACTS)
def test_the_index_holds_what_was_put_in_last_whatever_the_order_of_acts(acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        kept: dict[str, str] = {}
        for act, which, text in acts:
            key = str(which)
            if act == "put":
                a_document(key, _TEXTS[text], id=key)
                kept[key] = _TEXTS[text]
            elif act == "remove":
                remove_document(actor=SYSTEM, kind="initiatief", id=key)
                kept.pop(key, None)
            else:
                (pack_index if act == "pack" else sweep_index)(actor=SYSTEM)
        for word in ("haag", "vijver", "bankje"):
            there = sorted(key for key, text in kept.items() if word in text)
            results = found(word)
            assert sorted(hit.id for hit in results.hits) == there
            assert results.total == len(there)
            assert sum(value.count for value in results.facets.get("kind", ())) == len(there)
        transaction.set_rollback(True)


def test_the_clock_puts_the_index_right_and_leaves_other_kinds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [SearchDocument("les", str(number), f"Les {number}", "", "/x", (EVERYONE,), PROVINCE) for number in range(3)]
    kind = Searchable("les", "Lessen", lambda _province: iter(there))
    monkeypatch.setattr("vliegwiel.foundation.search.actions.refresh_index.searchables", lambda: [kind])
    a_document("Les van elders")
    assert refresh_index(actor=SYSTEM, province=PROVINCE) == 3
    assert refresh_index(actor=SYSTEM, province=PROVINCE) == 0
    del there[0]
    assert refresh_index(actor=SYSTEM, province=PROVINCE) == 1
    assert sorted(titles("les")) == ["Les 1", "Les 2", "Les van elders"]
    assert records.FACETS[0] == "kind"
