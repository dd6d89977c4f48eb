"""The two halves of every act on an application: may it begin, and did it go through. Both follow the table of `lifecycle`."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from vliegwiel.foundation.people.public import (
    Fields,
    Subject,
    conflict_declared,
    conflicts_declared,
    known_person,
    may,
    may_filter,
    may_one_of,
)
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.lifecycle import MOVES, NAMES, UNSENT, Side, State
from vliegwiel.support.grants.models import Application, Assignment, Participant
from vliegwiel.support.grants.models.application import Channel


def reference(application: Application) -> Reference:
    """How other rooms point at this application: by its public id, with the page that the applicant reads."""
    title = application.title or application.scheme_title
    return Reference("application", application.public_id, title, f"/mijn/aanvragen/{application.public_id}")


def find(name: str) -> Application:
    """By public id or file number; raises NotFound."""
    field = "number" if "-" in name else "public_id"
    found = Application.objects.filter(**{field: name}).first()
    if found is None:
        raise NotFound("Deze aanvraag kennen we niet. Kijk bij uw aanvragen.", nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return found


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, the application that a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def filling(application: Application) -> str:
    """The move with which a draft is filled in: the applicant's own, or the officer's for what came on paper or by phone."""
    return "fill-in-application" if application.channel == Channel.WEB else "enter-application"


def attaching(actor: Actor, application: Application) -> str:
    """The move with which this actor adds a document."""
    if application.stands is State.INCOMPLETE and not takes_part(actor.id, application):
        return "enter-document"
    entered = application.channel != Channel.WEB and application.stands is State.DRAFT
    return "enter-application" if entered else "attach-document"


def takes_part(person: str, application: Application) -> bool:
    """Whether a person (public id) is the applicant or an accepted co-applicant."""
    if application.applicant == person:
        return True
    return bool(person) and any(row.person == person for row in participants_of(application))


def participants_of(application: Application) -> list[Participant]:
    """Who was invited and who applies along."""
    return once(("participants", application.pk), lambda: list(application.participants.all()))


def assignments_of(application: Application) -> list[Assignment]:
    """Who works on it, or did, by place."""
    return once(("assignments", application.pk), lambda: list(application.assignments.order_by("place", "pk")))


def invitation_for(actor: Actor, application: Application) -> Participant | None:
    """The open invitation to the address of the actor's own account, if any."""
    person = known_person(actor.id) if actor.kind == "person" else None
    return application.participants.filter(person="", email=person.email).first() if person else None


def may_read(actor: Actor, application: Application) -> Verdict:
    """Whether this actor may read this application and its papers: the applicant's side, and who works on it once it was sent.

    What was not sent is seen by the applicant's side only; what an officer types in, by officers.
    """
    if actor.kind == "person" and takes_part(actor.id, application):
        return Verdict.yes(Reason("own", "Dit is uw eigen aanvraag."))
    if application.stands in UNSENT and application.channel == Channel.WEB:
        return Verdict.no(Reason("not-own", "Deze aanvraag is nog niet verstuurd. Alleen de aanvrager ziet haar."))
    if _assigned(actor, application):
        return _without_interest(actor, application, Verdict.yes(Reason("assigned", "U werkt aan deze aanvraag.")))
    subject = Subject(province=application.province, municipality=application.municipality)
    found = may_one_of(actor, _READING, subject)
    return _without_interest(actor, application, found) if found else found


def readable_at_work(actor: Actor, records: QuerySet[Application]) -> QuerySet[Application]:
    """Those of these applications, sent already, that this actor may read for their work: the twin of `may_read` for lists, without who
    reads a single file because it was given to them."""
    fields = Fields(province="province", municipality="municipality")
    found = Q(pk__in=[])
    for verb in _READING:
        found |= Q(pk__in=may_filter(actor, verb, Application.objects.all(), fields).values("pk"))
    own = Q(applicant=actor.id) | Q(pk__in=Participant.objects.filter(person=actor.id).values("application"))
    if actor.organisation:
        own |= Q(organisation=actor.organisation)
    interests = conflicts_declared(actor.id, "application")
    return records.filter(found).exclude(own | Q(public_id__in=interests))


def names_of_files(actor: Actor, names: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Of several applications (public ids) the file number, and whether this actor may read it at work."""
    rows = Application.objects.filter(public_id__in=names, number__isnull=False)
    shown = set(readable_at_work(actor, rows).values_list("public_id", flat=True))
    return {key: (str(number), key in shown) for key, number in rows.values_list("public_id", "number")}


def may_move(actor: Actor, key: str, application: Application) -> Verdict:
    """Whether this actor may ever make this move on this application; the state is asked apart. Nobody works on a file of their own,
    of their own organisation, or one they declared an interest in (Awb 2:4)."""
    move = MOVES[key]
    own = actor.kind == "person" and takes_part(actor.id, application)
    if move.side is Side.APPLICANT:
        along = invitation_for(actor, application) is not None if key == "accept-invitation" else own
        owner = actor.id if along and key not in _APPLICANT_ALONE else application.applicant
        return may(actor, move.verbs[0], Subject(person=owner))
    if key in _BY_HAND and application.channel == Channel.WEB:
        return Verdict.no(Reason("not-own", "Dit concept is van de aanvrager zelf."))
    subject = Subject(province=application.province, municipality=application.municipality)
    found = may_one_of(actor, move.verbs, subject)
    return _without_interest(actor, application, found) if found else found


def _without_interest(actor: Actor, application: Application, found: Verdict) -> Verdict:
    """The same yes, unless the actor has an interest in the file."""
    own = actor.kind == "person" and takes_part(actor.id, application)
    if own or (application.organisation and actor.organisation == application.organisation):
        return Verdict.no(
            Reason("own-file", "Dit is een aanvraag van uzelf of uw organisatie. Laat het aan een collega over.", "2:4 Awb")
        )
    if actor.kind == "person" and conflict_declared(actor.id, reference(application)):
        return Verdict.no(
            Reason("conflict", "U hebt gemeld dat u hier een belang bij hebt. Laat het aan een collega over.", "2:4 Awb")
        )
    return found


def _assigned(actor: Actor, application: Application) -> bool:
    return actor.kind == "person" and any(row.person == actor.id and row.ended_at is None for row in assignments_of(application))


#: What only the applicant decides, not who applies along.
_APPLICANT_ALONE = frozenset({"withdraw-application", "discard-application", "invite-participant"})
#: What an officer does for who came on paper or by phone; never with what someone else writes here.
_BY_HAND = frozenset({"enter-application", "register-application"})
_READING = ("assess-applications", "decide-applications", "sign-decisions")


def begin(actor: Actor, key: str, application: Application) -> None:
    """Go on only when this actor may make this move and the state allows it; raises NotAllowed or NotNow."""
    verdict = may_move(actor, key, application)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if application.stands not in MOVES[key].sources:
        raise NotNow(f"Dit kan nu niet. De stand van deze aanvraag is nu: {NAMES[application.stands]}.", code="state")


def finish(
    actor: Actor,
    key: str,
    application: Application,
    *,
    target: State | None = None,
    facts: Mapping[str, str | int | bool | None] | None = None,
    **changes: Any,
) -> Application:
    """Make the move in the caller's transaction, unless someone else changed the application since it was read (NotNow); recorded."""
    move = MOVES[key]
    state = target or move.target or application.stands
    unchanged = Application.objects.filter(pk=application.pk, revision=application.revision, state=application.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow("Iemand anders heeft deze aanvraag net gewijzigd. Bekijk hem opnieuw.", code="stale")
    application.refresh_from_db()
    trail.record(
        actor=actor,
        action=key,
        subject=reference(application),
        facts={"state": state.value, **(facts or {})},
        province=application.province,
    )
    return application


def demand_revision(application: Application, revision: int | None) -> None:
    """A form that was made from an older text is refused; raises NotNow."""
    if revision is not None and revision != application.revision:
        raise NotNow(
            "Deze aanvraag is intussen ergens anders gewijzigd. Bekijk de nieuwe tekst en vul opnieuw in wat u wilt.",
            code="stale",
        )
