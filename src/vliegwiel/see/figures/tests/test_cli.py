"""The commands say in Dutch what they did, and refuse with exit code 1."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vliegwiel.kernel.errors import NotValid, Refusal
from vliegwiel.see.figures.cli import figures
from vliegwiel.see.figures.tests.given import a_delivery, a_table, changed, with_column

pytestmark = pytest.mark.django_db
Command = Callable[..., Result]


@pytest.fixture
def command() -> Command:
    """Run `vliegwiel figures …`."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(figures, [str(argument) for argument in arguments])

    return run


def refusal_of(result: Result) -> Refusal:
    assert isinstance(result.exception, Refusal), result.output
    return result.exception


def test_an_import_says_what_was_read_and_repeating_says_that_nothing_changed(command: Command, tmp_path: Path) -> None:
    path = a_delivery(tmp_path)
    first = command("import", path)
    assert "Geladen: Kerncijfers wijken en buurten 2024 (85984NED)" in first.output
    assert "3 gebieden van 2024, 4 indicatoren, 1 periode, 11 waarden." in first.output
    assert "1 cel zonder cijfer" in first.output
    assert "Er is niets veranderd" in command("import", path).output


def test_of_several_files_the_good_ones_are_loaded_and_the_bad_ones_named(command: Command, tmp_path: Path) -> None:
    bad = a_table(tmp_path, "scholen.csv", ["tSchool", "Leefbaarheidsscore"], [["01", "4,2"]])
    result = command("import", bad, a_delivery(tmp_path))
    assert refusal_of(result).message == "1 van de 2 bestanden is niet geladen."
    assert "de rijen zijn scholen" in result.output
    assert "Geladen: Kerncijfers" in result.output


def test_questions_are_printed_written_to_a_file_and_answered_there(command: Command, tmp_path: Path) -> None:
    path, form = a_delivery(tmp_path, rows=with_column("AfstandTotDeBibliotheek_77", "2.4")), tmp_path / "antwoorden.yml"
    asked = refusal_of(command("import", path)).details
    assert "Gok: misschien afstand-bibliotheek (Afstand tot de bibliotheek)" in asked[0]
    refusal_of(command("import", path, "--map", form))
    assert refusal_of(command("import", path, "--map", form)).code == "bad-map"
    form.write_text(form.read_text(encoding="utf-8").replace("antwoord: vraag", "antwoord: gok"), encoding="utf-8")
    assert "5 indicatoren" in command("import", path, "--map", form).output


def test_show_prints_every_value_with_its_release_or_its_reason(command: Command, tmp_path: Path) -> None:
    command("import", a_delivery(tmp_path))
    found = {
        row["indicator"]: row for row in json.loads(command("show", "bu18760002", "--year", 2024, "--json").output)["cijfers"]
    }
    assert found["inwoners"]["waarde"] == 140
    assert found["inwoners"]["status"] == "voorlopig"
    assert found["afstand-huisarts"]["reden"] == "nul-of-geheim"
    assert found["aandeel-65-plus"]["berekend"]
    assert len({row["levering"] for row in found.values()}) == 1
    assert "Inwoners 2024: 140 inwoners" in command("show", "BU18760002").output


def test_releases_tell_an_earlier_publication_from_the_current_one(command: Command, tmp_path: Path) -> None:
    command("import", a_delivery(tmp_path))
    older = a_delivery(tmp_path, name="eerder_85984NED.csv", rows=changed("GM1876", "AantalInwoners_5", "4000"))
    said = command("import", older, "--published", "2025-08-01", "--status", "voorlopig").output
    assert "Er is al een latere publicatie" in said
    rows = json.loads(command("releases", "--json").output)
    assert [(row["gepubliceerd"], row["stand"]) for row in rows] == [("2026-07-19", "huidig"), ("2025-08-01", "eerder")]
    assert "(eerdere publicatie)" in command("releases").output


def test_unknown_areas_are_listed(command: Command, tmp_path: Path) -> None:
    assert "Elk gebied in de leveringen is bekend" in command("unknown-areas").output
    path = a_table(
        tmp_path, "misdrijven_47022NED.csv", ["WijkenEnBuurten", "jaar", "misdrijven_totaal"], [["BU18761234", "2024", "9"]]
    )
    assert "1 onbekend gebied van 2024" in command("import", path).output
    rows = json.loads(command("unknown-areas", "--json").output)
    assert [(row["code"], row["jaar"], row["tabel"]) for row in rows] == [("BU18761234", 2024, "47022NED")]


def test_a_value_that_cannot_be_names_column_area_and_value(command: Command, tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=changed("BU18760000", "AfstandTotHuisartsenpraktijk_110", "384400"))
    refusal = refusal_of(command("import", path))
    assert isinstance(refusal, NotValid)
    assert refusal.details == ("AfstandTotHuisartsenpraktijk_110 bij BU18760000: 384.400 ligt niet tussen 0 en 200 (km)",)


def test_figures_of_an_unknown_area_are_shown_as_such(command: Command, tmp_path: Path) -> None:
    path = a_table(
        tmp_path, "misdrijven_47022NED.csv", ["WijkenEnBuurten", "jaar", "misdrijven_totaal"], [["BU18761234", "2024", "9"]]
    )
    command("import", path)
    document = json.loads(command("show", "BU18761234", "--year", 2024, "--json").output)
    assert document["gebied"] == {"code": "BU18761234", "jaar": 2024, "naam": None, "soort": "buurt", "bekend": False}
    assert document["cijfers"][0]["waarde"] == 9
    assert "bestaat niet in 2024" in refusal_of(command("show", "BU18769999", "--year", 2024)).message


def test_the_same_file_may_be_read_for_another_year(command: Command, tmp_path: Path) -> None:
    path = a_table(
        tmp_path, "misdrijven_47022NED.csv", ["WijkenEnBuurten", "jaar", "misdrijven_totaal"], [["GM1876", "2024", "9"]]
    )
    command("import", path)
    assert "1 gebied van 2025" in command("import", path, "--year", 2025).output
    assert "Er is niets veranderd" in command("import", path, "--year", 2025).output
