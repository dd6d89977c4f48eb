"""What helps someone with an idea, found while they wait: money, others nearby, who advises there, what works elsewhere. Keeps nothing."""

import re
from dataclasses import dataclass
from math import inf

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.search.public import Hit, Sought, searchables
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.public import PlaceFacts
from vliegwiel.support.desk.recognition import Recognised
from vliegwiel.support.desk.routing import route, wanted_for
from vliegwiel.support.desk.rules import Choice
from vliegwiel.support.initiatives.public import how_far, told_distance
from vliegwiel.support.schemes.public import MoneyOffer, offers
from vliegwiel.support.supporters.public import SupporterFacts, supporters_at

_MOST_MONEY, _MOST_ALIKE, _READ = 3, 4, 12
#: What lies within so many metres is near, also across the border of a municipality.
_NEAR = 10_000
#: What scores less than this part of what fits best is not shown, however near it is.
_ALIKE = 0.5
#: Words with which people ask, whatever it is about: in a search they would find who asks alike.
_ASKING = frozenset({
    "begin", "beginnen", "dat", "elke", "geld", "graag", "heb", "hebben", "help", "helpen", "hem", "hulp", "idee", "ik",
    "kan", "kost", "kosten", "kunnen", "nodig", "onze", "plan", "starten", "vraag", "vragen", "we", "week", "wij", "wil",
    "willen", "wilt", "zelf", "zoek", "zoeken", "zoekt",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w-]+")


@dataclass(frozen=True)
class Near:
    """Something alike close by, and how far it lies in words ("dichtbij", "700 m"; empty when that is not known)."""

    hit: Hit
    far: str


@dataclass(frozen=True)
class Help:
    """What was found: `money` that fits best first, `near` who does something alike in the same municipality or close by,
    nearest first, `elsewhere` in other places and what was learned, `adviser` who would get the question, `supporters` of the village."""

    money: list[MoneyOffer]
    near: list[Near]
    elsewhere: list[Hit]
    adviser: Choice | None
    supporters: list[SupporterFacts]


def help_for(text: str, found: Recognised, province: str, actor: Actor) -> Help:
    """Search for all of it at once. A kind that no room puts in the search is passed over."""
    known = {"plaats_in_provincie": "ja"} if found.place else {}
    if found.amount:
        known["amount"] = str(found.amount)
    money = [offer for offer in offers(province, theme=found.theme.key, known=known) if offer.score][:_MOST_MONEY]
    near, elsewhere = _alike(text, found.place, province, actor)
    wanted = wanted_for(
        found.kind.key,
        found.theme.key,
        found.place.municipality if found.place else "",
        found.place.municipality_name if found.place else "",
    )
    helpers = supporters_at(found.place.code, province)[:_MOST_ALIKE] if found.place else []
    return Help(money, near, elsewhere, route(province, wanted), helpers)


def _alike(text: str, place: PlaceFacts | None, province: str, actor: Actor) -> tuple[list[Near], list[Hit]]:
    """The best near the place, the nearest first, and the best elsewhere."""
    sought = Sought(subject_of(text), actor=actor, province=province)

    def hits(**chosen: str) -> dict[str, Hit]:
        return {hit.id: hit for hit in sought.best(_READ, **chosen)}

    rules, there = desk(), {item.kind for item in searchables()}
    near: list[tuple[float, Hit]] = []
    elsewhere: list[Hit] = []
    for kind in (kind for kind in (*rules.alike, *rules.learned) if kind in there):
        best = hits(kind=kind)
        least = _ALIKE * max((hit.score for hit in best.values()), default=0)
        here = hits(kind=kind, place=place.municipality) if place and place.municipality and kind in rules.alike else {}
        every = {name: hit for name, hit in {**here, **best}.items() if hit.score >= least}
        far = how_far(kind, province, every, place.point) if place and place.point and kind in rules.alike else {}
        for name, hit in every.items():
            metres = far.get(name, inf)
            if name in here or metres <= _NEAR:
                near.append((metres, hit))
            else:
                elsewhere.append(hit)
    near.sort(key=lambda pair: -pair[1].score)
    nearest = sorted(near[:_MOST_ALIKE], key=lambda pair: pair[0])
    told = [Near(hit, told_distance(metres) if metres < inf else "") for metres, hit in nearest]
    return told, sought.told(sorted(elsewhere, key=lambda hit: -hit.score)[:_MOST_ALIKE])


def subject_of(text: str) -> str:
    """What a question is about: its words without those of asking, and without numbers; the whole text when nothing else is left.

    >>> subject_of("Wij willen elke week samen eten en zoeken € 15.000.")
    'samen eten en'
    >>> subject_of("Wij willen geld")
    'Wij willen geld'
    """
    return " ".join(word for word in _WORD.findall(text) if word.lower() not in _ASKING) or text
