"""Keep an entry about misuse, after hearing; read by two named roles; gone when its term is over."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Subject, demand, demand_somewhere, may_filter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.foundation.trail.public import Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Intention, Misuse
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.rules import years_later

VERB = "keep-misuse"
#: How long an entry is kept, in years.
KEPT_YEARS = 5


@trail.recorded("enter-misuse", kind="misuse", about=named("application"))
@transaction.atomic
def enter_misuse(*, actor: Actor, application: str, what: str, views_answer: str = "") -> Misuse:
    """Write down that a grant was misused (*misbruik of oneigenlijk gebruik*), for five years. Only after the recipient was told the
    intention and reacted, or let the time pass.

    Raises NotAllowed for who is not of the two roles, NotNow before the hearing, NotValid without words or an answer to the reaction.
    """
    file = GrantFile(application)
    demand(actor, VERB, Subject(province=file.grant.province))
    heard = Intention.objects.filter(application=file.name, asked_on__isnull=False).order_by("-pk").first()
    if heard is None or (heard.received_on is None and heard.until is not None and clock.today() <= heard.until):
        raise NotNow(_("Vertel de ontvanger eerst wat u van plan bent en wacht op de reactie (Awb 4:8)."), code="not-heard")
    if not what.strip() or (heard.received_on and not views_answer.strip()):
        raise NotValid(_("Schrijf op wat er gebeurde, en wat u met de reactie deed."), code="no-reason")
    entry = Misuse.objects.create(
        application=file.name,
        number=file.grant.number,
        province=file.grant.province,
        what=what.strip(),
        intention=heard.public_id,
        views_answer=views_answer.strip(),
        entered_on=clock.today(),
        entered_by=actor.id,
        until=years_later(clock.today(), KEPT_YEARS),
    )
    subject = Reference("misuse", entry.public_id, "", "")
    trail.record(actor=actor, action="enter-misuse", subject=subject, facts={"about": file.name}, province=entry.province)
    return entry


def read_misuse(*, actor: Actor) -> list[Misuse]:
    """The entries that still hold, newest first, for the two roles only; that each was read stands in the trail. Raises NotAllowed."""
    demand_somewhere(actor, VERB)
    entries = Misuse.objects.filter(until__gte=clock.today())
    found = list(may_filter(actor, VERB, entries, Fields(province="province")).order_by("-pk")[:200])
    for entry in found:
        trail.record(
            actor=actor,
            action="read-misuse",
            subject=Reference("misuse", entry.public_id, "", ""),
            result=Result.READ,
            province=entry.province,
        )
    return found


def forget_misuse(*, actor: Actor) -> int:
    """Truly delete the entries whose term is over; returns how many. Only the installation does this."""
    if actor.kind != "system":
        raise NotAllowed(_("Dit gaat vanzelf als de termijn voorbij is."), code="by-the-clock")
    count = 0
    for entry in Misuse.objects.filter(until__lt=clock.today()):
        with transaction.atomic():
            subject, province = Reference("misuse", entry.public_id, "", ""), entry.province
            entry.delete()
            trail.record(actor=actor, action="forget-misuse", subject=subject, province=province)
        count += 1
    return count
