"""Who may read or add a paper: the room that owns the record decides, this room asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.kernel.verdict import Reason, Verdict


@dataclass(frozen=True)
class PaperAccess:
    """What a room says about papers of one kind of record: who may read them, and who may add one (who may read, when not given).

    `kind` is the kind of the Reference; both get the actor and the id of the record.
    """

    kind: str
    may_read: Callable[[Actor, str], Verdict]
    may_add: Callable[[Actor, str], Verdict] | None = None


def may_read(actor: Actor, kind: str, record: str) -> Verdict:
    """Whether the actor may read papers of this record; no for a kind that no room speaks for."""
    if actor.kind == "system":
        return Verdict.yes()
    found = _access_to(kind)
    return found.may_read(actor, record) if found else _nobody(kind)


def may_add(actor: Actor, kind: str, record: str) -> Verdict:
    """Whether the actor may add a paper or letter to this record."""
    if actor.kind == "system":
        return Verdict.yes()
    found = _access_to(kind)
    return (found.may_add or found.may_read)(actor, record) if found else _nobody(kind)


def demand(verdict: Verdict) -> None:
    """Go on only with a yes; raises NotAllowed with the reason otherwise."""
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def _access_to(kind: str) -> PaperAccess | None:
    """The contributions are named in settings.VLIEGWIEL_PAPER_ACCESS: the paths of lists in the rooms."""
    for path in settings.VLIEGWIEL_PAPER_ACCESS:
        contributed: Sequence[PaperAccess] = import_string(path)
        for item in contributed:
            if item.kind == kind:
                return item
    return None


def _nobody(kind: str) -> Verdict:
    return Verdict.no(Reason("no-access-known", "Wie deze stukken mag zien, is niet vastgelegd.", facts={"kind": kind}))
