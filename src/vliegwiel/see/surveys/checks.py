"""What is odd about a wave: what, where, and what to do. What stops must be mended before anything is estimated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.see.areas.public import known_codes
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.frames import NO_ANSWER, always_the_same, hasty, in_words
from vliegwiel.see.surveys.models import Wave, WaveColumn

_MANY_MISSING = 0.1


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `stops`: nothing is estimated until it is mended."""

    what: str
    where: str
    todo: str
    stops: bool = False


def findings_of(wave: Wave) -> list[Finding]:
    """Everything odd, what stops first."""
    raw = stored.answers_of(wave)
    columns = list(wave.columns.order_by("pk"))
    scores = [column for column in columns if column.role == WaveColumn.Role.SCORE]
    found = [
        *_weights(raw, wave),
        *_clusters(raw, wave),
        *_areas(raw, wave),
        *_scores(raw, scores),
        *_missing(raw, columns),
        *_unnamed(raw, wave, columns),
        *_habits(raw, wave, scores),
    ]
    return sorted(found, key=lambda one: not one.stops)


def _weights(raw: Any, wave: Wave) -> Iterator[Finding]:
    if not wave.weight:
        return
    weights = _numbers(raw, wave.weight)
    kinds = ((np.isnan(weights), _("ontbreekt")), (weights == 0, _("is nul")), (weights < 0, _("is negatief")))
    for wrong, what in kinds:
        if wrong.any():
            yield Finding(
                ngettext(
                    "Het gewicht (kolom {name}) {what} bij {count} mens.",
                    "Het gewicht (kolom {name}) {what} bij {count} mensen.",
                    int(wrong.sum()),
                ).format(name=wave.weight, what=what, count=int(wrong.sum())),
                _rows(wrong),
                _("Geef elke deelnemer een gewicht boven nul. Haal wie niet meedeed uit het bestand."),
                stops=True,
            )


def _clusters(raw: Any, wave: Wave) -> Iterator[Finding]:
    if not wave.cluster:
        return
    clusters = in_words(raw[wave.cluster], {})
    strata = in_words(raw[wave.strata], {}) if wave.strata else [""] * len(clusters)
    pairs = set(zip(clusters, strata, strict=True))
    for name, given in ((wave.cluster, clusters), (wave.strata, strata)):
        gone = np.array([value == NO_ANSWER for value in given], dtype=np.bool_)
        if gone.any():
            yield Finding(
                ngettext("{name} ontbreekt bij {count} mens.", "{name} ontbreekt bij {count} mensen.", int(gone.sum())).format(
                    name=name, count=int(gone.sum())
                ),
                _rows(gone),
                _("Vul in waar zij bij horen. Anders kloppen de marges niet."),
                stops=True,
            )
    of: dict[str, set[str]] = {}
    inside: dict[str, set[str]] = {}
    for cluster, stratum in pairs:
        of.setdefault(cluster, set()).add(stratum)
        inside.setdefault(stratum, set()).add(cluster)
    double = sorted(cluster for cluster, here in of.items() if len(here) > 1)
    if double and not wave.nested:
        yield Finding(
            ngettext("{count} cluster ligt in twee strata.", "{count} clusters liggen in twee strata.", len(double)).format(
                count=len(double)
            ),
            _("Het gaat om {some}.").format(some=_some(double)),
            _("Elk cluster hoort in één stratum. Begint het nummeren in elk stratum opnieuw? Zeg dat bij de beschrijving."),
            stops=True,
        )
    lonely = sorted(stratum for stratum, here in inside.items() if len(here) == 1)
    if lonely:
        yield Finding(
            ngettext("In {count} stratum zit maar één cluster.", "In {count} strata zit maar één cluster.", len(lonely)).format(
                count=len(lonely)
            ),
            _("Het gaat om {some}.").format(some=_some(lonely)),
            _("We tellen de afstand tot het gemiddelde van allen mee. Voeg liever strata samen."),
        )


def _areas(raw: Any, wave: Wave) -> Iterator[Finding]:
    if not wave.area:
        return
    known = {code for code in known_codes(wave.area_year) if code.startswith("GM")}
    wrong = sorted({code for code in in_words(raw[wave.area], {}) if code not in known})
    if wrong:
        yield Finding(
            ngettext(
                "{count} code is geen gemeente van {year}.", "{count} codes zijn geen gemeente van {year}.", len(wrong)
            ).format(count=len(wrong), year=wave.area_year),
            _("Het gaat om {some}.").format(some=_some(wrong)),
            _("Gebruik codes van het CBS, zoals GM1876, van het jaar van de gebieden."),
            stops=True,
        )


def _scores(raw: Any, scores: list[WaveColumn]) -> Iterator[Finding]:
    for column in scores:
        values = _numbers(raw, column.name)
        wrong = (values < (column.low or 0)) | (values > (10 if column.high is None else column.high))
        if wrong.any():
            yield Finding(
                ngettext(
                    "{title} heeft {count} antwoord buiten de schaal.",
                    "{title} heeft {count} antwoorden buiten de schaal.",
                    int(wrong.sum()),
                ).format(title=column.title, count=int(wrong.sum())),
                _rows(wrong),
                _("Zeg in het codeboek welke codes ‘geen antwoord’ zijn, zoals 97-99, of pas de schaal aan."),
                stops=True,
            )


def _missing(raw: Any, columns: list[WaveColumn]) -> Iterator[Finding]:
    for column in columns:
        gone = raw[column.name].null_count
        if gone > _MANY_MISSING * raw.num_rows:
            yield Finding(
                _("Bij {title} gaf {share} procent geen antwoord.").format(
                    title=column.title, share=round(100 * gone / raw.num_rows)
                ),
                _("Dat zijn {count} van de {rows} mensen.").format(count=gone, rows=raw.num_rows),
                _("Kijk of de vraag wel aan iedereen is gesteld. Zij tellen bij deze vraag niet mee."),
            )


def _unnamed(raw: Any, wave: Wave, columns: list[WaveColumn]) -> Iterator[Finding]:
    for column in columns:
        words = wave.words.get(column.name)
        if column.role == WaveColumn.Role.BACKGROUND and words:
            given = {text for text in in_words(raw[column.name], {}) if text not in words and text != NO_ANSWER}
            if given:
                yield Finding(
                    _("{title} heeft codes zonder woorden.").format(title=column.title),
                    _("Het gaat om {some}.").format(some=_some(sorted(given))),
                    _("Zet in het codeboek wat ze betekenen, of dat ze ‘geen antwoord’ zijn."),
                )


def _habits(raw: Any, wave: Wave, scores: list[WaveColumn]) -> Iterator[Finding]:
    found = (
        (hasty(raw, wave), _("Wel erg snel, in minder dan een derde van de gewone tijd: {count}.")),
        (always_the_same(raw, scores), _("Op elke vraag hetzelfde cijfer: {count}.")),
    )
    for odd, what in found:
        if odd.any():
            todo = (
                _("Zij zijn weggelaten.")
                if wave.without_hasty
                else _("Laat ze weg bij de beschrijving van de meting, of laat ze staan. Beide mag.")
            )
            yield Finding(what.format(count=int(odd.sum())), _rows(odd), todo)


def _numbers(raw: Any, name: str) -> Any:
    return np.asarray(raw[name].to_numpy(zero_copy_only=False), dtype=np.float64)


def _rows(wrong: Any) -> str:
    places = (np.flatnonzero(wrong) + 1).tolist()
    return _("Zie rij {some}.").format(some=_some([str(place) for place in places]))


def _some(names: list[str], most: int = 5) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return _("{some} en {more} meer").format(some=", ".join(names[:most]), more=len(names) - most)
