"""The authorities and organisations that can be asked and rated, and who answers for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.people.public import Fields, Subject, may, may_filter, may_somewhere, organisations_who_may, who_may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest

#: The verb of who answers, by kind of authority.
ANSWERS = {
    "province": "back-for-province",
    "municipality": "back-for-municipality",
    "organisation": "back-for-organisation",
}
Asked = TypeVar("Asked", BackingRequest, RoomRequest)


@dataclass(frozen=True)
class Authority:
    """Someone who can be asked (*overheid of organisatie*): code or public id, name, and kind ("province", "municipality",
    "organisation")."""

    key: str
    name: str
    kind: str


def rated_in(province: str, municipalities: Iterable[str]) -> list[Authority]:
    """The authorities that someone of these municipalities (codes) can rate: these and the province."""
    chosen = set(municipalities)
    there = [Authority(code, _municipal(name), "municipality") for code, name in municipalities_of(province) if code in chosen]
    return [_of_province(province), *there]


def asked_in(province: str) -> list[Authority]:
    """Everyone who can be asked: the province, its municipalities, and organisations with somebody who answers; in that order, by name."""
    there = [Authority(code, _municipal(name), "municipality") for code, name in municipalities_of(province)]
    others = [Authority(key, name, "organisation") for key, name in organisations_who_may(ANSWERS["organisation"], province)]
    return [_of_province(province), *there, *others]


def authority_named(key: str, province: str) -> Authority:
    """By code or public id; raises NotFound."""
    found = next((one for one in asked_in(province) if one.key == key), None)
    if found is None:
        raise NotFound(_("Deze overheid of organisatie kennen we niet. Kies er een uit de lijst."))
    return found


def may_answer(actor: Actor, asked: BackingRequest | RoomRequest) -> Verdict:
    """Whether the actor may answer for the authority that was asked."""
    return may(actor, ANSWERS[asked.authority_kind], subject_of(asked.province, asked.authority_kind, asked.authority))


def who_answers(province: str, kind: str, key: str) -> list[str]:
    """The public ids of everyone who answers for an authority."""
    return who_may(ANSWERS[kind], subject_of(province, kind, key))


def answers_somewhere(actor: Actor) -> bool:
    """Whether the actor answers for any authority."""
    return actor.kind == "person" and any(bool(may_somewhere(actor, verb)) for verb in ANSWERS.values())


def asked_of(actor: Actor, records: QuerySet[Asked]) -> QuerySet[Asked]:
    """The questions that the actor may answer: the twin of `may_answer`."""
    fields = {
        "province": Fields(province="province"),
        "municipality": Fields(province="province", municipality="authority"),
        "organisation": Fields(province="province", organisation="authority"),
    }
    found = records.none()
    for kind, verb in ANSWERS.items():
        found = found | may_filter(actor, verb, records.filter(authority_kind=kind), fields[kind])
    return found


def subject_of(province: str, kind: str, key: str) -> Subject:
    """What a verb looks at, for an authority."""
    if kind == "municipality":
        return Subject(province=province, municipality=key)
    return Subject(province=province, organisation=key) if kind == "organisation" else Subject(province=province)


def _of_province(province: str) -> Authority:
    known = provinces().get(province)
    return Authority(province, _("Provincie {name}").format(name=known) if known else _("De provincie"), "province")


def _municipal(name: str) -> str:
    return _("Gemeente {name}").format(name=name)
