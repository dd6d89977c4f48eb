"""Pages of facilities: who may what, what everybody reads, and a fixed number of questions to the database."""

import csv
import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.ask_keep import ask_keep
from vliegwiel.see.facilities.actions.edit_facility import close_facility, edit_facility
from vliegwiel.see.facilities.actions.import_facilities import import_facilities
from vliegwiel.see.facilities.actions.import_roads import make_up_roads
from vliegwiel.see.facilities.actions.release_distances import release_distances
from vliegwiel.see.facilities.actions.report_mistake import answer_report, report_mistake
from vliegwiel.see.facilities.actions.save_scenario import save_scenario
from vliegwiel.see.facilities.actions.set_norm import set_norm
from vliegwiel.see.facilities.actions.share_outcome import plan_next_use, send_outcome, share_outcome
from vliegwiel.see.facilities.models import ClosureScenario, Facility, FacilityNorm, KeepQuestion, MistakeReport
from vliegwiel.see.facilities.tests.given import PROVINCE, SCHOOLS, a_list, a_village, facilities_from, named, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_village(own_home: Path, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    a_village(own_home)


def _browser(actor: Actor | None = None) -> Client:
    client = Client()
    if actor is not None:
        client.force_login(Person.objects.get(public_id=actor.id))
        session = client.session
        session[SECOND_STEP], session[CHOSEN] = "set-up", actor.organisation
        session.save()
    return client


def _scenario(actor: Actor) -> ClosureScenario:
    school = named("Basisschool West").public_id
    return save_scenario(
        actor=actor, province=PROVINCE, title="De school sluit", kind="basisschool", profile="bike", close=[school]
    )


def _deeds(folder: Path, saved: ClosureScenario, report: MistakeReport) -> dict[str, Callable[[Actor], object]]:
    school = named("Basisschool West")
    halls = [named(f"Zaal {place}").public_id for place in range(3)]
    about = {"kind": "closure-scenario", "saved": saved.public_id}
    cells = {"open": "anders"}
    return {
        "import": lambda a: import_facilities(
            actor=a, province=PROVINCE, path=a_list(folder, [{**SCHOOLS[0], "nummer": "n", "naam": "Nieuw"}]), source="Andere"
        ),
        "edit": lambda a: edit_facility(actor=a, facility=school.public_id, version=school.version, cells=cells, source="Gebeld"),
        "close": lambda a: close_facility(actor=a, facility=school.public_id, version=school.version, closed_on=clock.today()),
        "answer": lambda a: answer_report(actor=a, report=report.public_id, state="right", answer="Het klopt."),
        "norm": lambda a: set_norm(
            actor=a,
            province=PROVINCE,
            kind="huisarts",
            profile="car",
            minutes=15,
            source="B",
            status="wet",
            valid_from=clock.today(),
        ),
        "roads": lambda a: make_up_roads(actor=a, province=PROVINCE),
        "figures": lambda a: release_distances(actor=a, province=PROVINCE),
        "scenario": _scenario,
        "keep": lambda a: ask_keep(
            actor=a, province=PROVINCE, title="Welke?", area="GM1876", profile="bike", candidates=halls, number=1
        ),
        "share": lambda a: share_outcome(actor=a, **about),
        "send": lambda a: send_outcome(actor=a, **about, municipalities=["GM1876"]),
        "next": lambda a: plan_next_use(actor=a, **about, facility=school.public_id, use="sloop"),
        "report": lambda a: report_mistake(actor=a, facility=school.public_id, about="closed", text=""),
    }


_REGISTER, _WEIGHS = {"import", "edit", "close", "answer"}, {"scenario", "keep", "report"}
_OWN = {"share", "send", "next"}
MAY = {
    "visitor": {"report"},
    "adviseur": _WEIGHS,
    "gemeente": _REGISTER | _WEIGHS,
    "elders": _WEIGHS,
    "programma": _REGISTER | _WEIGHS | _OWN | {"norm"},
    "onderzoeker": _WEIGHS | {"roads", "figures"},
    "fonds": {"report"},
}


def _actors() -> dict[str, Actor]:
    found = {kind: someone(kind) for kind in ("adviseur", "programma", "onderzoeker", "fonds")}
    towns = {"gemeente": someone("gemeente", municipality="GM1876"), "elders": someone("gemeente", municipality="GM0200")}
    return {"visitor": Actor("visitor"), **found, **towns}


def _kept() -> tuple[object, ...]:
    """Everything of this room, to show that a refusal changed nothing."""
    tables = (Facility, MistakeReport, FacilityNorm, ClosureScenario, KeepQuestion)
    return (*(list(table.objects.order_by("pk").values()) for table in tables), Entry.objects.filter(result="gedaan").count())


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_may_do_what_it_is_for_and_a_refusal_changes_nothing(role: str, tmp_path: Path) -> None:
    actors = _actors()
    saved = _scenario(actors["programma"])
    report = report_mistake(actor=Actor("visitor"), facility=named("Basisschool Oost").public_id, about="closed", text="")
    deeds = _deeds(tmp_path, saved, report)
    for name in (*(name for name in deeds if name not in MAY[role]), *(name for name in deeds if name in MAY[role])):
        before = _kept()
        if name in MAY[role]:
            if name == "close":
                found = named("Basisschool West")
                close_facility(actor=actors[role], facility=found.public_id, version=found.version, closed_on=clock.today())
            elif name in ("scenario", "keep", "share", "send", "next") and named("Basisschool West").closed_on:
                continue
            else:
                deeds[name](actors[role])
            continue
        with pytest.raises(NotAllowed) if name != "import" or role != "elders" else pytest.raises(Exception, match="Geen enkele"):
            deeds[name](actors[role])
        assert _kept() == before, f"{role}: {name}"


def test_a_saved_outcome_is_read_by_its_makers_until_it_is_shared_or_sent() -> None:
    actors = _actors()
    saved = _scenario(actors["programma"])
    readers = {"visitor": None, "elders": actors["elders"], "gemeente": actors["gemeente"], "programma": actors["programma"]}

    def seen() -> list[str]:
        return [name for name, actor in readers.items() if _browser(actor).get(saved.path).status_code == 200]

    assert seen() == ["programma"]
    send_outcome(actor=actors["programma"], kind="closure-scenario", saved=saved.public_id, municipalities=["GM1876"])
    assert seen() == ["gemeente", "programma"]
    share_outcome(actor=actors["programma"], kind="closure-scenario", saved=saved.public_id)
    assert seen() == list(readers)
    assert b"Stuur de uitkomst" not in _browser().get(saved.path).content


def test_everybody_reads_what_is_there_and_made_up_says_so_everywhere() -> None:
    school = named("Basisschool West").public_id
    for address in (
        "/voorzieningen?soort=basisschool",
        f"/voorzieningen/{school}",
        "/voorzieningen/afstand?soort=basisschool",
        f"/voorzieningen/wat-als?soort=basisschool&vervoer=foot&sluit={school}",
        f"/voorzieningen/wat-als/vergelijk?soort=basisschool&een={school}&twee={named('Basisschool Oost').public_id}",
        "/zorgkaart",
    ):
        answer = _browser().get(address)
        assert answer.status_code == 200, address
    assert "VERZONNEN VOORBEELD" in _browser().get(f"/voorzieningen/wat-als?soort=basisschool&sluit={school}").content.decode()
    for address in (
        f"/voorzieningen/wat-als.csv?soort=basisschool&sluit={school}",
        "/voorzieningen/afstand.csv?soort=basisschool",
    ):
        assert "VERZONNEN VOORBEELD" in _browser().get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/voorzieningen/wat-als?soort=basisschool&sluit=bestaatniet", 400),
        ("/voorzieningen/wat-als?soort=basisschool&open=9,9", 200),
        ("/voorzieningen/wat-als?soort=luchthaven&vervoer=vliegtuig", 200),
        ("/voorzieningen/wat-als.csv?soort=basisschool", 400),
        ("/voorzieningen?soort=%00&gemeente=GM9999&pagina=-1&naam=%27", 200),
        ("/voorzieningen/afstand?soort=huisarts", 200),
        ("/voorzieningen/bestaatniet1", 404),
        ("/voorzieningen/scenarios/bestaatniet1", 404),
        ("/voorzieningen/meldingen/bestaatniet1/sleutel", 404),
    ],
)
def test_an_address_that_asks_what_cannot_be_gets_a_clear_answer(address: str, status: int) -> None:
    answer = _browser().get(address)
    assert answer.status_code == status and b"Er ging bij ons iets mis" not in answer.content


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_text(own_home: Path) -> None:
    facilities_from(own_home, [{**SCHOOLS[0], "nummer": "f", "naam": "=1+1"}])
    answer = _browser().get("/voorzieningen.csv")
    content = answer.getvalue().decode()
    assert "'=1+1" in content and ",=1+1" not in content


@pytest.mark.parametrize("address", ["/voorzieningen", "/zorgkaart", "/werk/voorzieningen/meldingen", "/voorzieningen/wat-als"])
def test_a_list_asks_as_many_questions_with_three_as_with_thirty(address: str, own_home: Path) -> None:
    client = _browser(someone("programma"))

    def asked() -> int:
        """The fewest of some tries: what is read again once a second does not count."""
        counts = []
        for _try in range(3):
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
        return min(counts)

    facilities_from(own_home, [{"nummer": "h1", "naam": "Huisarts 1", "soort": "huisarts", "x": "201000", "y": "441000"}])
    report_mistake(actor=Actor("visitor"), facility=named("Huisarts 1").public_id, about="closed", text="")
    few = asked()
    rows = [
        {
            "nummer": f"m{n}",
            "naam": f"Huisarts m{n}",
            "soort": ("huisarts", "school")[n % 2],
            "x": str(200_500 + 50 * n),
            "y": "441500",
        }
        for n in range(30)
    ]
    facilities_from(own_home, rows, source="Meer")
    for n in range(9):
        report_mistake(
            actor=Actor("visitor"), facility=named(f"Huisarts m{n}").public_id, about="closed", text="", network=str(n)
        )
    queries.stamp.forget()
    assert asked() == few


def test_an_officer_brings_in_a_list_from_the_page_and_reads_which_rows_were_wrong(tmp_path: Path) -> None:
    client = _browser(someone("programma"))
    path = a_list(
        tmp_path, [{**SCHOOLS[0], "nummer": "p1", "naam": "Van het scherm"}, {**SCHOOLS[0], "nummer": "p2", "soort": "kasteel"}]
    )
    with path.open("rb") as file:
        answer = client.post("/werk/voorzieningen", {"bestand": file, "van": "De gemeente"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "Nieuw: 1" in text and "regel 3" in text and "kasteel" in text
    assert client.post("/werk/voorzieningen", {"van": "X"}).status_code == 400
    assert named("Van het scherm").made_up is False
    assert client.get("/werk/voorzieningen/sjabloon.csv").status_code == 200
    assert _browser().get("/werk/voorzieningen").status_code in (302, 403)


def test_an_officer_asks_which_to_keep_from_the_page() -> None:
    client = _browser(someone("programma"))
    address = "/voorzieningen/houden?gemeente=GM1876&soort=ontmoetingsplek"
    assert client.get(address).content.decode().count("blijft altijd") >= 9
    states = {f"g-{named(f'Zaal {place}').public_id}": "mee" for place in range(9)} | {f"g-{named('Zaal 4').public_id}": "blijft"}
    about = {"titel": "Welke drie?", "aantal": "3", "vervoer": "bike", "doel": "p-median"}
    answer = client.post(address, {**states, **about}, follow=True)
    text = answer.content.decode()
    part = client.post(address, {**states, **about, "gebied": "BU18760000"}, follow=True).content.decode()
    assert "4.370 mensen" in part and "4.510 mensen" in text, "the residents of one neighbourhood can count alone"
    assert "bewezen de beste keuze" in text and "Zaal 4" in text and "Vooraf stond vast" in text
    wrong = client.post(address, {**states, **about, "aantal": "nul"})
    assert wrong.status_code == 400 and "een of meer" in wrong.content.decode()
    many = client.post(address, {**states, **about, "aantal": "40"}, follow=True)
    assert "Zo kan het niet" in many.content.decode()
    again = html.unescape(re.findall(r'href="(/voorzieningen/houden[^"]*van=[^"]*)"', many.content.decode())[0])
    filled = client.get(again).content.decode()
    assert 'value="40"' in filled and 'value="Welke drie?"' in filled
    kept = rf'name="g-{named("Zaal 4").public_id}" value="blijft"[^>]* checked'
    assert re.search(kept, filled), "what was filled in is there to change"
    rooms = {f"p-{named(f'Zaal {place}').public_id}": "100" for place in range(9)}
    full = client.post(address, {**states, **rooms, **about}, follow=True).content.decode()
    assert "Zo kan het niet" in full and "passen 300 mensen, maar er zijn er 4.510" in full, "what was typed counts"
    wrong = client.post(address, {**states, **rooms, next(iter(rooms)): "veel", **about}).content.decode()
    assert "een heel getal" in wrong and 'value="veel"' in wrong


def test_a_resident_reads_how_far_it_is_from_the_own_village_or_postcode() -> None:
    client = _browser()
    text = client.get("/voorzieningen/dichtbij?plaats=veldhoek").content.decode()
    assert "Hoe ver is het in Veldhoek?" in text and "Basisschool Oost" in text and "Uw adres vragen wij niet" in text
    whole = client.get("/voorzieningen/dichtbij?gebied=GM1876&vervoer=foot").content.decode()
    assert "Hoe ver is het in Bronckhorst?" in whole and "Basisschool West" in whole
    assert "vinden wij niet" in client.get("/voorzieningen/dichtbij?plaats=9999").content.decode()
    assert client.get("/voorzieningen/dichtbij?gebied=BU00000000").status_code == 200


def test_the_last_one_never_says_that_another_is_as_near() -> None:
    officer = someone("programma")
    for name in ("Basisschool Midden", "Basisschool Oost"):
        item = named(name)
        close_facility(actor=officer, facility=item.public_id, version=item.version, closed_on=clock.today())
    text = _browser().get(f"/voorzieningen/{named('Basisschool West').public_id}").content.decode()
    assert "geen andere meer te bereiken" in text and "net zo dichtbij" not in text


def test_the_page_and_its_csv_tell_the_distance_of_the_chosen_way_beside_that_of_cbs(own_home: Path) -> None:
    facilities_from(own_home, [{"nummer": "d", "naam": "Dokter", "soort": "huisarts", "x": "201000", "y": "441500"}])
    found = {}
    for way in ("foot", "car"):
        address = f"/voorzieningen/afstand{{}}?soort=huisarts&vervoer={way}"
        rows = list(csv.DictReader(io.StringIO(_browser().get(address.format(".csv")).content.decode())))
        found[way] = {row["buurtcode"]: row for row in rows}
        page = _browser().get(address.format("")).content.decode()
        kilometres = [row["kilometer"].replace(".", ",") for row in rows]
        assert all(f"{value}\u202fkm" in page or f"{value}\xa0km" in page or f"{value} km" in page for value in kilometres), way
        assert rows[0]["kilometer volgens het CBS"] == "0.8" and rows[1]["kilometer met de auto"]
    assert found["foot"]["BU18760000"]["vervoer"] == "lopend"
    assert found["car"]["BU18760002"]["kilometer"] == found["foot"]["BU18760002"]["kilometer met de auto"]


def test_the_day_that_the_form_offers_is_one_that_it_takes() -> None:
    client, school = _browser(someone("programma")), named("Basisschool West")
    address = f"/werk/voorzieningen/{school.public_id}"
    offered = re.search(r'name="dag" value="([^"]+)"', client.get(address).content.decode())
    assert offered is not None
    given = {"wat": "sluit", "versie": str(school.version), "dag": offered[1]}
    assert client.post(address, given).status_code == 302
    school.refresh_from_db()
    assert school.closed_on == clock.today()


def test_what_the_form_does_not_ask_of_a_kind_stays_when_it_is_mended() -> None:
    client, school = _browser(someone("programma")), named("Basisschool West")
    Facility.objects.filter(pk=school.pk).update(takes_new="nee")
    address = f"/werk/voorzieningen/{school.public_id}"
    fields = {"naam": school.name, "bron": "Gebeld", "versie": str(school.version), "kosten": "gratis"}
    wrong = client.post(address, {**fields, "capaciteit": "veel"})
    assert wrong.status_code == 400 and '<option value="gratis" selected>' in wrong.content.decode()
    assert client.post(address, fields).status_code == 302
    school.refresh_from_db()
    assert (school.takes_new, school.cost) == ("nee", "gratis")
