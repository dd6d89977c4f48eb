"""Who a message is for, and how they want it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.foundation.notices.kinds import KINDS
from vliegwiel.foundation.notices.models import Preference
from vliegwiel.foundation.people.models import Person
from vliegwiel.kernel.errors import NotFound, NotValid


@dataclass(frozen=True)
class Receiver:
    """Someone with an account, or an address without one. `names` are all codes under which messages and choices of theirs are kept."""

    person: Person | None
    address: str

    @property
    def code(self) -> str:
        """The code under which a new message is kept."""
        return self.person.public_id if self.person else hashed(self.address)

    @property
    def names(self) -> list[str]:
        """The public id, and the hash of the address: who opens an account later stays the same receiver."""
        return [self.person.public_id, hashed(self.address)] if self.person else [hashed(self.address)]

    def channel(self, kind: str) -> str:
        """How this kind of message reaches them: what they chose last, else the usual way."""
        chosen = Preference.objects.filter(receiver__in=self.names, kind=kind).order_by("-chosen_at", "-pk")
        found = chosen.values_list("channel", flat=True).first()
        return found if found in KINDS[kind].choices else KINDS[kind].usual


def receiver_of(person: str = "", address: str = "") -> Receiver:
    """The receiver with this public id or e-mail address; who has an account is found by either.

    Raises NotFound for an unknown person and NotValid without anyone.
    """
    if person:
        found = Person.objects.filter(public_id=person).first()
        if found is None:
            raise NotFound("Deze persoon kennen we niet.")
        return Receiver(found, found.email)
    clean = _clean(address)
    if not clean:
        raise NotValid("Zeg voor wie het bericht is.", code="no-receiver")
    return Receiver(Person.objects.filter(email=clean, is_active=True).first(), clean)


def receivers_of(asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Receiver]:
    """The receivers for many (public id, address) at once; an unknown person is left out."""
    wanted = set(asked)
    people: dict[str, Person] = {}
    for some in _pieces([person for person, _address in wanted if person]):
        people |= {found.public_id: found for found in Person.objects.filter(public_id__in=some)}
    by_address: dict[str, Person] = {}
    for some in _pieces([_clean(address) for person, address in wanted if not person and address]):
        by_address |= {found.email: found for found in Person.objects.filter(email__in=some, is_active=True)}
    found = {}
    for person, address in wanted:
        if person and person in people:
            found[person, address] = Receiver(people[person], people[person].email)
        elif not person and address:
            found[person, address] = Receiver(by_address.get(_clean(address)), _clean(address))
    return found


def channels_of(receivers: Iterable[Receiver], kind: str) -> dict[str, str]:
    """How this kind of message reaches many receivers, by their code."""
    chosen: dict[str, tuple[datetime, str]] = {}
    listed = list(receivers)
    for some in _pieces([name for receiver in listed for name in receiver.names]):
        found = Preference.objects.filter(receiver__in=some, kind=kind).values_list("receiver", "chosen_at", "channel")
        chosen |= {name: (moment, channel) for name, moment, channel in found}
    ways = {}
    for receiver in listed:
        _moment, channel = max((chosen[name] for name in receiver.names if name in chosen), default=(None, ""))
        ways[receiver.code] = channel if channel in KINDS[kind].choices else KINDS[kind].usual
    return ways


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + 500] for start in range(0, len(values), 500))


def _clean(address: str) -> str:
    return address.strip().lower()


def hashed(address: str) -> str:
    """How an address without an account is kept here."""
    return hashlib.sha256(_clean(address).encode()).hexdigest()
