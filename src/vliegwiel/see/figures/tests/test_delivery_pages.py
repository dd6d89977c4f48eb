"""A researcher brings the next delivery in the browser: nothing is loaded until every question is answered."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import a_role
from vliegwiel.kernel import clock
from vliegwiel.see.figures import quarantine, queries
from vliegwiel.see.figures.models import ColumnAnswer, OwnIndicator, ReceivedFile, Release
from vliegwiel.see.figures.tasks import clear_received
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, changed, with_column

pytestmark = pytest.mark.django_db
HOME = "/beheer/cijfers"
NEW = {
    "antwoord": "nieuw",
    "naam": "Geluk van het dorp",
    "thema": "samenleven",
    "eenheid": "cijfer",
    "laagste": "1",
    "hoogste": "10",
    "decimalen": "1",
    "richting": "higher_is_better",
    "optelling": "mean",
    "soort": "survey",
    "bron": "Eigen vragenlijst",
    "licentie": "CC BY 4.0",
    "methode": "Gemiddeld cijfer dat bewoners geven.",
    "sdgs": "3, 11",
}


def quarantined() -> list[str]:
    """The folders in quarantine."""
    return [path.name for path in (Path(settings.VLIEGWIEL_HOME) / "quarantine").glob("*")]


def browser(kind: str = "onderzoeker", email: str = "") -> Client:
    """A browser of who holds this role and took the second step."""
    role: Role = a_role(kind, email=email)
    client = Client()
    client.force_login(role.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def upload(client: Client, path: Path, name: str = "", **fields: str) -> str:
    """Bring a file; returns the address of its page."""
    content = SimpleUploadedFile(name or path.name, path.read_bytes())
    answer = client.post(f"{HOME}/nieuw", {"bestand": content, **fields})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer["Location"])


def about(place: int, **fields: str) -> dict[str, str]:
    return {f"k{place}-{part}": text for part, text in fields.items()}


def test_a_page_opens_for_researchers_only() -> None:
    assert browser().get(HOME).status_code == 200
    for client in (browser("gemeente"), browser("auditor"), Client()):
        assert client.get(HOME).status_code == 403
        assert client.post(f"{HOME}/nieuw").status_code == 403


def test_nothing_is_loaded_by_looking(tmp_path: Path) -> None:
    client = browser()
    page = client.get(upload(client, a_delivery(tmp_path, rows=with_column("AfstandTotDeBibliotheek_77", "2.4"))))
    text = page.content.decode()
    assert "Kerncijfers" in text
    assert "AfstandTotDeBibliotheek_77" in text
    assert not Release.objects.exists()


def test_a_guess_stands_ready_and_is_no_answer(tmp_path: Path) -> None:
    client = browser()
    address = upload(client, a_delivery(tmp_path, rows=with_column("AfstandTotDeBibliotheek_77", "2.4")))
    page = client.get(address).content.decode()
    assert '<option value="afstand-bibliotheek" selected>' in page
    assert 'value="zelfde" checked' not in page
    answer = client.post(f"{address}/laden", about(0, indicator="afstand-bibliotheek"))
    assert answer.status_code == 200
    assert 'href="#k0-zelfde"' in answer.content.decode()
    assert not ColumnAnswer.objects.exists()


def test_three_kinds_of_answers_load_the_file_and_throw_it_away(tmp_path: Path) -> None:
    client = browser()
    rows = [{**row, "AfstandTotDeBibliotheek_77": "2.4", "Geluk_78": "7.4", "Noot_79": ""} for row in ROWS]
    address = upload(client, a_delivery(tmp_path, rows=rows))
    token = ReceivedFile.objects.get().token
    form = about(0, antwoord="zelfde", indicator="afstand-bibliotheek") | about(1, **NEW) | about(2, antwoord="weglaten")
    assert client.post(f"{address}/laden", form).status_code == 302
    assert queries.figure("afstand-bibliotheek", 2024, "GM1876").estimate.value == 2.4
    assert queries.figure("geluk-van-het-dorp", 2024, "GM1876").estimate.value == 7.4
    page = client.get(address).content.decode()
    assert "De levering is geladen" in page
    assert "Noot_79" in page
    assert not quarantine.QUARANTINE.path_of(token, "kwb_2024_85984NED.csv").exists()
    assert client.post(f"{address}/laden", form)["Location"] == address


def test_a_mistake_keeps_every_answer_and_points_at_its_field(tmp_path: Path) -> None:
    client = browser()
    address = upload(client, a_delivery(tmp_path, rows=with_column("Geluk_77", "7.4")))
    for part, value, words in (
        ("naam", "", "Vul de naam in"),
        ("naam", "Inwoners", "Er is al een indicator"),
        ("hoogste", "0", "lager dan de laagste"),
        ("laagste", "veel", "Vul een getal in"),
        ("thema", "blijheid", "Kies een thema"),
        ("sdgs", "18", "van 1 tot en met 17"),
    ):
        answer = client.post(f"{address}/laden", about(0, **{**NEW, part: value}))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert words in page
        assert f'href="#k0-{part}"' in page
        assert 'value="Eigen vragenlijst"' in page
    assert not OwnIndicator.objects.exists()
    assert not Release.objects.exists()


def test_a_value_that_cannot_be_is_refused_before_any_question_is_answered(tmp_path: Path) -> None:
    client = browser()
    rows = [{**row, "Geluk_77": "7"} for row in changed("GM1876", "AantalInwoners_5", "-7")]
    address = upload(client, a_delivery(tmp_path, rows=rows))
    page = client.get(address).content.decode()
    assert "Er is niets geladen" in page
    assert "GM1876" in page
    assert client.post(f"{address}/laden", about(0, antwoord="weglaten")).status_code == 200
    assert not Release.objects.exists()


def test_a_value_outside_the_range_of_a_new_indicator_loads_nothing_at_all(tmp_path: Path) -> None:
    client = browser()
    address = upload(client, a_delivery(tmp_path, rows=with_column("Geluk_77", "74")))
    answer = client.post(f"{address}/laden", about(0, **NEW))
    assert answer.status_code == 200
    assert "niet kloppen" in answer.content.decode()
    assert not (Release.objects.exists() or OwnIndicator.objects.exists() or ColumnAnswer.objects.exists())


def test_year_and_date_are_asked_when_the_file_does_not_say(tmp_path: Path) -> None:
    client = browser()
    rows = [{**row, "SoortRegio_2": "Buurt"} for row in ROWS]
    address = upload(client, a_delivery(tmp_path, name="kwb_86165NED.csv", rows=rows))
    page = client.get(address).content.decode()
    assert 'href="#jaar"' in page
    assert "--year" not in page
    wrong = client.post(f"{address}/gegevens", {"jaar": "vorig", "gepubliceerd": ""})
    assert (wrong.status_code, "vier cijfers" in wrong.content.decode()) == (200, True)
    client.post(f"{address}/gegevens", {"jaar": "2025", "gepubliceerd": "2025-08-01"})
    assert client.post(f"{address}/laden").status_code == 302
    assert Release.objects.get().area_year == 2025


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cijfers.exe", b"MZ", "kennen we niet"),
        ("cijfers.csv", b"", "leeg"),
        ("cijfers.csv", b"PK\x03\x04 zip", "past niet bij zijn naam"),
        ("cijfers.csv", b"a,b\x00c", "past niet bij zijn naam"),
        ("kaart.geojson", b"<OGRVRTDataSource/>", "past niet bij zijn naam"),
        ("kaart.gpkg", b"{}", "past niet bij zijn naam"),
    ],
)
def test_what_is_no_delivery_is_refused_at_the_door(name: str, content: bytes, words: str) -> None:
    answer = browser().post(f"{HOME}/nieuw", {"bestand": SimpleUploadedFile(name, content)})
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert not ReceivedFile.objects.exists()
    assert quarantined() == []


@override_settings(VLIEGWIEL_LARGEST_DELIVERY=1)
def test_a_file_that_is_too_large_is_refused() -> None:
    answer = browser().post(f"{HOME}/nieuw", {"bestand": SimpleUploadedFile("a.csv", b"a,b\n" * 300_000)})
    assert (answer.status_code, "te groot" in answer.content.decode()) == (200, True)
    assert quarantined() == []


@override_settings(VLIEGWIEL_LARGEST_DELIVERY=1)
def test_a_file_far_too_large_is_refused_before_it_is_read_on_the_page_itself() -> None:
    answer = browser().post(f"{HOME}/nieuw", {"bestand": SimpleUploadedFile("a.csv", b"a,b\n" * 600_000)})
    text = answer.content.decode()
    assert answer.status_code == 413
    assert "Dit bestand is te groot. Het mag hoogstens 1 MB zijn." in text
    assert 'id="bestand-fout"' in text
    assert quarantined() == []


def test_a_name_cannot_lead_out_of_quarantine(tmp_path: Path) -> None:
    client = browser()
    upload(client, a_delivery(tmp_path), name="..\\..\\kwb <b>2024</b>_85984NED.csv")
    file = ReceivedFile.objects.get()
    assert re.fullmatch(r"[\w-]+_85984NED\.csv", file.file_name)
    assert quarantined() == [file.token]


def test_a_file_is_seen_by_who_brought_it_only(tmp_path: Path) -> None:
    address = upload(browser(email="een@voorbeeld.invalid"), a_delivery(tmp_path))
    other = browser(email="twee@voorbeeld.invalid")
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/laden").status_code == 404
    assert other.post(f"{address}/weg").status_code == 404
    assert ReceivedFile.objects.count() == 1


def test_a_file_is_thrown_away_at_once_or_after_a_day(tmp_path: Path) -> None:
    client = browser()
    address = upload(client, a_delivery(tmp_path))
    client.post(f"{address}/weg")
    assert client.get(address).status_code == 404
    upload(client, a_delivery(tmp_path))
    assert clear_received.call() == 0
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert clear_received.call() == 1
    assert quarantined() == []


def test_the_list_says_what_is_current_and_a_release_has_its_page(tmp_path: Path) -> None:
    client = browser()
    client.post(f"{upload(client, a_delivery(tmp_path))}/laden")
    release = Release.objects.get()
    text = client.get(HOME).content.decode()
    assert "geldt nu" in text
    assert release.file_hash in client.get(f"{HOME}/leveringen/{release.public_id}").content.decode()


def test_two_researchers_withdraw_a_release_on_its_page(tmp_path: Path) -> None:
    one, two = browser(email="een@voorbeeld.invalid"), browser(email="twee@voorbeeld.invalid")
    one.post(f"{upload(one, a_delivery(tmp_path))}/laden")
    address = f"{HOME}/leveringen/{Release.objects.get().public_id}"
    assert one.post(f"{address}/intrekken", {"reden": "fout"}).status_code == 200
    one.post(f"{address}/intrekken", {"reden": "De bron heeft zich vergist."})
    assert "Dit is uw eigen voorstel" in one.get(address).content.decode()
    assert one.post(f"{address}/intrekken/bevestigen").status_code == 403
    assert two.post(f"{address}/intrekken/bevestigen").status_code == 302
    assert "Ingetrokken op" in two.get(address).content.decode()
    assert "Ingetrokken" in two.get(HOME).content.decode()
    assert queries.releases() == []
