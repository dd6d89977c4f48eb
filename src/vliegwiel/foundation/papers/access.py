"""Who may read or add a paper, and which kinds there are: the room that owns the record decides, this room asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.kernel.verdict import Reason, Verdict

Asked = Callable[[Actor, str], Verdict]


@dataclass(frozen=True)
class PaperKind:
    """A kind of document that a record may hold (*soort stuk*), for example as its scheme asks it.

    `formats` are endings as in `KINDS` (empty: all of them), `largest` is in megabytes (0: what the installation allows). Papers of a
    `confidential` kind always are.
    """

    key: str
    name: str
    formats: tuple[str, ...] = ()
    largest: int = 0
    confidential: bool = False


@dataclass(frozen=True)
class PaperAccess:
    """What a room says about papers of one kind of record. `kind` is that of the Reference; each question gets actor and record id.

    With `along` a room above lets more people read the papers of a record of another room, and no more than read. Who may add one and who
    may read a confidential one are who may read, when not given. `kinds` gives the kinds of document this
    record may hold; when not given it may hold any.
    """

    kind: str
    may_read: Asked
    may_add: Asked | None = None
    may_read_confidential: Asked | None = None
    kinds: Callable[[str], Sequence[PaperKind]] | None = None
    along: bool = False


def may_read(actor: Actor, kind: str, record: str, *, confidential: bool = False) -> Verdict:
    """Whether the actor may read papers of this record; no for a kind that no room speaks for."""
    if actor.kind == "system":
        return Verdict.yes()
    found = _access_to(kind)
    if found is None:
        return _nobody(kind)
    own = ((confidential and found.may_read_confidential) or found.may_read)(actor, record)
    others = (item.may_read(actor, record) for item in _contributed(kind, along=True)) if not own else ()
    return next((verdict for verdict in others if verdict), own)


def may_read_papers(actor: Actor, about: Reference) -> Verdict:
    """Whether the actor may read the papers of a record: for a list that shows them."""
    return may_read(actor, about.kind, about.id)


def may_add(actor: Actor, kind: str, record: str) -> Verdict:
    """Whether the actor may add a paper or letter to this record."""
    if actor.kind == "system":
        return Verdict.yes()
    found = _access_to(kind)
    return (found.may_add or found.may_read)(actor, record) if found else _nobody(kind)


def paper_kind(kind: str, record: str, paper: str) -> PaperKind:
    """The kind of document `paper` as this record may hold it; raises NotValid when it may not."""
    found = _access_to(kind)
    if found is None or found.kinds is None:
        return PaperKind(paper, paper)
    for item in found.kinds(record):
        if item.key == paper:
            return item
    raise NotValid(_("Dit soort stuk hoort niet bij dit dossier. Kies een soort uit de lijst."), code="unknown-paper-kind")


def demand(verdict: Verdict) -> None:
    """Go on only with a yes; raises NotAllowed with the reason otherwise."""
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def _access_to(kind: str) -> PaperAccess | None:
    """The contributions are named in settings.VLIEGWIEL_PAPER_ACCESS: the paths of lists in the rooms."""
    return next(iter(_contributed(kind, along=False)), None)


def _contributed(kind: str, *, along: bool) -> list[PaperAccess]:
    rows: list[PaperAccess] = [item for path in settings.VLIEGWIEL_PAPER_ACCESS for item in import_string(path)]
    return [item for item in rows if item.kind == kind and item.along == along]


def _nobody(kind: str) -> Verdict:
    return Verdict.no(Reason("no-access-known", _("Wie deze stukken mag zien, is niet vastgelegd."), facts={"kind": kind}))
