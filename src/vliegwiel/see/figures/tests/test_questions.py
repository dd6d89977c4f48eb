"""An unknown column stops the import until someone answers; the answer also holds for next year."""

import json
from pathlib import Path

import pytest
import yaml

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import indicators, queries
from vliegwiel.see.figures.actions.answer_columns import answer_columns
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.answers import GivenAnswers, read_answers, write_questions
from vliegwiel.see.figures.models import ColumnAnswer, OwnIndicator, Release
from vliegwiel.see.figures.questions import questions_of
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, a_new_indicator, answers, published, with_column

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


def questions(path: Path) -> dict[str, str]:
    """The first guess per unknown column."""
    found = questions_of(path, knowledge=indicators.knowledge())
    return {question.key: question.guesses[0].indicator if question.guesses else "" for question in found.columns}


def test_each_unknown_column_is_asked_with_a_guess_and_nothing_is_loaded(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("AfstandTotDeBibliotheek_77", "2.4"))
    with pytest.raises(NotValid, match="1 kolom die we niet kennen"):
        import_release(actor=CLI, path=path)
    assert questions(path) == {"AfstandTotDeBibliotheek_77": "afstand-bibliotheek"}
    assert not Release.objects.exists()
    assert areas.years() == []


def test_a_guess_reads_title_group_and_unit_from_the_description_beside_the_file(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("M0001_77", "2.4"))
    group = {"ID": 1, "Type": "TopicGroup", "Title": "Nabijheid"}
    topic = {"ID": 2, "Type": "Topic", "ParentID": 1, "Key": "M0001_77", "Title": "Afstand tot bibliotheek", "Unit": "km"}
    (tmp_path / "v3_85984NED_DataProperties.json").write_text(json.dumps({"value": [group, topic]}))
    question = questions_of(path).columns[0]
    assert (question.title, question.unit, question.examples) == ("Nabijheid · Afstand tot bibliotheek", "km", ("2.4",))
    assert question.guesses[0].indicator == "afstand-bibliotheek"


def test_a_changed_number_behind_a_key_is_no_question(tmp_path: Path) -> None:
    rows = [{key.replace("AantalInwoners_5", "AantalInwoners_6"): value for key, value in row.items()} for row in ROWS]
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=rows))
    assert queries.figure("inwoners", 2024, "GM1876").estimate.value == 4510


def test_a_key_that_stands_twice_is_asked_and_never_guessed_by_its_name(tmp_path: Path) -> None:
    rows = [{**row, "Appartement_49": "1800", "Appartement_57": "700"} for row in ROWS]
    path = a_delivery(tmp_path, rows=rows)
    assert questions(path) == {"Appartement_49": "stroomverbruik-appartement", "Appartement_57": "gasverbruik-appartement"}
    given = answers(Appartement_49="stroomverbruik-appartement", Appartement_57="gasverbruik-appartement")
    import_release(actor=CLI, path=path, answers=given)
    assert queries.figure("stroomverbruik-appartement", 2024, "GM1876").estimate.value == 1800
    assert queries.figure("gasverbruik-appartement", 2024, "GM1876").estimate.value == 700
    assert set(ColumnAnswer.objects.values_list("key", flat=True)) == {"85984NED:Appartement_49", "85984NED:Appartement_57"}


def test_an_answer_loads_the_column_and_next_year_it_is_not_asked_again(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("BoekenDichtbij_77", "2.4"))
    import_release(actor=CLI, path=path, answers=answers(BoekenDichtbij_77="afstand-bibliotheek"))
    assert queries.figure("afstand-bibliotheek", 2024, "GM1876").estimate.value == 2.4
    rows = [{**row, "SoortRegio_2": "Buurt"} for row in with_column("BoekenDichtbij_81", "2.5")]
    next_year = a_delivery(tmp_path, name="kwb_2025_86165NED.csv", rows=rows)
    import_release(actor=CLI, path=next_year, told=published("2025-08-01", 2025))
    assert queries.figure("afstand-bibliotheek", 2025, "GM1876").estimate.value == 2.5


def test_a_column_may_be_left_out_for_good(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("Opmerking_77", "zie noot"))
    done = import_release(actor=CLI, path=path, answers=answers(Opmerking_77=None))
    assert "Opmerking_77" in done.ignored


def test_a_new_indicator_has_the_form_of_the_catalogue_and_is_shown_like_any_other(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("Geluk_77", "7.4"))
    import_release(actor=CLI, path=path, answers=answers(Geluk_77=a_new_indicator()))
    assert queries.indicators()["geluk-van-het-dorp"].name == "Geluk van het dorp"
    shown = {figure.indicator.key: figure.estimate.value for figure in queries.all_figures_of(2024, "GM1876")}
    assert shown["geluk-van-het-dorp"] == 7.4


def test_answers_and_figures_come_together_or_not_at_all(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("Geluk_77", "74"))
    with pytest.raises(NotValid, match="niet kloppen"):
        import_release(actor=CLI, path=path, answers=answers(Geluk_77=a_new_indicator()))
    assert not OwnIndicator.objects.exists()
    assert not ColumnAnswer.objects.exists()
    assert not Release.objects.exists()


def test_a_screen_can_keep_answers_before_the_import(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("Geluk_77", "7.4"))
    answer_columns(actor=CLI, path=path, answers=answers(Geluk_77=a_new_indicator()))
    assert questions(path) == {}
    import_release(actor=CLI, path=path)
    assert queries.figure("geluk-van-het-dorp", 2024, "GM1876").estimate.value == 7.4


def test_a_changed_answer_reads_the_same_file_again(tmp_path: Path) -> None:
    path = a_delivery(tmp_path, rows=with_column("BoekenDichtbij_77", "2.4"))
    import_release(actor=CLI, path=path, answers=answers(BoekenDichtbij_77=None))
    again = import_release(actor=CLI, path=path, answers=answers(BoekenDichtbij_77="afstand-bibliotheek"))
    assert not again.already_there
    assert queries.figure("afstand-bibliotheek", 2024, "GM1876").estimate.value == 2.4
    assert import_release(actor=CLI, path=path, answers=answers(BoekenDichtbij_77="afstand-bibliotheek")).already_there


WRONG = {
    "an indicator that is not there": ({"Geluk_77": "afstand-bibliotheeek"}, "bestaat niet. Bedoelt u afstand-bibliotheek"),
    "a column that is not in the file": ({"Pech_78": None}, "Pech_78: deze kolom staat niet in"),
    "half an indicator": ({"Geluk_77": {"key": "geluk", "name": "Geluk"}}, "vul nog in: theme, unit"),
    "a theme that is not there": ({"Geluk_77": a_new_indicator(theme="blijheid")}, "het thema blijheid bestaat niet"),
    "a word for a number": ({"Geluk_77": a_new_indicator(decimals="een")}, "hier hoort een heel getal"),
    "a direction of its own": ({"Geluk_77": a_new_indicator(direction="omhoog")}, "Kies uit: higher_is_better"),
    "a field of its own": ({"Geluk_77": a_new_indicator(kleur="rood")}, "dit kennen we niet: kleur"),
    "a range upside down": ({"Geluk_77": a_new_indicator(range=[10, 1])}, "begint met de laagste"),
    "a key that is taken": ({"Geluk_77": a_new_indicator(key="inwoners")}, "er is al een indicator inwoners"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_does_not_hold_is_refused_in_plain_dutch(name: str, tmp_path: Path) -> None:
    columns, words = WRONG[name]
    path = a_delivery(tmp_path, rows=with_column("Geluk_77", "7.4"))
    with pytest.raises(NotValid, match="antwoorden kloppen nog niet") as refusal:
        import_release(actor=CLI, path=path, answers=GivenAnswers("kwb", columns))  # wrong on purpose
    assert words in "\n".join(refusal.value.details)
    assert not ColumnAnswer.objects.exists()
    assert not OwnIndicator.objects.exists()


def test_the_file_with_questions_is_filled_in_and_read_back(tmp_path: Path) -> None:
    rows = [{**row, "AfstandTotDeBibliotheek_77": "2.4", "Geluk_78": "7.4", "Noot_79": ""} for row in ROWS]
    form = tmp_path / "antwoorden.yml"
    write_questions(form, questions_of(a_delivery(tmp_path, rows=rows)))
    with pytest.raises(NotValid, match="nog niet compleet") as refusal:
        read_answers(form)
    assert refusal.value.details[0].startswith("AfstandTotDeBibliotheek_77: hier staat nog “vraag”")
    document = yaml.safe_load(form.read_text(encoding="utf-8"))
    document["kolommen"]["AfstandTotDeBibliotheek_77"]["antwoord"] = "gok"
    document["kolommen"]["Geluk_78"] |= {"antwoord": "nieuw", "indicator": a_new_indicator()}
    document["kolommen"]["Noot_79"]["antwoord"] = "weglaten"
    form.write_text(yaml.safe_dump(document), encoding="utf-8")
    given = read_answers(form)
    assert given.columns["AfstandTotDeBibliotheek_77"] == "afstand-bibliotheek"
    assert given.columns["Noot_79"] is None
    import_release(actor=CLI, path=tmp_path / "kwb_2024_85984NED.csv", answers=given)
    assert queries.figure("geluk-van-het-dorp", 2024, "BU18760002").estimate.value == 7.4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("familie: kwb\nkolommen: [", "geen goed YAML-bestand bij regel"),
        ("familie: kwb", "vul nog in: kolommen"),
        (
            "familie: kwb\nkolommen: {Geluk_7: {antwoord: misschien}}",
            "kolommen → Geluk_7 → antwoord: 'misschien' kan niet. Kies uit",
        ),
        ("familie: kwb\nkolommen: {Geluk_7: {antwoord: zelfde-als}}", "zet bij indicator de sleutel"),
        ("familie: kwb\nkolommen: {Geluk_7: {antwoord: gok}}", "hier hebben we geen gok"),
        ("familie: kwb\nkolommen: {Geluk_7: {antwoord: nieuw, indicator: geluk}}", "beschrijf de nieuwe indicator"),
    ],
)
def test_a_form_that_is_not_right_says_where(text: str, words: str, tmp_path: Path) -> None:
    form = tmp_path / "antwoorden.yml"
    form.write_text(text, encoding="utf-8")
    with pytest.raises(NotValid) as refusal:
        read_answers(form)
    assert words in "\n".join([refusal.value.message, *refusal.value.details])
