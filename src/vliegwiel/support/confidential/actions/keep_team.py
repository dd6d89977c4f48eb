"""The coordinator of an organisation keeps its teams: who is in them. What the teams work on is not theirs to see."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand, organisation_names, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.models import ConfidentialCase, ConfidentialMember, ConfidentialTeam
from vliegwiel.support.confidential.queries import active_members, candidates
from vliegwiel.support.confidential.standing import COORDINATE, keep, named, teams_of

TEAM = "confidential-team"
_AT_ONCE = 500


def team_reference(team: ConfidentialTeam) -> Reference:
    """How messages and the trail point at a team."""
    return Reference(TEAM, team.public_id, team.name, "/werk/vertrouwelijke-teams")


@trail.recorded("open-team", kind=TEAM)
@transaction.atomic
def open_team(*, actor: Actor, province: str, name: str, municipality: str = "") -> ConfidentialTeam:
    """A new team of the organisation that the actor acts for. Raises NotAllowed, NotValid for no name, a name twice or an unknown place."""
    demand(actor, COORDINATE, Subject(province=province, organisation=actor.organisation))
    called = name.strip()[:80]
    places = dict(municipalities_of(province))
    if not called:
        raise NotValid(_("Geef het team een naam."), code="no-name")
    if municipality and municipality not in places:
        raise NotValid(_("Kies een gemeente uit de lijst."), code="unknown-municipality")
    try:
        with transaction.atomic():
            team = ConfidentialTeam.objects.create(
                province=province,
                organisation=actor.organisation,
                organisation_name=organisation_names([actor.organisation]).get(actor.organisation, ""),
                municipality=municipality,
                municipality_name=places.get(municipality, ""),
                name=called,
                made_up=settings.VLIEGWIEL_DEMO,
            )
    except IntegrityError:
        raise NotValid(_("Uw organisatie heeft al een team met deze naam."), code="known-team") from None
    trail.record(actor=actor, action="open-team", subject=team_reference(team), province=province)
    return team


@trail.recorded("add-team-member", kind=TEAM, about=named("team"))
@transaction.atomic
def add_team_member(*, actor: Actor, team: str, person: str) -> ConfidentialMember:
    """Put a colleague in a team; they and everybody in it hear so. Nobody puts themselves in a team.

    Raises NotFound for a team of another organisation, NotAllowed, NotValid for who has no role for it, NotNow for who is in it.
    """
    found = _team(actor, team)
    if person == actor.id:
        raise NotAllowed(_("U kunt uzelf niet in een team zetten. Vraag het een andere coördinator."), code="self")
    colleague = next((item for item in candidates(found) if item.id == person), None)
    if colleague is None:
        raise NotValid(_("Deze persoon heeft geen rol voor vertrouwelijk werk bij uw organisatie."), code="no-candidate")
    try:
        with transaction.atomic():
            member = ConfidentialMember.objects.create(team=found, person=person, name=colleague.name[:80])
    except IntegrityError:
        raise NotNow(_("Deze persoon zit al in het team."), code="known-member") from None
    trail.record(
        actor=actor, action="add-team-member", subject=team_reference(found), facts={"person": person}, province=found.province
    )
    for item in ConfidentialMember.objects.filter(team=found, until=None):
        tell(
            about=team_reference(found),
            moment=f"joined-{member.pk}",
            template="support/confidential/texts/joined",
            facts={"team": found, "colleague": colleague.name, "own": item.person == person},
            province=found.province,
            person=item.person,
            kind="work",
        )
    return member


@trail.recorded("end-team-member", kind=TEAM, about=named("team"))
@transaction.atomic
def end_team_member(*, actor: Actor, team: str, person: str, to: str = "") -> int:
    """Take somebody out of a team: a coordinator does so, or the member who leaves. Returns how many cases were handed over.

    Who leaves says who takes over (`to`, a member); a coordinator cannot, because they see no cases: these wait for the team. When
    nobody is left, the coordinators hear that the team is empty, in the same words whether there is work or not. Raises NotFound,
    NotValid for who takes over and is not in the team.
    """
    own = teams_of(actor).filter(public_id=team).first() if person == actor.id else None
    found = own or _team(actor, team)
    member = ConfidentialMember.objects.filter(team=found, person=person, until=None).first()
    if member is None:
        raise NotFound(_("Deze persoon zit niet in dit team."))
    after = next((item for item in active_members(found) if item.person == to and to != person), None) if own and to else None
    if to and after is None:
        raise NotValid(_("Kies iemand uit het team die uw zaken overneemt."), code="no-member")
    if not ConfidentialMember.objects.filter(pk=member.pk, until=None).update(until=clock.now()):
        raise NotFound(_("Deze persoon zit niet in dit team."))
    moved = leave_cases(actor, found, person, after)
    trail.record(
        actor=actor, action="end-team-member", subject=team_reference(found), facts={"person": person}, province=found.province
    )
    if not active_members(found):
        _tell_coordinators(found, member)
    return moved


def leave_cases(actor: Actor, team: ConfidentialTeam, person: str, after: ConfidentialMember | None) -> int:
    """Give the open cases of a member to another, or to nobody; part of the caller's transaction. Returns how many."""
    still = ConfidentialCase.objects.filter(team=team, keeper=person, state=State.OPEN)
    to, name = (after.person, after.name) if after else ("", "")
    moved = [
        case for case in list(still) if still.filter(pk=case.pk).update(keeper=to, keeper_name=name, revision=F("revision") + 1)
    ]
    for case in moved:
        keep(actor, "pass-confidential", case, {"to": to})
    return len(moved)


def forget_members(*, actor: Actor) -> int:
    """By the clock: the name of who left a team goes at the end of its term in `catalogue/retention.yml`. That somebody was there, and
    when, stays. Returns how many."""
    over = ConfidentialMember.objects.filter(until__lt=clock.now() - kept_for("team-member")).exclude(name="")
    gone = 0
    for member in over.select_related("team").order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            ConfidentialMember.objects.filter(pk=member.pk).update(name="")
            subject = team_reference(member.team)
            trail.record(actor=actor, action="forget-member", subject=subject, province=member.team.province)
            gone += 1
    return gone


def _team(actor: Actor, name: str) -> ConfidentialTeam:
    """A team of the organisation of this coordinator; NotAllowed without the role, NotFound for a team of another."""
    demand(actor, COORDINATE, Subject(province=actor.province, organisation=actor.organisation))
    found = ConfidentialTeam.objects.filter(public_id=name, organisation=actor.organisation).first()
    if found is None:
        raise NotFound(_("Dit team kennen we niet."))
    return found


def _tell_coordinators(team: ConfidentialTeam, last: ConfidentialMember) -> None:
    for person in who_may(COORDINATE, Subject(province=team.province, organisation=team.organisation)):
        tell(
            about=team_reference(team),
            moment=f"empty-{last.pk}",
            template="support/confidential/texts/empty",
            facts={"team": team},
            province=team.province,
            person=person,
            kind="work",
        )
