"""Reads of challenges: what everyone sees, and what each side works on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Max, QuerySet

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges.lifecycle import NAMES, PENDING, State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import ANSWERS

MOST = 5_000
_OF = Fields(province="province", organisation="organisation")


@Stamp
def stamp() -> str:
    """Changes when a challenge does."""
    return str(Challenge.objects.aggregate(last=Max("changed_at"))["last"])


def sent(province: str, *, state: str = "", organisation: str = "") -> QuerySet[Challenge]:
    """Every challenge that was sent, the newest first; by state and authority (its name) when asked."""
    found = Challenge.objects.filter(province=province).exclude(state=State.DRAFT.value)
    if state in set(State):
        found = found.filter(state=state)
    if organisation:
        found = found.filter(organisation_name=organisation)
    return found.order_by("-sent_on", "-pk")


def authorities(province: str) -> list[str]:
    """The names of authorities that were challenged."""
    return sorted(set(sent(province).order_by().values_list("organisation_name", flat=True)))


def to_answer(actor: Actor, province: str) -> QuerySet[Challenge]:
    """What the actor answers for the own authority: the twin of `standing.may_answer`; what has a last day first, the first on top."""
    found = sent(province).order_by(F("due_on").asc(nulls_last=True), "pk")
    return may_filter(actor, ANSWERS, found, _OF)


def heaps(found: QuerySet[Challenge]) -> dict[str, QuerySet[Challenge]]:
    """The heaps of the list at work."""
    pending = [state.value for state in PENDING]
    return {
        "open": found.filter(state__in=pending),
        "te-laat": found.filter(state__in=pending, due_on__lt=clock.today()),
        "wacht": found.filter(state=State.WAITING.value),
        "loopt": found.filter(state__in=[State.TRIAL.value, State.AGREED.value]),
        "klaar": found.exclude(state__in=[*pending, State.TRIAL.value, State.AGREED.value]),
    }


def written_by(actor: Actor) -> QuerySet[Challenge]:
    """What this person wrote, the newest first."""
    return Challenge.objects.filter(person=actor.id).exclude(person="").order_by("-pk")


def about_file(enquiry: str) -> QuerySet[Challenge]:
    """The challenges that came from a question at the desk (public id)."""
    return Challenge.objects.filter(enquiry=enquiry).exclude(enquiry="").order_by("-pk")


@dataclass(frozen=True)
class Shown:
    """A challenge as everyone may read it. Texts are empty and `hidden` is true until the authority saw that they name nobody; `name` is
    empty without consent."""

    id: str
    number: str
    title: str
    authority: str
    state: str
    state_name: str
    sent_on: str
    due_on: str
    hidden: bool
    task: str
    better: str
    behind: str
    people: int | None
    cost: Money | None
    cost_from: str
    name: str
    grounds: tuple[tuple[str, bool, str], ...]
    talks: tuple[tuple[str, str, str, str], ...]
    weighings: tuple[tuple[str, str], ...]
    decided_on: str
    reasons: str
    way_back: str
    agreed_on: str
    until: str
    ended_on: str
    ended_why: str
    made_up: bool
    path: str


def shown(found: QuerySet[Challenge]) -> Iterator[Shown]:
    """Each as everyone may read it, with a fixed number of questions."""
    for item in found.prefetch_related("grounds", "talks", "weighings"):
        yield shown_one(item)


def shown_one(item: Challenge) -> Shown:
    """One challenge as everyone may read it."""
    data, see = challenges(), item.shown_on is not None

    def on(value: object) -> str:
        return value.isoformat() if hasattr(value, "isoformat") else ""

    pending = item.stands in PENDING
    return Shown(
        id=item.public_id,
        number=item.number or "",
        title=item.title if see else "",
        authority=item.organisation_name,
        state=item.state,
        state_name=str(NAMES[item.stands]),
        sent_on=on(item.sent_on),
        due_on=on(item.due_on) if pending else "",
        hidden=not see,
        task=item.task if see else "",
        better=item.better if see else "",
        behind=item.behind if see else "",
        people=item.people,
        cost=Money(item.cents) if item.cents is not None else None,
        cost_from=item.cents_from if see else "",
        name=item.name if item.shows_name and see else "",
        grounds=tuple(
            (data.grounds[row.ground].name, row.met, row.reason) for row in item.grounds.all() if row.ground in data.grounds
        ),
        talks=tuple((data.steps.get(row.kind, row.kind), on(row.planned_on), row.about, row.outcome) for row in item.talks.all()),
        weighings=tuple((data.checks[row.what].name, row.text) for row in item.weighings.all() if row.what in data.checks),
        decided_on=on(item.decided_on),
        reasons=item.reasons,
        way_back=item.way_back,
        agreed_on=on(item.agreed_on),
        until=on(item.until),
        ended_on=on(item.ended_on),
        ended_why=item.ended_why if see else "",
        made_up=item.made_up,
        path=item.path,
    )
