"""What a resident does with an initiative, from a few words to what it brought."""

from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.search.public import search
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.actions.adopt_initiative import adopt_initiative
from vliegwiel.support.initiatives.actions.guard_initiative import clean_initiative, clear_initiative, merge_initiatives
from vliegwiel.support.initiatives.actions.publish_initiative import (
    discard_initiative,
    end_initiative,
    publish_initiative,
    withdraw_initiative,
)
from vliegwiel.support.initiatives.actions.take_part import remove_person
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.models import Initiative, InitiativeLink
from vliegwiel.support.initiatives.public import INITIATIVE, MEETING_PLACE, how_far
from vliegwiel.support.initiatives.rules import concerns_in, is_dutch
from vliegwiel.support.initiatives.standing import find
from vliegwiel.support.initiatives.tests.given import (
    EAST,
    PROVINCE,
    WEST,
    a_draft,
    a_land,
    a_meeting_place,
    a_resident,
    an_adviser,
    an_initiative,
    joined,
)

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")


@pytest.fixture(autouse=True)
def in_the_province(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE


def _found(words: str) -> list[str]:
    return [hit.id for hit in search(words, actor=VISITOR, province=PROVINCE).hits]


def test_a_draft_is_seen_by_nobody_and_what_is_published_by_everybody_in_the_same_act() -> None:
    found = a_draft()
    assert not queries.shown(PROVINCE).exists()
    assert not Document.objects.exists()
    taker = Actor("person", found.people.get().person)
    publish_initiative(actor=taker, initiative=found.public_id)
    assert list(queries.shown(PROVINCE)) == [found]
    assert _found("eettafel samen eten") == [found.public_id]
    document = Document.objects.get()
    assert (document.kind, document.place, document.themes) == ("initiative", "GM1876", ["samenleven"])
    withdraw_initiative(actor=taker, initiative=found.public_id)
    assert not queries.shown(PROVINCE).exists()
    assert not Document.objects.exists()


def test_nothing_goes_on_the_site_without_a_sentence_a_theme_and_a_place() -> None:
    a_land()
    taker = a_resident()
    found = start_initiative(actor=taker, province=PROVINCE, title="Tuin")
    with pytest.raises(NotValid) as refusal:
        publish_initiative(actor=taker, initiative=found.public_id)
    assert len(refusal.value.details) == 3
    assert find(found.public_id).state == "draft"


def test_it_ends_with_what_it_brought_and_stays_to_be_read() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    with pytest.raises(NotValid):
        end_initiative(actor=taker, initiative=found.public_id, phase="stopped", brought=" ")
    end_initiative(actor=taker, initiative=found.public_id, phase="stopped", brought="Veertig mensen aten mee.", reached=40)
    ended = queries.shown(PROVINCE).get()
    assert (ended.has_ended, ended.reached, ended.ended_at is not None) == (True, 40, True)
    assert _found("veertig mensen") == [found.public_id]


def test_the_last_taker_stays_and_a_helper_leaves_by_herself() -> None:
    taker, helper = a_resident(), a_resident("helper")
    found = an_initiative(taker)
    joined(found, taker, helper, "helper")
    assert not Notice.objects.filter(body__contains="een@voorbeeld.invalid").exists()
    own = found.people.get(person=taker.id)
    with pytest.raises(NotNow) as refusal:
        remove_person(actor=taker, initiative=found.public_id, participant=own.public_id)
    assert refusal.value.code == "last"
    remove_person(actor=helper, initiative=found.public_id, participant=found.people.get(person=helper.id).public_id)
    assert found.people.count() == 1


def test_two_who_write_at_once_hear_it_and_nothing_is_lost() -> None:
    taker = a_resident()
    found = a_draft(taker)
    write_initiative(actor=taker, initiative=found.public_id, answers={"kort": "De eerste."}, seen=found.version)
    with pytest.raises(NotNow) as refusal:
        write_initiative(actor=taker, initiative=found.public_id, answers={"kort": "De tweede."}, seen=found.version)
    assert refusal.value.code == "stale"
    assert find(found.public_id).summary == "De eerste."


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"titel": None}, "titel"),
        ({"vrijwilligers": -1}, "vrijwilligers"),
        ({"vrijwilligers": 2.5}, "vrijwilligers"),
        ({"themas": ["bestaat-niet"]}, "themas"),
        ({"fase": "stopped"}, "fase"),
        ({"onbekend": "x"}, "onbekend"),
        ({"kort": "x" * 241}, "kort"),
    ],
)
def test_what_does_not_fit_a_question_is_refused_and_changes_nothing(answers: dict[str, Any], code: str) -> None:
    taker = a_resident()
    found = a_draft(taker)
    before = Initiative.objects.values().get()
    with pytest.raises(NotValid) as refusal:
        write_initiative(actor=taker, initiative=found.public_id, answers=answers)
    assert refusal.value.code == code
    assert Initiative.objects.values().get() == before


@pytest.mark.parametrize("point", [(205_000.0, 600_000.0), (-5.0, 0.0), (float("nan"), 1.0), (52.1, 6.2)])
def test_a_place_outside_the_province_or_the_country_is_refused_in_words(point: tuple[float, float]) -> None:
    taker = a_resident()
    found = a_draft(taker)
    with pytest.raises((NotFound, NotValid)):
        place_initiative(actor=taker, initiative=found.public_id, precision="near", point=point)
    with pytest.raises(NotFound):
        place_initiative(actor=taker, initiative=found.public_id, precision="area", area="BU99999999")
    assert find(found.public_id).area == WEST


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bel Truus op 06 - 12 34 56 78.", "phone"),
        ("Bel +31 6 12345678 voor meer.", "phone"),
        ("Mail naar iemand@voorbeeld.invalid.", "email"),
        ("Mail naar iemand (at) voorbeeld.invalid.", "email"),
        ("Mijn buurvrouw heeft dementie en komt ook.", "health"),
        ("Mevrouw Bedacht is verslaafd geweest.", "health"),
        ("Haar nummer is 111222333.", "citizen-number"),
    ],
)
def test_details_of_someone_hide_the_initiative_until_they_are_gone(text: str, code: str) -> None:
    taker = a_resident()
    found = an_initiative(taker)
    write_initiative(actor=taker, initiative=found.public_id, answers={"verhaal": text})
    kept = find(found.public_id)
    assert code in kept.concerns
    assert kept.story == text, "nothing that was typed is lost"
    assert not queries.shown(PROVINCE).exists()
    assert not Document.objects.exists()
    assert not find(found.public_id).is_shown
    write_initiative(actor=taker, initiative=found.public_id, answers={"verhaal": "Bel ons via de site."})
    assert queries.shown(PROVINCE).exists()
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wij eten met mensen met dementie en hun mantelzorgers.",
        "Op 12-03-2026 van 18.00 tot 20.30 uur, voor € 7,50 per persoon.",
        "In 2024 en 2025 deden 120 mensen mee; nu al 1.250 euro opgehaald.",
        "Wij wonen aan de rand van het dorp.",
    ],
)
def test_an_ordinary_text_raises_no_concern(text: str) -> None:
    assert concerns_in([text]) == ()


def test_another_language_is_kept_and_shown_and_asks_for_help() -> None:
    english = "We would like to start a small garden for everybody who lives in this village and its surroundings."
    found = an_initiative(verhaal=english, kort=english)
    assert found.concerns == ["language"]
    assert found.is_shown
    assert not is_dutch(english)


def test_an_adviser_cleans_or_clears_a_flagged_text_and_the_taker_hears() -> None:
    taker, adviser = a_resident(), an_adviser()
    found = an_initiative(taker, verhaal="Bel Piet: 0612345678.")
    assert list(queries.flagged(adviser)) == [found]
    with pytest.raises(NotValid):
        clean_initiative(actor=adviser, initiative=found.public_id, texts={"story": "Bel 0612345678."})
    clean_initiative(actor=adviser, initiative=found.public_id, texts={"story": "Bel ons."})
    assert queries.shown(PROVINCE).exists()
    assert Notice.objects.filter(moment__startswith="cleaned-", person__public_id=taker.id).count() == 1
    write_initiative(actor=taker, initiative=found.public_id, answers={"verhaal": "De buurtlijn is 0301234567."})
    clear_initiative(actor=adviser, initiative=found.public_id)
    assert queries.shown(PROVINCE).exists(), "what a person found good is shown"
    write_initiative(actor=taker, initiative=found.public_id, answers={"meedoen": "Op woensdag."})
    assert not queries.shown(PROVINCE).exists(), "until the text changes"


def test_we_do_this_too_keeps_where_the_idea_came_from_and_its_maker_hears_once() -> None:
    first, second = a_resident(), a_resident("ander")
    source = an_initiative(first, verhaal="Ons eigen verhaal.")
    adopted = adopt_initiative(actor=second, initiative=source.public_id)
    assert (adopted.title, adopted.story) == (source.title, ""), "texts of others are not copied"
    write_initiative(actor=second, initiative=adopted.public_id, answers={"kort": "Wij doen dit ook."})
    place_initiative(actor=second, initiative=adopted.public_id, precision="area", area=EAST)
    publish_initiative(actor=second, initiative=adopted.public_id)
    withdraw_initiative(actor=second, initiative=adopted.public_id)
    publish_initiative(actor=second, initiative=adopted.public_id)
    assert source.gave.get().target == adopted
    assert Notice.objects.filter(moment="adopted", person__public_id=first.id).count() == 1
    with pytest.raises(NotNow):
        adopt_initiative(actor=first, initiative=a_draft(second, "Concept").public_id)


def test_what_is_merged_goes_on_in_the_other_with_its_people_and_says_so() -> None:
    first, second, adviser = a_resident(), a_resident("ander"), an_adviser()
    gone, kept = an_initiative(first, "Eettafel"), an_initiative(second, "Samen eten")
    merge_initiatives(actor=adviser, initiative=gone.public_id, into=kept.public_id, why="Zelfde groep.")
    assert list(queries.shown(PROVINCE)) == [find(kept.public_id)]
    assert {item.person for item in kept.people.all()} == {first.id, second.id}
    link = InitiativeLink.objects.get()
    assert (link.kind, link.source.public_id, link.target.public_id, link.why) == (
        "merged",
        gone.public_id,
        kept.public_id,
        "Zelfde groep.",
    )
    assert [document.key for document in Document.objects.all()] == [kept.public_id]
    assert find(gone.public_id).merged_into == kept
    with pytest.raises(NotNow):
        merge_initiatives(actor=adviser, initiative=kept.public_id, into=gone.public_id, why="Andersom.")


def test_who_took_both_may_merge_them_and_who_took_one_may_not() -> None:
    taker = a_resident()
    one, two, other = an_initiative(taker, "Een"), an_initiative(taker, "Twee"), an_initiative(a_resident("ander"), "Drie")
    with pytest.raises(NotAllowed):
        merge_initiatives(actor=taker, initiative=one.public_id, into=other.public_id, why="Zelfde.")
    merge_initiatives(actor=taker, initiative=one.public_id, into=two.public_id, why="Zelfde.")
    assert find(one.public_id).merged_into == two


def test_a_chain_of_merges_leads_to_the_last_one() -> None:
    adviser = an_adviser()
    a, b, c = (an_initiative(a_resident(f"bewoner{number}"), f"Initiatief {number}") for number in range(3))
    merge_initiatives(actor=adviser, initiative=a.public_id, into=b.public_id, why="Zelfde.")
    merge_initiatives(actor=adviser, initiative=b.public_id, into=c.public_id, why="Zelfde.")
    assert find(a.public_id).merged_into == c


def test_a_draft_is_truly_thrown_away_and_what_was_public_is_not() -> None:
    taker = a_resident()
    draft, public = a_draft(taker), an_initiative(taker, "Openbaar")
    discard_initiative(actor=taker, initiative=draft.public_id)
    assert Initiative.objects.get() == public
    with pytest.raises(NotNow):
        discard_initiative(actor=taker, initiative=public.public_id)


def test_other_rooms_hear_how_far_something_is_by_the_published_point_and_only_of_what_is_shown() -> None:
    found, hall = an_initiative(point=(205_123.0, 445_077.0)), a_meeting_place(point=(207_000.0, 445_000.0))
    names = [found.public_id, hall.public_id, a_draft().public_id]
    assert how_far(INITIATIVE, PROVINCE, names, (205_100, 445_400)) == {found.public_id: 300}
    assert how_far(MEETING_PLACE, PROVINCE, names, (207_000, 447_000)) == {hall.public_id: 2000}
    assert how_far("practice", PROVINCE, names, (205_100, 445_100)) == {}
