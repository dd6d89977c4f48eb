"""What is wrong is refused, with what, where and what to do; and a refusal is a ValueError in a notebook."""

from typing import Any

import numpy as np
import pytest

from vliegwiel.engines.estimation import Design, Margin, NotPossible
from vliegwiel.engines.estimation.tests.given import a_survey
from vliegwiel.engines.estimation.waves import refuse_changed_labels
from vliegwiel.kernel.errors import NotValid

AGES = {"18-34": 3000, "35-54": 4000, "55+": 5000}
TOWNS = {f"t{one}": 2400 for one in range(5)}


def _data(**changes: Any) -> dict[str, list[Any]]:
    data = a_survey(60)
    for name, change in changes.items():
        for row, value in change.items():
            data[name][row] = value
    return data


def _design(data: dict[str, list[Any]] | None = None, **changes: Any) -> Design:
    kind: dict[str, Any] = {"weights": "weight", "strata": "stratum", "clusters": "psu", "lonely_psu": "adjust"}
    return Design(data or _data(), **{**kind, **changes})


def _refused(words: str, deed: Any) -> NotPossible:
    with pytest.raises(NotPossible, match=words) as caught:
        deed()
    assert isinstance(caught.value, NotValid)
    assert isinstance(caught.value, ValueError)
    assert caught.value.details, "it says where, or what to do"
    assert str(caught.value.message)[0].isupper()
    return caught.value


@pytest.mark.parametrize(("value", "words"), [(0.0, "is nul"), (-2.0, "is negatief"), (None, "ontbreekt")])
def test_weights_of_zero_below_zero_or_missing(value: float | None, words: str) -> None:
    refusal = _refused(words, lambda: _design(_data(weight={3: value, 7: value})))
    assert "rij 4, 8" in refusal.message
    assert "2 van de 60" in refusal.message


def test_a_cluster_in_two_strata_unless_numbers_begin_again() -> None:
    data = _data()
    data["psu"] = [one % 100 for one in data["psu"]]
    refusal = _refused("twee of meer strata", lambda: _design(data))
    assert "nested=True" in refusal.message
    assert _design(data, nested=True).df == _design().df


def test_a_stratum_with_one_cluster_is_refused_or_follows_a_rule() -> None:
    data = _data(stratum={0: "alone"}, psu={0: 999})
    refusal = _refused("maar één cluster", lambda: _design(data, lonely_psu="fail"))
    assert "stratum alone" in refusal.message
    errors = {rule: _design(data, lonely_psu=rule).mean("income").se[0] for rule in ("remove", "certainty", "adjust", "average")}
    assert errors["remove"] == errors["certainty"] < min(errors["adjust"], errors["average"])
    _refused("bestaat niet", lambda: _design(data, lonely_psu="guess"))
    assert _design(data).diagnostics == {}
    assert _design(data).mean("income").diagnostics["lonely_strata"] == ("stratum alone",)


def test_a_margin_with_a_level_that_the_sample_lacks_and_the_other_way_round() -> None:
    design = _design()
    assert "75+" in _refused("komt 75\\+ van age niet voor", lambda: design.rake({"age": {**AGES, "75+": 10}})).message
    few = {name: total for name, total in AGES.items() if name != "55+"}
    assert "55+" in _refused("heeft geen aantal voor 55\\+", lambda: design.rake({"age": few})).message
    _refused("niemand", lambda: design.rake({"age": {**AGES, "55+": 0}}))
    _refused("geen bruikbaar aantal", lambda: design.rake({"age": {**AGES, "55+": float("nan")}}))
    _refused("komt 75\\+ van age niet voor", lambda: design.calibrate({"age": {"75+": 10}}))
    assert design.rake({"age": {**AGES, "75+": 0}}).diagnostics["margins_met"], "nobody in either is no problem"


def test_margins_that_disagree_in_total_are_refused_and_rescaling_is_reported() -> None:
    design = _design()
    margins = {"age": AGES, "town": dict.fromkeys(TOWNS, 2000)}
    refusal = _refused("niet op tot hetzelfde totaal", lambda: design.rake(margins))
    assert "12.000" in refusal.message
    assert "10.000" in refusal.message
    done = design.rake(margins, rescale=True)
    assert done.diagnostics["rescaled"] == {"town": 1.2}
    assert done.mean("score").receipt.parameters["calibrations"][0]["rescaled"] == {"town": 1.2}
    assert done.weights.sum() == pytest.approx(12_000)


def test_margins_of_another_population() -> None:
    adults = Margin(AGES, population="18 jaar en ouder", on="2024-01-01", source="CBS")
    everybody = Margin(TOWNS, population="alle inwoners", on="2024-01-01")
    _refused("verschillende populaties", lambda: _design().rake({"age": adults, "town": everybody}))
    refusal = _refused("niet van dezelfde populatie", lambda: _design(population="15 jaar en ouder").rake({"age": adults}))
    assert "15 jaar en ouder" in refusal.message
    assert _design(population="18 jaar en ouder").rake({"age": adults}).diagnostics["margins_met"]


def test_calibration_that_cannot_converge() -> None:
    design = _design()
    refusal = _refused("Geen gewichten tussen 0.9 en 1.1", lambda: design.calibrate({"(intercept)": 1e6}, bounds=(0.9, 1.1)))
    assert "(intercept)" in refusal.message
    beyond = {"(intercept)": 1300, "inkomen": 1e9}
    data = _data()
    data["inkomen"] = [float(row) for row in range(60)]
    _refused("Geen gewichten tussen 0.9 en 1.1", lambda: _design(data).calibrate(beyond, method="logit", bounds=(0.9, 1.1)))
    data["a"], data["b"] = [row % 2 for row in range(60)], [row % 2 for row in range(60)]
    _refused("niet tot rust", lambda: _design(data).rake({"a": {0: 10, 1: 20}, "b": {0: 15, 1: 15}}))
    _refused("twee grenzen", lambda: design.calibrate({"(intercept)": 1300}, method="logit"))
    _refused("kunnen niet", lambda: design.calibrate({"(intercept)": 1300}, bounds=(1.2, 1.7)))


def test_missing_backgrounds_in_a_margin() -> None:
    data = _data(age={5: None})
    assert "rij 6" in _refused("ontbreekt het antwoord", lambda: _design(data).rake({"age": AGES})).message
    scores = _data(score={2: None})
    _refused("ontbreekt het antwoord", lambda: _design(scores).calibrate({"(intercept)": 1300, "score": 7000}))


def test_a_free_text_column_with_names_never_becomes_a_table() -> None:
    data = {**_data(), "who": [f"Persoon {row}" for row in range(60)]}
    for deed in (lambda d: d.proportion("who"), lambda d: d.mean("score", by="who"), lambda d: d.regression("score ~ who")):
        refusal = _refused("vrije tekst of namen", lambda deed=deed: deed(_design(data)))
        assert "Persoon" not in refusal.message


def test_finite_populations_that_cannot_be() -> None:
    data = {**_data(), "size": [2] * 60, "uneven": list(range(100, 160)), "none": [0] * 60}
    _refused("kleiner dan de steekproef", lambda: _design(data, fpc="size"))
    _refused("verschilt binnen een stratum", lambda: _design(data, fpc="uneven"))
    _refused("getal boven nul", lambda: _design(data, fpc="none"))
    _refused("trappen en 2 kolommen", lambda: _design(data, fpc=["size", "size"]))


def test_unknown_columns_conditions_and_choices() -> None:
    design = _design()
    for deed in (
        lambda: design.mean("happiness"), lambda: design.mean("score", by="planet"), lambda: design.rake({"planet": {}}),
        lambda: _design(weights="heavy"),
    ):  # fmt: skip
        assert _refused("Er is geen kolom", deed).code == "no-column"
    _refused("niet te lezen", lambda: design.subset("score IS NOT"))
    _refused("niet te lezen", lambda: design.subset("score > (SELECT 1 FROM read_csv('/etc/passwd'))"))
    _refused("bevat geen getallen", lambda: design.mean("town"))
    _refused("bestaat niet", lambda: design.proportion("age", interval="magic"))
    _refused("bestaat niet", lambda: design.quantile("income", [0.5], rule="magic"))
    _refused("kwantiel", lambda: design.quantile("income", [1.5]))
    _refused("betrouwbaarheid", lambda: design.mean("score", confidence=95))
    _refused("bestaan niet", lambda: design.replicates("JK9"))
    _refused("kent geen strata", lambda: design.replicates("JK1"))
    _refused("twee clusters per stratum", lambda: design.replicates("BRR"))
    _refused("bestaat niet", lambda: _design(sample="snowball"))
    _refused("kent de rekenkern niet", lambda: Design(42))
    _refused("is er niet", lambda: Design("/no/such/file.parquet"))


def test_an_empty_domain_has_a_row_without_an_estimate() -> None:
    data = _data()
    data["score"] = [None if town == "t2" else score for town, score in zip(data["town"], data["score"], strict=True)]
    found = _design(data).mean("score", by="town")
    empty = list(found["town"]).index("t2")
    assert found.n[empty] == 0
    assert np.isnan([found.estimate[empty], found.se[empty], found.lower[empty]]).all()
    assert found.note[empty] == "no answers"
    assert np.isnan(_design(data).total("score", by="town").estimate[empty]), "missing is not zero"
    nobody = _design(data).subset("income < 0").mean("score", by="age")
    assert nobody.n.tolist() == [0, 0, 0]
    gone = _design(data).subset("town <> 't1'").mean("income", by="town")
    assert gone.n[list(gone["town"]).index("t1")] == 0


def test_a_label_that_changed_between_waves() -> None:
    before: dict[str, Any] = {"satisfied": {1: "ja", 2: "nee", 3: "matig"}}
    after: dict[str, Any] = {"satisfied": {1: "Ja ", 2: "nee", 3: "redelijk"}, "new": {1: "a"}}
    refusal = _refused("niet dezelfde antwoorden", lambda: refuse_changed_labels({"2022": before, "2024": after}))
    assert "‘matig’ en in 2024 ‘redelijk’" in refusal.message
    refuse_changed_labels({"2022": before, "2024": after}, known_breaks=frozenset({"satisfied"}))
    refuse_changed_labels({"2022": before, "2024": {"satisfied": {1: "JA", 2: " nee", 3: "matig"}}})
