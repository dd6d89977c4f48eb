"""Follow a place or a theme, and be told of what is new there: at most once a day, and each thing once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.notices.public import forget, tell
from vliegwiel.foundation.people.public import count_use
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid
from vliegwiel.see.areas.public import PlaceFacts, home_of
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.limits import ASKED_PER_NETWORK, FOLLOWS_PER_ADDRESS
from vliegwiel.support.initiatives.models import Follow, FollowRun, Initiative
from vliegwiel.support.initiatives.rules import RADII, distance
from vliegwiel.support.initiatives.standing import named
from vliegwiel.support.initiatives.tokens import key_of, opens

_TEXTS = "support/initiatives/texts"
_FARTHEST = RADII[-1]
#: What was first shown less long ago waits for the next turn, so that an act that is still being written is not passed by.
_SETTLED = timedelta(minutes=5)
_UNCONFIRMED = timedelta(days=7)
_AT_MOST = 20


@trail.recorded("follow-place", kind="follow")
@transaction.atomic
def follow_place(
    *,
    actor: Actor,
    province: str,
    area: str = "",
    radius: int | None = None,
    theme: str = "",
    address: str = "",
    network: str = "",
) -> Follow:
    """Hear what begins within a radius (metres) of a place, in a theme, or both. Without an account the address is confirmed first.

    Asking the same again gives the same. Raises NotFound for an unknown place, NotValid for what cannot be followed, NotNow too often.
    """
    if not area and not theme:
        raise NotValid(_("Kies een plek, een thema, of allebei."), code="nothing")
    if theme and theme not in themes():
        raise NotValid(_("Kies een thema uit de lijst."), code="theme")
    if area and radius not in RADII:
        raise NotValid(_("Kies hoe ver u wilt kijken: van 500 meter tot 10 kilometer."), code="radius")
    spot = _spot(area, province)
    person = actor.id if actor.kind == "person" else ""
    email = "" if person else address.strip().lower()
    if not person:
        _demand_address(email)
    x, y = spot.point if spot is not None and spot.point is not None else (None, None)
    point = {"x": x, "y": y, "radius": radius if spot else None}
    known = Follow.objects.filter(province=province, person=person, address=email, area=area, theme=theme, **point).first()
    if known is not None and (known.confirmed_at or person):
        return known
    count_use(what="initiatives.follow", whose=person or email, most=FOLLOWS_PER_ADDRESS if email else _AT_MOST)
    count_use(what="initiatives.network", whose=network, most=ASKED_PER_NETWORK, hourly=True)
    found = known or Follow.objects.create(
        province=province,
        person=person,
        address=email,
        area=area,
        place_name=spot.full_name if spot else "",
        theme=theme,
        confirmed_at=clock.now() if person else None,
        **point,
    )
    if email:
        about = Reference("follow", found.public_id, "", "")
        facts = {"follow": found, "path": path_of(found), "theme": theme_name(found)}
        moment = f"confirm-{clock.today().isoformat()}"
        tell(
            about=about,
            moment=moment,
            template=f"{_TEXTS}/confirm_follow",
            facts=facts,
            province=province,
            address=email,
            kind="following",
        )
    trail.record(actor=actor, action="follow-place", subject=Reference("follow", found.public_id, "", ""), province=province)
    return found


def path_of(found: Follow) -> str:
    """The page with which its owner confirms or stops it."""
    return f"/volgen/{found.public_id}/{key_of(found.public_id)}"


def theme_name(found: Follow) -> str:
    """The theme as people read it."""
    return themes()[found.theme].name if found.theme in themes() else ""


def follow_behind(follow: str, key: str) -> Follow:
    """What a link follows. Raises NotFound."""
    found = Follow.objects.filter(public_id=follow[:12]).first()
    if found is None or not opens(found.public_id, key):
        raise NotFound(_("Deze link klopt niet, of u volgt dit niet meer."))
    return found


@trail.recorded("confirm-follow", kind="follow", about=named("follow"))
@transaction.atomic
def confirm_follow(*, actor: Actor, follow: str, key: str) -> Follow:
    """The address is theirs: from now on they hear. A second time changes nothing. Raises NotFound."""
    found = follow_behind(follow, key)
    if Follow.objects.filter(pk=found.pk, confirmed_at=None).update(confirmed_at=clock.now()):
        subject = Reference("follow", found.public_id, "", "")
        trail.record(actor=actor, action="confirm-follow", subject=subject, province=found.province)
    found.refresh_from_db()
    return found


@trail.recorded("stop-following", kind="follow", about=named("follow"))
@transaction.atomic
def stop_following(*, actor: Actor, follow: str, key: str = "") -> None:
    """Hear nothing more: the address is truly deleted. With the link of a message, or as the person who follows.

    Raises NotFound and NotAllowed.
    """
    found = Follow.objects.filter(public_id=follow[:12]).first()
    if found is None:
        raise NotFound(_("U volgt dit niet meer."))
    own = actor.kind == "person" and found.person == actor.id
    if not own and not opens(found.public_id, key):
        raise NotAllowed(_("Dit is van iemand anders."), code="not-own")
    subject = Reference("follow", found.public_id, "", "")
    forget(about=subject)
    found.delete()
    trail.record(actor=actor, action="stop-following", subject=subject, province=found.province)


def tell_followers(*, actor: Actor, province: str) -> int:
    """By the clock: tell everybody who follows what was first shown since the last turn; returns how many messages were decided.

    A turn that stopped half-way is finished first, and who was told in it is not told again.
    """
    run = _run_of(province)
    count = 0
    for follow, found in _fitting(run):
        told = sorted(found, key=lambda item: (item.shown_at or run.until, item.pk))
        with transaction.atomic():
            count += _tell(follow, told, run)
    FollowRun.objects.filter(pk=run.pk, done_at=None).update(done_at=clock.now())
    return count


def clear_unconfirmed(*, actor: Actor) -> int:
    """Forget addresses that nobody confirmed within a week; returns how many."""
    gone = list(Follow.objects.filter(confirmed_at=None, made_at__lt=clock.now() - _UNCONFIRMED))
    for found in gone:
        with transaction.atomic():
            forget(about=Reference("follow", found.public_id, "", ""))
            found.delete()
    return len(gone)


def _run_of(province: str) -> FollowRun:
    """The turn that is not done yet, or the next one: it begins where the last one ended."""
    last = FollowRun.objects.filter(province=province).order_by("-until", "-pk").first()
    if last is not None and last.done_at is None:
        return last
    until = clock.now() - _SETTLED
    since = last.until if last else until - timedelta(days=1)
    run, _made = FollowRun.objects.get_or_create(province=province, since=since, defaults={"until": max(until, since)})
    return run


def _fitting(run: FollowRun) -> Iterator[tuple[Follow, list[Initiative]]]:
    """Who follows what is new, with what fits: by the published point only."""
    news = Initiative.objects.filter(
        province=run.province, state=State.PUBLIC.value, hidden=False, shown_at__gt=run.since, shown_at__lte=run.until
    )
    found: dict[int, tuple[Follow, list[Initiative]]] = {}
    for initiative in news.prefetch_related("themes", "people").order_by("shown_at", "pk"):
        for follow in followers_of(initiative):
            found.setdefault(follow.pk, (follow, []))[1].append(initiative)
    yield from found.values()


def followers_of(initiative: Initiative) -> list[Follow]:
    """Everybody who follows the place or a theme of an initiative since before it was shown, but its own people."""
    own = {item.person for item in initiative.people.all() if item.person}
    about = {item.theme for item in initiative.themes.all()}
    x, y = initiative.x or 0, initiative.y or 0
    near = Q(x__range=(x - _FARTHEST, x + _FARTHEST), y__range=(y - _FARTHEST, y + _FARTHEST))
    asked = Follow.objects.filter(province=initiative.province, confirmed_at__lt=initiative.shown_at)
    candidates = [*asked.filter(near), *asked.filter(x=None, theme__in=about)]
    return [follow for follow in candidates if follow.person not in own and fits(follow, (x, y), about)]


def fits(follow: Follow, point: tuple[int, int], about: set[str]) -> bool:
    """Whether what lies at a published point, with these themes, is what someone follows."""
    if follow.theme and follow.theme not in about:
        return False
    return follow.x is None or distance((follow.x, follow.y or 0), point) <= (follow.radius or 0)


def _tell(follow: Follow, news: list[Initiative], run: FollowRun) -> bool:
    receiver = {"person": follow.person} if follow.person else {"address": follow.address}
    path = path_of(follow)
    return tell(
        about=Reference("follow", follow.public_id, follow.place_name, path),
        moment=f"news-{_code(run.since)}",
        template=f"{_TEXTS}/news",
        facts={"follow": follow, "news": news, "path": path, "theme": theme_name(follow)},
        province=follow.province,
        kind="following",
        **receiver,
    )


def _code(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _spot(area: str, province: str) -> PlaceFacts | None:
    if not area:
        return None
    spot = home_of(area, province)
    if spot is None:
        raise NotFound(_("Deze plek vinden wij niet. Zoek op de naam van het dorp, of op de vier cijfers van de postcode."))
    return spot


def _demand_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as fault:
        raise NotValid(_("Vul uw e-mailadres in. Wij gebruiken het alleen hiervoor."), code="address") from fault
