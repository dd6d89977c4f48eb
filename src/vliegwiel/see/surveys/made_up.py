"""A survey that never was: answers of people who do not exist, from a fixed seed, as a file of SPSS."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

TITLE, PANEL, POLL = "Zo gaat het in Verzonnenland", "Panel van Verzonnenland", "Korte peiling van Verzonnenland"
_REMARKS = (
    "De bus rijdt hier te weinig.", "Ik ken mijn buren goed, dat is fijn.", "Er is geen winkel meer in ons dorp.",
    "Meer groen graag, en bankjes om te zitten.", "Mevrouw Bedacht van nummer 12 helpt iedereen.", "Het zwembad moet blijven.",
)  # fmt: skip
_SEED = 20261105
_AGE, _SEX, _EDUCATION = ("15 tot 65 jaar", "65 jaar of ouder"), ("man", "vrouw"), ("laag", "midden", "hoog")
_SCORES = {
    "welbevinden": "Welbevinden",
    "buurtgevoel": "Hoe prettig is het in de buurt",
    "vertrouwen": "Vertrouwen in mensen",
    "toekomst": "Vertrouwen in de toekomst",
}


def write_wave(
    path: Path, municipalities: Sequence[str], *, people: int, period: int, returning: int = 0, panel: bool = False,
    remarks: bool = False,
) -> Path:  # fmt: skip
    """Write a wave of `people` answers, the first `returning` of them by who also took part before. In a panel the old and the learned
    take part more often, and are happier. `remarks`: some also wrote something in words."""
    import pandas as pd
    import pyreadstat

    chance = np.random.default_rng(_SEED + period + (7 if panel else 0))
    number = np.arange(people)
    person = np.where(number < returning, number + 1, number + 1 + period * 10_000)
    old = chance.random(people) < (0.45 if panel else 0.3)
    sex = chance.integers(0, 2, people)
    education = chance.choice(3, people, p=(0.15, 0.35, 0.5) if panel else (0.28, 0.4, 0.32))
    place = chance.integers(0, len(municipalities), people)
    between = 0.5 if remarks else 0.12
    mood = 6.6 + 0.35 * (education - 1) + 0.1 * old + between * np.sin(place) - 0.25 * (period > 2023) + (0.2 if panel else 0.0)
    steady = np.random.default_rng(_SEED).normal(0, 1.1, 100_000)[person % 100_000]
    columns: dict[str, Any] = {
        "nummer": [f"P{one}" for one in person],
        "gemeente": [municipalities[one] for one in place],
        "leeftijd": old + 1.0,
        "geslacht": sex + 1.0,
        "opleiding": education + 1.0,
        "gewicht": np.round(chance.uniform(20, 60, people), 3),
        "seconden": np.round(chance.gamma(9, 40, people)),
        "voornaam": [f"Naam{one}" for one in number],
    }
    for place_in_list, name in enumerate(_SCORES):
        score = np.clip(np.round(mood - 0.2 * place_in_list + steady + chance.normal(0, 0.8, people)), 0, 10)
        score[chance.random(people) < 0.02] = 99.0
        columns[name] = score
    if remarks:
        columns["wens"] = [_REMARKS[one % 50 // 8] if one % 50 % 8 == 0 and one % 50 < 48 else "" for one in number]
    frame = pd.DataFrame(columns)
    words = {"leeftijd": _AGE, "geslacht": _SEX, "opleiding": _EDUCATION}
    labels: dict[str, Any] = {name: {place + 1.0: text for place, text in enumerate(texts)} for name, texts in words.items()}
    labels["opleiding"][9.0] = "wil ik niet zeggen"
    spans: dict[str, Any] = {name: [{"lo": 97.0, "hi": 99.0}] for name in _SCORES} | {"opleiding": [9.0]}
    titles: dict[str, Any] = _SCORES | {"leeftijd": "Leeftijd", "geslacht": "Geslacht", "opleiding": "Opleiding"}
    pyreadstat.write_sav(frame, str(path), column_labels=titles, variable_value_labels=labels, missing_ranges=spans)
    return path
