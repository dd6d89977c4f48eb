"""What a published wave says, for everybody: the mean, the group below the cut, who they are, where, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.engines.estimation import notes
from vliegwiel.foundation.design.dutch import number
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas.models import Area
from vliegwiel.see.surveys.estimates import MAKE_UP, MEAN, SHARE, SIZE, SPREAD, Row
from vliegwiel.see.surveys.frames import NO_ANSWER
from vliegwiel.see.surveys.modelled import METHODS
from vliegwiel.see.surveys.models import Wave, WaveColumn
from vliegwiel.see.surveys.queries import Published


@dataclass(frozen=True)
class Told:
    """One number as it is shown: `text`, its margin in words (empty without), and places from 0 to 100 for a picture."""

    text: str
    margin: str = ""
    at: float = 0.0
    low: float | None = None
    width: float = 0.0
    hidden: bool = False


@dataclass(frozen=True)
class Group:
    """A group of a background: its mean, its share below the cut, and its part of everybody below the cut."""

    name: str
    mean: Told
    share: Told | None
    part: Told | None


@dataclass(frozen=True)
class Place:
    """An area in the list: its name, mean, share below the cut, and whether it differs from the rest and from the wave before."""

    code: str
    name: str
    mean: Told
    share: Told | None
    word: str
    change: str = ""


@dataclass(frozen=True)
class ModelPlace:
    """A municipality in a model: its name, its estimate, and whether it had no answers of its own."""

    code: str
    name: str
    told: Told
    synthetic: bool
    leans: str


@dataclass(frozen=True)
class ModelTold:
    """A model of small areas as everybody may read it: what it is of, the figures it uses with their years, how it fits, its places."""

    title: str
    share: bool
    method: str
    used: tuple[str, ...]
    benchmark: str
    sampled: int
    beyond: int
    places: tuple[ModelPlace, ...]


@dataclass(frozen=True)
class Story:
    """Everything a page says about one score of a wave."""

    score: WaveColumn
    wave: Wave
    mean: Told
    spread: str
    share: Told | None
    size: Told | None
    n: str
    effective: str
    changes: tuple[str, ...]
    backgrounds: tuple[tuple[str, tuple[Group, ...]], ...]
    places: tuple[tuple[str, tuple[Place, ...]], ...]
    cut: str
    shift: str
    models: tuple[ModelTold, ...]
    since: str

    @property
    def hides(self) -> bool:
        """Whether anything is not shown, so that the page says why."""
        told = [
            self.mean,
            self.share,
            *(part for _title, groups in self.backgrounds for one in groups for part in (one.mean, one.share)),
        ]
        told += [part for _level, places in self.places for one in places for part in (one.mean, one.share)]
        return any(one is not None and one.hidden for one in told)

    @property
    def model_based(self) -> str:
        """The label that stands at every margin of an opt-in sample; empty for a probability sample."""
        return notes.DUTCH[notes.QUASI_RANDOM] if self.wave.assume and not self.wave.by_chance else ""


def story_of(found: Published, score: WaveColumn) -> Story:
    """The story of one score."""
    wave = found.wave
    rows = [row for row in found.rows if row["item"] == score.name]
    whole = {row["stat"]: row for row in rows if row["level"] == Level.PROVINCE.value and not row["background"]}
    mean = whole[MEAN]
    spread = whole.get(SPREAD, {}).get("estimate")
    return Story(
        score=score,
        wave=wave,
        mean=mean_of(mean, score),
        spread="" if spread is None else number(spread, 1),
        share=_share(whole.get(SHARE)),
        size=_size(whole.get(SIZE)),
        n=number(mean["n"]) if mean["n"] else "",
        effective=number(mean["n_effective"]) if mean["n_effective"] else "",
        changes=tuple(_changes(found, score)),
        backgrounds=tuple(_backgrounds(wave, rows, score)),
        places=tuple(_places(found, rows, score)),
        since=next(
            (row["since"] for row in found.changes if row["item"] == score.name and row["area"] != wave.survey.province), ""
        ),
        models=tuple(one for one in models_in(found) if one.title == score.title),
        shift=next((_shifted(row) for row in found.shifts if row["item"] == score.name), ""),
        cut="" if score.cut is None else number(score.cut, 0 if float(score.cut).is_integer() else 1),
    )


def _shifted(row: Row) -> str:
    return _("Door ook op {by} te wegen, verschoof het gemiddelde {shift}.").format(
        by=str(row["by"]).lower(), shift=number(abs(row["estimate"]), 2)
    )


def scores_in(found: Published) -> list[WaveColumn]:
    """The scores of a wave, those with a cut first."""
    own = found.wave.columns.filter(role=WaveColumn.Role.SCORE).order_by("pk")
    return sorted(own, key=lambda score: score.cut is None)


def mean_of(row: Row, score: WaveColumn) -> Told:
    """The mean of a score as it is shown."""
    low, high = score.low or 0.0, 10.0 if score.high is None else score.high
    return _told(row, lambda value: number(value, 1), lambda value: 100 * (value - low) / (high - low))


def _share(row: Row | None) -> Told | None:
    return None if row is None else _told(row, lambda value: f"{number(100 * value, 0)}\u00a0%", lambda value: 100 * value)


def _size(row: Row | None) -> Told | None:
    return None if row is None else _told(row, lambda value: number(round(value, -2)), lambda _value: 0.0)


def _told(row: Row, words: Any, place: Any) -> Told:
    if row["estimate"] is None:
        return Told(_("niet getoond") if "suppressed" in row["note"] else _("geen cijfer"), hidden=True)
    text, at = words(row["estimate"]), round(place(row["estimate"]), 2)
    if row["lower"] is None:
        return Told(text, at=at)
    margin = _("{low} tot {high}").format(low=words(row["lower"]), high=words(row["upper"]))
    low, high = max(place(row["lower"]), 0.0), min(place(row["upper"]), 100.0)
    return Told(text, margin, at, round(low, 2), round(high - low, 2))


def _changes(found: Published, score: WaveColumn) -> Iterable[str]:
    broken = found.wave.breaks.filter(name=score.name).exists()
    whole = found.wave.survey.province
    own = [] if broken else [row for row in found.changes if (row["item"], row["area"]) == (score.name, whole)]
    if not own:
        yield _no_change(found.wave)
    for row in own:
        what = _("Het gemiddelde") if row["stat"] == MEAN else _("Het aandeel onder de grens")
        since = row["since"]
        yield {
            "higher": _("{what} is hoger dan in {since}."),
            "lower": _("{what} is lager dan in {since}."),
            "none": _("{what}: geen verschil aangetoond met {since}."),
        }[row["word"]].format(what=what, since=since)


def _no_change(wave: Wave) -> str:
    if wave.special:
        return _("Wie meedeed, verschilt per keer. Daarom leggen we de cijfers van twee keer niet naast elkaar.")
    if not wave.survey.waves.filter(period__lt=wave.period).exists():
        return _("Dit is de eerste meting. Vergelijken kan de volgende keer.")
    if not wave.with_margins:
        return _("Of dit veranderde, is met dit soort steekproef niet te zeggen.")
    return _("Deze vraag is niet te vergelijken met een eerdere meting.")


def _backgrounds(wave: Wave, rows: list[Row], score: WaveColumn) -> Iterable[tuple[str, tuple[Group, ...]]]:
    for column in wave.columns.filter(role=WaveColumn.Role.BACKGROUND).order_by("pk"):
        own = [row for row in rows if row["background"] == column.name and row["level"] == Level.PROVINCE.value]
        by: dict[str, dict[str, Row]] = {}
        for row in own:
            by.setdefault(row["group"], {})[row["stat"]] = row
        names = [name for name in ordered(wave, column.name, by) if name != NO_ANSWER]
        yield (
            column.title,
            tuple(
                Group(name, mean_of(by[name][MEAN], score), _share(by[name].get(SHARE)), _share(by[name].get(MAKE_UP)))
                for name in names
            ),
        )


def ordered(wave: Wave, name: str, groups: Iterable[str]) -> list[str]:
    """Groups in the order of the code book, others by name."""
    words = list(wave.words.get(name, {}).values())
    return sorted(groups, key=lambda group: (words.index(group) if group in words else len(words), group))


def _places(found: Published, rows: list[Row], score: WaveColumn) -> Iterable[tuple[str, tuple[Place, ...]]]:
    words = {(row["item"], row["area"]): row["word"] for row in found.apart}
    changes = {row["area"]: row["word"] for row in found.changes if (row["item"], row["stat"]) == (score.name, MEAN)}
    for level in (Level.REGION, Level.MUNICIPALITY):
        own = [row for row in rows if row["level"] == level.value and not row["background"]]
        means = {row["area"]: row for row in own if row["stat"] == MEAN}
        shares = {row["area"]: row for row in own if row["stat"] == SHARE}
        names = names_of(found.wave.area_year, means)
        if means:
            yield (
                level.plural,
                tuple(
                    Place(
                        code,
                        names.get(code, code),
                        mean_of(row, score),
                        _share(shares.get(code)),
                        words.get((score.name, code), ""),
                        changes.get(code, ""),
                    )
                    for code, row in sorted(means.items(), key=lambda item: names.get(item[0], item[0]))
                ),
            )


def models_in(found: Published) -> list[ModelTold]:
    """The models of small areas that were released with a wave."""
    scores = {score.name: score for score in found.wave.columns.filter(role=WaveColumn.Role.SCORE)}
    told = []
    for one in found.small:
        choice, score = one["choice"], scores[one["choice"]["item"]]
        share = choice["stat"] == SHARE
        names = names_of(found.wave.area_year, [row["area"] for row in one["rows"]])
        places = [
            ModelPlace(
                row["area"], names.get(row["area"], row["area"]), _share(row) or Told("") if share else mean_of(row, score),
                row["synthetic"], row["leans"],
            )
            for row in one["rows"]
        ]  # fmt: skip
        used = tuple(f"{item['name']} ({item['period']}, {item['source']})" for item in one["covariates"])
        told.append(
            ModelTold(
                score.title, share, str(METHODS[choice["method"]]), used, choice["benchmark"], one["model"]["sampled"],
                round(100 * one["model"]["checks"]["beyond_two"]), tuple(sorted(places, key=lambda place: place.name)),
            )
        )  # fmt: skip
    return told


def names_of(year: int, codes: Iterable[str]) -> Mapping[str, str]:
    """The names of areas."""
    return dict(Area.objects.filter(year=year, code__in=list(codes)).values_list("code", "name"))
