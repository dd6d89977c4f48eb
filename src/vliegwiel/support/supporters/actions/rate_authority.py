"""Rate an authority on space, respect and backing; and, when a half-year is over, count what may be shown and destroy the answers."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid
from vliegwiel.support.initiatives.public import made_by
from vliegwiel.support.supporters.authorities import Authority, rated_in
from vliegwiel.support.supporters.models import AuthorityRating, PublishedRating
from vliegwiel.support.supporters.rules import Answers, counts_of, period_of
from vliegwiel.support.supporters.standing import supporter_of


def rater_code(person: str, period: str) -> str:
    """Under which code someone (public id) rates in a half-year: only this installation can make it, and another one each time."""
    return salted_hmac(f"vliegwiel.supporters.rating.{period}", person, algorithm="sha256").hexdigest()


def rated_by(actor: Actor, province: str) -> list[Authority]:
    """The authorities that the actor can rate: where their initiatives are or they support villages, and the province; none for others."""
    found = {one.municipality for one in made_by(actor.id, province)} if actor.kind == "person" and actor.id else set()
    own = supporter_of(actor, province)
    known = own is not None and own.known_at is not None
    if own is not None and known:
        found |= set(own.villages.values_list("municipality", flat=True))
    return rated_in(province, found) if found or known else []


def own_answers(actor: Actor, province: str) -> Mapping[str, Answers]:
    """What the actor said in the half-year that runs, by authority."""
    code = rater_code(actor.id, period_of(clock.today()))
    rows = AuthorityRating.objects.filter(province=province, rater=code)
    return {row.authority: Answers(row.space, row.respect, row.backing) for row in rows}


@trail.recorded("rate-authority", kind="authority-rating")
@transaction.atomic
def rate_authority(*, actor: Actor, province: str, authority: str, answers: Answers) -> None:
    """Answer the three questions about an authority, or answer them again while the half-year runs: the last answer counts, once.

    For who makes an initiative that is on the site, and for supporters; about the authorities of their place. The trail keeps that someone
    rated, not who, whom or how: answers lie in the order in which they came, and a name there would tell whose each is. Raises
    NotAllowed, NotFound, NotValid.
    """
    demand(actor, "ask-backing", Subject(person=actor.id))
    there = rated_by(actor, province)
    if not there:
        text = _("Dit oordeel is van wie een initiatief op de site heeft, en van dorpsondersteuners.")
        raise NotAllowed(text, code="not-concerned")
    at = next((one for one in there if one.key == authority), None)
    if at is None:
        raise NotFound(_("Kies een overheid van uw eigen plek."))
    if not answers.are_given:
        raise NotValid(_("Geef op elk van de drie vragen een antwoord."), code="answers")
    period = period_of(clock.today())
    AuthorityRating.objects.update_or_create(
        province=province,
        period=period,
        authority=at.key,
        rater=rater_code(actor.id, period),
        defaults={
            "authority_name": at.name,
            "space": answers.space,
            "respect": answers.respect,
            "backing": answers.backing,
        },
    )
    someone = Actor("visitor", origin=actor.origin, province=province)
    trail.record(actor=someone, action="rate-authority", subject=Reference("authority-rating", period, "", ""), province=province)


@trail.recorded("close-ratings", kind="authority-rating")
def close_ratings(*, actor: Actor, province: str) -> int:
    """By the clock: of every half-year that is over, keep per authority how often each answer was given, unless there were too few, and
    destroy the answers; returns of how many authorities. No half-year is counted twice."""
    now = period_of(clock.today())
    over = AuthorityRating.objects.filter(province=province).exclude(period__gte=now)
    count = 0
    for period, authority in sorted(set(over.order_by().values_list("period", "authority"))):
        with transaction.atomic():
            _publish(actor, province, period, authority)
        count += 1
    return count


def _publish(actor: Actor, province: str, period: str, authority: str) -> None:
    rows = AuthorityRating.objects.filter(province=province, period=period, authority=authority)
    said = list(rows)
    counts = counts_of([Answers(row.space, row.respect, row.backing) for row in said])
    if counts is not None:
        PublishedRating.objects.create(
            province=province,
            period=period,
            authority=authority,
            authority_name=min(row.authority_name for row in said),
            number=len(said),
            counts=counts,
            published_on=clock.today(),
        )
    rows.delete()
    subject = Reference("authority-rating", period, "", "")
    trail.record(actor=actor, action="close-ratings", subject=subject, facts={"enough": counts is not None}, province=province)
