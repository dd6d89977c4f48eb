"""How it goes with an initiative later on, and what who was helped thinks of the help."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.models import Look, Rating
from vliegwiel.support.desk.standing import begin, begin_case, find, finish, named


@dataclass(frozen=True)
class Told:
    """How it goes: for whom it speaks and who is missing, how many carry it, whether it runs, what came of it."""

    missing: str
    carried: str
    phase: str = ""
    came_of_it: str = ""


@trail.recorded("tell-how-it-goes", kind="enquiry", about=named())
@transaction.atomic
def tell_how_it_goes(*, actor: Actor, enquiry: str, months: int, told: Told, link: str = "") -> Look:
    """Who was helped tells how it goes at this moment (0: the start). Raises NotFound, NotAllowed, NotNow before its day or when
    it was told, NotValid."""
    found = find(enquiry)
    begin(actor, "tell-how-it-goes", found, link)
    look = _told(found.pk, months, told, "resident")
    done = finish(actor, "tell-how-it-goes", found, facts={"months": months})
    telling.to_adviser(done, f"look-{months}-told", "look_work", {"look": look})
    return look


@trail.recorded("note-how-it-goes", kind="enquiry", about=named())
@transaction.atomic
def note_how_it_goes(*, actor: Actor, enquiry: str, months: int, told: Told) -> Look:
    """The same, typed in by an adviser who spoke them. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "note-how-it-goes", found)
    look = _told(found.pk, months, told, "adviser")
    finish(actor, "note-how-it-goes", found, facts={"months": months})
    return look


@trail.recorded("rate-support", kind="enquiry", about=named())
def rate_support(
    *, actor: Actor, enquiry: str, helped: str, on_time: str, recommend: str, text: str = "", link: str = ""
) -> Rating:
    """Three answers about the help, once. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "rate-support", found, link)
    if not {helped, on_time, recommend} <= set(Rating.Said.values):
        raise NotValid(_("Geef op elk van de drie vragen een antwoord."), code="answers")
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                case=case,
                helped=helped,
                on_time=on_time,
                recommend=recommend,
                text=text.strip(),
                rated_on=clock.today(),
            )
            finish(actor, "rate-support", found)
    except IntegrityError:
        raise NotNow(_("U gaf uw mening al. Dank u wel."), code="rated") from None
    return rating


def _told(enquiry: int, months: int, told: Told, by: str) -> Look:
    look = Look.objects.filter(case__enquiry=enquiry, months=months).first()
    if look is None:
        raise NotFound(_("Dit moment om terug te kijken kennen we niet."))
    if look.due_on > clock.today():
        raise NotNow(_("Deze vraag komt later."), code="not-yet")
    if not told.missing.strip() or not told.carried.strip() or (months and told.phase not in Look.Phase.values):
        raise NotValid(_("Geef op elke vraag een antwoord, in een paar woorden."), code="answers")
    changed = Look.objects.filter(pk=look.pk, answered_on=None).update(
        missing=told.missing.strip(),
        carried=told.carried.strip(),
        phase=told.phase if months else "",
        came_of_it=told.came_of_it.strip(),
        told_by=by,
        answered_on=clock.today(),
    )
    if not changed:
        raise NotNow(_("Dit is al verteld. Dank u wel."), code="told")
    look.refresh_from_db()
    return look
