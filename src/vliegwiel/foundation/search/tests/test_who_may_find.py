"""Who may not find a document learns nothing of it: not from hits, counts, facets, suggestions, scores or the command line."""

import json

import pytest
from click.testing import CliRunner

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.search.actions.pack_index import pack_index
from vliegwiel.foundation.search.cli import search_command
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.search.public import EVERYONE, only, who_may
from vliegwiel.foundation.search.tests.given import VISITOR, a_document, found, titles
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid

pytestmark = pytest.mark.django_db


def test_without_an_audience_a_document_is_in_no_index() -> None:
    a_document("Kwetsbaar pand", audiences=())
    assert not Document.objects.exists()
    a_document("Kwetsbaar pand")
    a_document("Kwetsbaar pand", audiences=())
    assert titles("pand") == []
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (EVERYONE, {"visitor", "system", "adviseur", "programma", "elsewhere", "municipal"}),
        (who_may("ask-consent"), {"adviseur", "programma"}),
        (who_may("decide-applications"), {"programma"}),
        (who_may("give-consent"), set()),
        ("", set()),
    ],
)
def test_each_audience_finds_its_own_and_nobody_else_does(audience: str, who: set[str]) -> None:
    people = {
        "visitor": VISITOR,
        "system": Actor.system("cli"),
        "adviseur": acting(a_role("adviseur")),
        "programma": acting(a_role("programma")),
        "elsewhere": acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid")),
        "municipal": acting(a_role("gemeente", municipality="GM9901")),
    }
    a_document("Openbaar dossier", id="openbaar")
    a_document("Dossier Zilvermeeuw", audiences=(audience,) if audience else ())
    assert {name for name, actor in people.items() if "Dossier Zilvermeeuw" in titles("dossier", actor=actor)} == who
    counts = {name: found("dossier", actor=actor).total for name, actor in people.items()}
    assert counts == {name: 2 if name in who else 1 for name in people}


def test_what_is_for_one_person_is_found_by_that_person_only() -> None:
    mine, other = acting(a_role("adviseur")), acting(a_role("adviseur", email="ander@voorbeeld.invalid"))
    a_document("Mijn aantekening", audiences=(only(mine.id),))
    assert titles("aantekening", actor=mine) == ["Mijn aantekening"]
    assert titles("aantekening", actor=other) == titles("aantekening") == []


@pytest.mark.parametrize("packed", [False, True], ids=["fresh", "packed"])
def test_a_hidden_document_changes_nothing_in_what_a_visitor_sees(*, packed: bool) -> None:
    for number in range(5):
        a_document(f"Tuin {number}", "Met een haag", id=str(number), place="GM1", place_name="Oudewiek")
    before = found("tuin haag")
    for number in range(20):
        a_document(
            f"Tuin van Zilvermeeuw {number}",
            "Met een haag",
            id=f"h{number}",
            kind="geheim",
            place="GM2",
            place_name="Nijwarden",
            audiences=(who_may("do-casework"),),
        )
    if packed:
        pack_index(actor=SYSTEM)
    assert found("tuin haag") == before
    assert found("zilvermeeuw").total == 0
    assert found("zilvermeeu").meant == ""
    assert found("tuin", kind="geheim").total == 0
    assert found("tuin", place="GM2").facets["place"][0].name == "Oudewiek"


def test_another_province_is_not_found_and_what_holds_for_all_is() -> None:
    a_document("Regeling van elders", province="PV98")
    a_document("Regeling van overal", province="")
    assert titles("regeling") == ["Regeling van overal"]


def test_who_loses_a_role_no_longer_finds() -> None:
    role = a_role("programma")
    a_document("Advies aan GS", audiences=(who_may("decide-applications"),))
    assert titles("advies", actor=acting(role)) == ["Advies aan GS"]
    role.delete()
    assert titles("advies", actor=acting(role)) == []


@pytest.mark.parametrize("audience", ["iedereen", "verb:bestaat-niet", "person:", "*"])
def test_an_audience_that_does_not_exist_is_refused_and_nothing_is_written(audience: str) -> None:
    with pytest.raises(NotValid):
        a_document("Tuin", audiences=(EVERYONE, audience))
    assert not Document.objects.exists()


def test_the_command_prints_kind_id_title_and_score_of_what_is_public(settings: object) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    a_document("Dorpshuizen", id="abc")
    a_document("Dorpshuis in het geheim", audiences=(who_may("read-trail"),))
    printed = CliRunner().invoke(search_command, ["dorpshuis", "--json"])
    rows = json.loads(printed.output)
    assert [(row["kind"], row["id"], row["title"]) for row in rows] == [("initiatief", "abc", "Dorpshuizen")]
    assert rows[0]["score"] > 0
