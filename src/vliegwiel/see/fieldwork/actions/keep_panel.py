"""A panel of people who agreed to be asked again: begin one, join, leave and be erased at once."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.ids import public_id
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.models import Invitation, Panel, PanelMember
from vliegwiel.see.fieldwork.queries import KEEP, panel_named

MEMBER_TERM = "panel-member"
AGE_GROUPS = ("15 tot 25 jaar", "25 tot 45 jaar", "45 tot 65 jaar", "65 jaar of ouder")


@dataclass(frozen=True)
class Joining:
    """What someone who joins tells: an address to write to, and two things to draw fairly by. `agrees` to be asked again, and apart from
    that `wants_results`."""

    name: str
    street: str
    place: str
    municipality: str
    age_group: str
    agrees: bool
    wants_results: bool = False


@trail.recorded("start-panel", kind="panel")
def start_panel(*, actor: Actor, province: str, title: str, about: str, most_per_year: int = 4, made_up: bool = False) -> Panel:
    """A new panel, with in `about` what members are asked about. Raises NotAllowed, NotValid, NotNow when the title is there already."""
    demand(actor, KEEP, Subject(province=province))
    name, words = " ".join(title.split())[:120], about.strip()[:400]
    if not name or not words or not 1 <= most_per_year <= 12:
        raise NotValid(
            _("Geef een naam en waar het over gaat. Een lid vraagt u 1 tot 12 keer per jaar."),
            code="no-name",
        )
    try:
        with transaction.atomic():
            made = Panel.objects.create(
                province=province, title=name, about=words, most_per_year=most_per_year, made_up=made_up or settings.VLIEGWIEL_DEMO,
                started_at=clock.now(),
            )  # fmt: skip
            _record(actor, "start-panel", made)
    except IntegrityError:
        raise NotNow(_("Er is al een panel {title}.").format(title=name), code="title-taken") from None
    return made


@trail.recorded("join-panel", kind="panel", about=lambda given: str(given.get("panel", "")))
def join_panel(*, actor: Actor, panel: str, joining: Joining) -> str:
    """Become a member; returns what takes this joining back (`undo_joining`). Raises NotValid without consent or address.

    Who is a member already stays one as they were, and gets the same answer: nobody learns here who is in a panel.
    """
    found = panel_named(panel)
    said = {name: " ".join(getattr(joining, name).replace("\x00", "").split()) for name in ("name", "street", "place")}
    problems = []
    if not joining.agrees:
        problems.append(_("Zet een vinkje als we u vaker mogen vragen. Zonder uw toestemming kan het niet."))
    if not all(said.values()) or max(map(len, said.values())) > 80:
        problems.append(_("Vul uw naam en adres in. Anders kunnen wij u niet schrijven."))
    if joining.municipality not in {code for code, _name in municipalities_of(found.province)}:
        problems.append(_("Kies uw gemeente."))
    if joining.age_group not in AGE_GROUPS:
        problems.append(_("Kies uw leeftijd."))
    if problems:
        raise NotValid(_("Er mist nog iets."), code="not-complete", details=tuple(problems))
    today = clock.today()
    with transaction.atomic():
        Panel.objects.filter(pk=found.pk).update(joined=F("joined"))  # who joins twice at one moment waits here
        if found.members.filter(name__iexact=said["name"], street__iexact=said["street"], place__iexact=said["place"]).exists():
            return public_id()
        Panel.objects.filter(pk=found.pk).update(joined=F("joined") + 1)
        member = PanelMember.objects.create(
            panel=found, **said, municipality=joining.municipality, age_group=joining.age_group,
            wants_results=joining.wants_results, agreed_on=today, until=retentions()[MEMBER_TERM].on(today).ends(today),
        )  # fmt: skip
        _record(actor, "join-panel", found)
    return member.public_id


@trail.recorded("undo-joining", kind="panel", about=lambda given: str(given.get("panel", "")))
def undo_joining(*, actor: Actor, panel: str, joined: str) -> None:
    """Take a joining back as if it never was, by what `join_panel` returned: erased and not counted. Says nothing when nobody joined."""
    found = panel_named(panel)
    with transaction.atomic():
        gone = found.members.filter(public_id=joined[:12])
        _drop_invitations(list(gone.values_list("pk", flat=True)))
        if gone.delete()[0]:
            Panel.objects.filter(pk=found.pk).update(joined=F("joined") - 1)
            _record(actor, "undo-joining", found)


@trail.recorded("leave-panel", kind="panel")
def leave_panel(*, actor: Actor, typed: str) -> Panel:
    """Leave with the code of a letter, and be erased at once; an invitation that is open goes too. Raises NotFound for another code."""
    panel, member = _member_with(typed)
    with transaction.atomic():
        _erase(actor, panel, member, "leave-panel")
    return panel


@trail.recorded("stay-in-panel", kind="panel")
def stay_in_panel(*, actor: Actor, typed: str) -> Panel:
    """Agree again, with the code of a letter: the membership begins anew today. Raises NotFound for another code."""
    panel, member = _member_with(typed)
    today = clock.today()
    with transaction.atomic():
        until = retentions()[MEMBER_TERM].on(today).ends(today)
        PanelMember.objects.filter(pk=member).update(agreed_on=today, until=until)
        _record(actor, "stay-in-panel", panel)
    return panel


def _member_with(typed: str) -> tuple[Panel, int]:
    """The member whose code this is: made again for each, because it is kept nowhere."""
    code = codes.read_code(typed)
    for panel in Panel.objects.order_by("pk") if code else ():
        for pk, name in panel.members.values_list("pk", "public_id"):
            if codes.leaving_code(panel.salt, name) == code:
                return panel, pk
    raise NotFound(_("Deze ledencode kennen we niet. Misschien bent u al afgemeld. Kijk anders nog eens in de brief."))


@trail.recorded("erase-member", kind="panel", about=lambda given: str(given.get("panel", "")))
def erase_member(*, actor: Actor, panel: str, member: str) -> None:
    """Erase a member who asked for it by phone or letter (AVG 17). Raises NotAllowed, NotFound."""
    found = panel_named(panel)
    demand(actor, KEEP, Subject(province=found.province))
    person = found.members.filter(public_id=member[:12]).first()
    if person is None:
        raise NotFound(_("Dit lid is er niet meer."))
    with transaction.atomic():
        _erase(actor, found, person.pk, "erase-member")


@trail.recorded("forget-members", kind="panel")
def forget_members(*, actor: Actor) -> int:
    """Erase members whose term is over because they did not say that they stay; returns how many."""
    count = 0
    for panel in Panel.objects.order_by("pk"):
        with transaction.atomic():
            gone = panel.members.filter(until__lt=clock.today())
            number = gone.count()
            if number:
                _drop_invitations(list(gone.values_list("pk", flat=True)))
                gone.delete()
                Panel.objects.filter(pk=panel.pk).update(left=F("left") + number)
                _record(actor, "forget-members", panel)
        count += number
    return count


def _erase(actor: Actor, panel: Panel, member: int, action: str) -> None:
    _drop_invitations([member])
    if not PanelMember.objects.filter(pk=member).delete()[0]:
        return  # twice at one moment counts once
    Panel.objects.filter(pk=panel.pk).update(left=F("left") + 1)
    _record(actor, action, panel)


def _drop_invitations(members: list[int]) -> None:
    """The address on an invitation goes with the member; the door stays, shut for who does not have the letter."""
    Invitation.objects.filter(member__in=members).delete()


def _record(actor: Actor, action: str, panel: Panel) -> None:
    subject = Reference("panel", panel.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts={}, province=panel.province)
