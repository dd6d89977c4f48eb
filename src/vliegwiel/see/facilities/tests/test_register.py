"""The register: files of every kind come in, wrong rows are told by row, and what somebody checked later stays."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.requirements import DATA
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.tests.workbooks import workbook_of
from vliegwiel.foundation.people.tests.given import an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.facilities import queries, tables
from vliegwiel.see.facilities.actions import import_facilities as importing
from vliegwiel.see.facilities.actions.edit_facility import close_facility, edit_facility, open_facility
from vliegwiel.see.facilities.actions.import_facilities import import_facilities
from vliegwiel.see.facilities.actions.report_mistake import answer_report, key_of, report_mistake, report_opened
from vliegwiel.see.facilities.models import Facility, FacilityImport, MistakeReport
from vliegwiel.see.facilities.tests.given import (
    PROVINCE,
    SCHOOLS,
    SOURCE,
    SYSTEM,
    a_list,
    areas_and_people,
    facilities_from,
    named,
    someone,
)
from vliegwiel.see.facilities.where import to_rd

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")


@pytest.fixture(autouse=True)
def the_village(own_home: Path) -> None:
    areas_and_people(own_home)


def test_a_list_comes_in_with_what_is_known_and_since_when(tmp_path: Path) -> None:
    done = facilities_from(tmp_path, [{**SCHOOLS[0], "gecontroleerd op": "3-2-2025"}, *SCHOOLS[1:]])
    west, middle = named("Basisschool West"), named("Basisschool Midden")
    assert (done.record.added, done.wrong) == (3, ())
    assert (west.kind, west.area, west.municipality_name, west.capacity) == ("basisschool", "BU18760000", "Bronckhorst", 120)
    assert west.told_by("opening") == (SOURCE, date(2025, 2, 3)) and west.told_by("cost") is None and west.cost == ""
    assert (middle.kind, middle.cost, middle.checked_on) == ("basisschool", "gratis", clock.today())


def test_reading_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    before = list(Facility.objects.order_by("pk").values())
    with clock.at(clock.now().replace(year=clock.now().year + 1)):
        again = facilities_from(tmp_path, SCHOOLS)
    assert (again.record.added, again.record.changed, again.record.unchanged) == (0, 0, 3)
    assert list(Facility.objects.order_by("pk").values()) == before


def test_a_newer_list_changes_only_what_it_says_and_counts_what_it_lacks(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS, checked_on=date(2025, 1, 1))
    newer = facilities_from(tmp_path, [{**SCHOOLS[0], "open": "", "capaciteit": "90"}], checked_on=date(2025, 6, 1))
    west = named("Basisschool West")
    assert (newer.record.changed, newer.record.missing, west.capacity, west.version) == (1, 2, 90, 2)
    assert west.opening == "ma t/m vr" and west.told_by("opening") == (SOURCE, date(2025, 1, 1))
    assert named("Basisschool Oost").closed_on is None


def test_what_somebody_checked_later_is_not_overwritten_by_an_older_list(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS, checked_on=date(2025, 1, 1))
    west = named("Basisschool West")
    keeper = someone("gemeente", municipality="GM1876")
    edit_facility(
        actor=keeper, facility=west.public_id, version=1, cells={"open": "ook op zaterdag", "capaciteit": "120"}, source="Gebeld"
    )
    facilities_from(tmp_path, [{**SCHOOLS[0], "open": "dicht"}], checked_on=date(2025, 6, 1))
    west.refresh_from_db()
    assert west.opening == "ook op zaterdag" and west.told_by("opening") == ("Gebeld", clock.today())


def test_every_wrong_row_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    good = SCHOOLS[0]
    rows = [
        good,
        {**good, "nummer": "a", "x": "900000"},  # row 3: no place in the Netherlands
        {**good, "nummer": "b", "x": "20000", "y": "400000"},  # at sea
        {**good, "nummer": "c", "x": "veel"},
        {**good, "nummer": "d", "soort": "luchthaven"},
        {**good, "nummer": "e", "naam": ""},
        {**good, "nummer": "f", "capaciteit": "-3"},
        {**good, "nummer": "1"},  # twice
        {**good, "nummer": "g", "kosten": "duur", "toegankelijk": "misschien"},
        {**good, "nummer": "h", "gecontroleerd op": "1-1-2999"},
        {**good, "nummer": "i", "postcode": "12"},
    ]
    done = facilities_from(tmp_path, rows)
    told = {row.place: row.text for row in done.wrong}
    assert Facility.objects.count() == 1 and sorted(told) == list(range(3, 13))
    assert "niet in Nederland" in told[3] and "in zee of over de grens" in told[4] and "geen getal" in told[5]
    assert "luchthaven" in told[6] and "naam ontbreekt" in told[7] and "-3" in told[8] and "regel 2" in told[9]
    assert "kosten" in told[10] and "toegankelijk" in told[10] and "moet nog komen" in told[11] and "postcode" in told[12]
    assert FacilityImport.objects.get().wrong[0][0] == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leeg.csv", b"", "empty-file"),
        ("zonder.csv", b"naam;soort\nX;huisarts\n", "no-columns"),
        ("kapot.json", b"{", "no-json"),
        ("dieper.json", b"[" * 100_000, "no-json"),
        ("lijst.geojson", b'{"features": 3}', "no-geojson"),
        ("nul.csv", b"naam;x;y\n\x00;1;2\n", "no-text"),
        ("blad.xlsx", b"PK\x03\x04rommel", "no-workbook"),
        ("iets.pdf", b"%PDF", "unknown-format"),
        ("weg.osm.pbf", b"rommel", "no-osm"),
        ("fout.csv", b"naam;soort;x;y\nX;huisarts;0;0\n", "no-rows"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotValid) as refusal:
        import_facilities(actor=SYSTEM, province=PROVINCE, path=path, source=SOURCE)
    assert refusal.value.code == code and not Facility.objects.exists() and not FacilityImport.objects.exists()


def test_excel_geojson_and_tags_say_the_same_as_a_csv(tmp_path: Path) -> None:
    lon, lat = 6.2318, 51.9611
    x, y = (round(float(axis[0])) for axis in to_rd([lon], [lat]))
    books = tmp_path / "lijst.xlsx"
    row = {"nummer": "n1", "naam": "Zaal", "soort": "dorpshuis", "x": x, "y": y, "toegankelijk": "ja"}
    books.write_bytes(workbook_of(row, row))
    point = {"type": "Feature", "id": "n1", "geometry": {"type": "Point", "coordinates": [lon, lat]}}
    features = [{**point, "properties": {"naam": "Zaal", "soort": "dorpshuis", "toegankelijk": "ja"}}]
    tagged = [{**point, "properties": {"amenity": "community_centre", "name": "Zaal", "wheelchair": "yes"}}]
    found = []
    for place, document in enumerate((features, tagged)):
        path = tmp_path / f"{place}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": document}))
        found.append(tables.read(path))
    from_book = tables.read(books)
    cells = [{key: table.rows[0].cells.get(key) for key in ("naam", "nummer", "toegankelijk")} for table in (*found, from_book)]
    assert cells == [{"naam": "Zaal", "nummer": "n1", "toegankelijk": "ja"}] * 3
    assert from_book.rows[0].cells["x"] == str(x)


def test_a_municipality_brings_in_its_own_places_only(tmp_path: Path) -> None:
    elsewhere = someone("gemeente", municipality="GM0200")
    with pytest.raises(NotValid) as refusal:
        facilities_from(tmp_path, SCHOOLS, actor=elsewhere)
    assert "Bronckhorst" in refusal.value.details[0] and not Facility.objects.exists()
    assert facilities_from(tmp_path, SCHOOLS, actor=someone("gemeente", municipality="GM1876")).record.added == 3


def test_without_borders_nothing_comes_in(tmp_path: Path) -> None:
    with pytest.raises(NotNow):
        facilities_from(tmp_path, SCHOOLS, province="PV20")


def test_a_facility_closes_and_opens_and_who_comes_too_late_is_told(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    keeper, west = someone("programma"), named("Basisschool West").public_id
    with pytest.raises(NotValid):
        close_facility(actor=keeper, facility=west, version=1, closed_on=date(2999, 1, 1))
    closed = close_facility(actor=keeper, facility=west, version=1, closed_on=clock.today())
    assert closed.closed_on and not queries.facilities(PROVINCE, queries.Filter()).filter(public_id=west).exists()
    with pytest.raises(NotNow):
        open_facility(actor=keeper, facility=west, version=1)
    assert open_facility(actor=keeper, facility=west, version=2).closed_on is None
    done = Entry.objects.filter(object_kind="facility", result="gedaan")
    assert list(done.values_list("action", flat=True)) == ["close-facility", "open-facility"]


def test_a_report_of_a_resident_reaches_the_owner_and_is_answered_once(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    keeper, other = someone("gemeente", municipality="GM1876"), someone("gemeente", municipality="GM0200")
    west = named("Basisschool West").public_id
    report = report_mistake(actor=VISITOR, facility=west, about="opening", text="Ook op zaterdag open.", network="n")
    assert Notice.objects.get(about_id=report.public_id).person.public_id == keeper.id
    assert [list(queries.reports_for(actor)) for actor in (keeper, other)] == [[report], []]
    with pytest.raises(NotAllowed):
        answer_report(actor=other, report=report.public_id, state="mended", answer="Dank u.")
    answer_report(actor=keeper, report=report.public_id, state="mended", answer="Dank u, het staat er nu.")
    with pytest.raises(NotNow):
        answer_report(actor=keeper, report=report.public_id, state="right", answer="Toch niet.")
    assert report_opened(report.public_id, key_of(report)).answer == "Dank u, het staat er nu."
    with pytest.raises(NotFound):
        report_opened(report.public_id, key_of(MistakeReport(public_id="anders")))


@pytest.mark.parametrize(("about", "text"), [("", "x"), ("opening", " "), ("iets", "x"), ("opening", "x" * 601)])
def test_a_report_without_something_to_mend_is_refused(tmp_path: Path, about: str, text: str) -> None:
    facilities_from(tmp_path, SCHOOLS)
    with pytest.raises(NotValid):
        report_mistake(actor=VISITOR, facility=named("Basisschool West").public_id, about=about, text=text)
    assert not MistakeReport.objects.exists()


def test_nobody_reports_for_ever(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    west = named("Basisschool West").public_id
    for _time in range(10):
        report_mistake(actor=VISITOR, facility=west, about="closed", text="", network="het net")
    with pytest.raises(NotNow):
        report_mistake(actor=VISITOR, facility=west, about="closed", text="", network="het net")


@pytest.mark.data
def test_real_lists_come_in_as_they_are(own_home: Path, tmp_path: Path) -> None:
    """Places of Deventer and polling stations of Ede, inside a border that holds both."""
    shapes = [shapely.box(165_000, 440_000, 195_000, 470_000), shapely.box(195_000, 465_000, 220_000, 485_000)]
    import_areas(actor=SYSTEM, path=a_border_file(tmp_path, shapes=shapes, year=2025), year=2025)
    areas.stamp.forget()
    folder = DATA / "voorzieningen"

    def read(name: str, source: str) -> Any:
        path = folder / name
        return import_facilities(actor=SYSTEM, province=PROVINCE, kind="ontmoetingsplek", path=path, source=source)

    places, stations = read("wijkteam_locaties_deventer.csv", "Deventer"), read("stemlokalen_ede_2018.json", "Ede")
    assert (places.record.added, stations.record.added) == (64, 56)
    assert {row.text for row in places.wrong if "kennen we niet" not in row.text} == set()
    again = read("stemlokalen_ede_2018.json", "Ede")
    assert (again.record.added, again.record.changed, again.record.unchanged) == (0, 0, 56)


@pytest.mark.data
def test_an_extract_of_openstreetmap_gives_facilities_with_their_tags() -> None:
    table = tables.read(DATA / "osm" / "wechel_be.osm.pbf")
    kinds: dict[str, int] = {}
    for row in table.rows:
        kinds[row.cells["soort"]] = kinds.get(row.cells["soort"], 0) + 1
    assert kinds and all(row.cells["nummer"].startswith(("node/", "way/")) for row in table.rows)
    assert all(4.7 < float(row.cells["lon"]) < 4.9 for row in table.rows)


def test_an_organisation_elsewhere_keeps_nothing_here(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    actor: Any = Actor("person", "niemand12345", an_organisation().public_id, province=PROVINCE)
    with pytest.raises(NotAllowed):
        facilities_from(tmp_path, SCHOOLS, actor=actor)
    assert a_list(tmp_path, SCHOOLS).exists()


def test_a_municipality_never_takes_over_a_facility_of_another_by_its_number(tmp_path: Path) -> None:
    facilities_from(tmp_path, SCHOOLS)
    Facility.objects.filter(key="1").update(municipality="GM0200", municipality_name="Apeldoorn")
    before = Facility.objects.filter(key="1").values().get()
    rows = [{**SCHOOLS[0], "naam": "Overgenomen"}, {**SCHOOLS[1], "capaciteit": "60"}]
    done = facilities_from(tmp_path, rows, actor=someone("gemeente", municipality="GM1876"))
    assert done.record.changed == 1 and "Apeldoorn" in done.wrong[0].text
    assert Facility.objects.filter(key="1").values().get() == before


def test_who_changed_a_facility_during_an_import_does_not_lose_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facilities_from(tmp_path, SCHOOLS)
    west = named("Basisschool West")
    change = importing._change

    def while_somebody_edits(there: Facility, *given: Any) -> bool:
        Facility.objects.filter(pk=there.pk).update(opening="ook op zaterdag", version=there.version + 1)
        return change(there, *given)

    monkeypatch.setattr(importing, "_change", while_somebody_edits)
    with pytest.raises(NotNow):
        facilities_from(tmp_path, [{**SCHOOLS[0], "capaciteit": "90"}])
    west.refresh_from_db()
    assert west.capacity == 120 and FacilityImport.objects.count() == 1


@pytest.mark.parametrize("tail", ["X;huisarts\r1\rveld;201000;441500\n", f'"{"x" * 140_000}";huisarts;201000;441500\n'])
def test_lines_that_are_no_csv_are_refused_or_read_and_never_break(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "regels.csv"
    path.write_bytes(b"naam;soort;x;y\n" + tail.encode())
    with pytest.raises(NotValid):
        import_facilities(actor=SYSTEM, province=PROVINCE, path=path, source=SOURCE)


def test_json_with_odd_values_is_read_and_keeps_its_own_numbers(tmp_path: Path) -> None:
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [6.2318, 51.9611]}}
    features = [
        {**point, "properties": {"naam": "Zaal\x00 \ud800", "soort": "dorpshuis", "brin": "12AB"}},
        {**point, "properties": {"amenity": "community_centre", "name": "Huis", "wheelchair": ["yes"]}},
        {**point, "properties": ["geen"]},
    ]
    path = tmp_path / "raar.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    rows = [row.cells for row in tables.read(path).rows]
    assert (rows[0]["naam"], rows[0].get("nummer"), rows[1]["naam"]) == ("Zaal", "12AB", "Huis")
