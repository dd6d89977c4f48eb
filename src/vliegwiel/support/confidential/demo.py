"""The made-up team of the demo with its cases, years old and of today, made by the real actions at moments that fit."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.conf import settings

from vliegwiel.foundation.people.models import Role
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.actions.answer_access import receive_access_request
from vliegwiel.support.confidential.actions.follow_signal import hand_signal_over, note_party_answer, note_signal
from vliegwiel.support.confidential.actions.keep_team import add_team_member, open_team
from vliegwiel.support.confidential.actions.open_confidential import CaseFacts, open_confidential
from vliegwiel.support.confidential.actions.publish_counts import publish_counts
from vliegwiel.support.confidential.actions.take_steps import close_confidential, plan_step
from vliegwiel.support.confidential.models import ConfidentialCase, ConfidentialTeam

#: So many cases of last year, so that the counts have something to tell; and how long ago the team began, after its people came.
_EARLIER, _KNOWN = 12, 490


def build(province: str) -> int:
    """Make the team and its cases that are not there yet; returns how many cases there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen zaken horen alleen in een voorbeeld.", code="no-demo")
    places = municipalities_of(province)
    coordinator, members = _people("teamcoordinator", province), _people("vertrouwelijk", province)
    if places and coordinator and members and not ConfidentialTeam.objects.filter(province=province).exists():
        today = clock.today()
        begun = today - timedelta(days=_KNOWN)
        with clock.at(_at(begun)):
            team = open_team(actor=coordinator[0], province=province, name="Verzonnen team Omzien")
            for member in members:
                add_team_member(actor=coordinator[0], team=team.public_id, person=member.id)
        _earlier(members[0], team, places[0][0], max(begun + timedelta(days=1), date(today.year - 1, 1, 2)))
        _of_today(members[0], team, [code for code, _name in places])
        _publish(province, today)
    return ConfidentialCase.objects.filter(province=province).count()


def _people(kind: str, province: str) -> list[Actor]:
    held = Role.objects.filter(kind=kind, province=province, person__made_up=True, until=None).select_related(
        "person", "organisation"
    )
    return [
        Actor("person", role.person.public_id, role.organisation.public_id, "demo", role.organisation.province)
        for role in held.order_by("pk")
    ]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), clock.AMSTERDAM)


def _earlier(member: Actor, team: ConfidentialTeam, place: str, begun: date) -> None:
    """Cases of last year, all of which it ended."""
    for number in range(_EARLIER):
        first = begun + timedelta(days=7 * number)
        with clock.at(_at(first)):
            found = open_confidential(
                actor=member,
                team=team.public_id,
                facts=CaseFacts("empty", place, f"Verzonnen gebouw {number + 1}", address=f"Verzonnen straat {number + 1}"),
            )
        with clock.at(_at(first + timedelta(days=60))):
            close_confidential(actor=member, case=found.public_id, outcome="solved", reason="De eigenaar knapte het op.")


def _of_today(member: Actor, team: ConfidentialTeam, places: list[str]) -> None:
    """A case with signals that went to a party, one about young people, and one that asks for an answer."""
    today = clock.today()
    with clock.at(_at(today - timedelta(days=20))):
        shop = open_confidential(
            actor=member,
            team=team.public_id,
            facts=CaseFacts(
                "unsafe",
                places[0],
                "De verzonnen bakkerij",
                "Het oude dorp",
                "Verzonnen straat 4",
                "De buren willen ’s avonds weer rust. De eigenaar wil er graag woningen maken.",
                "Het gebouw staat een jaar leeg. De achterdeur sluit niet.",
            ),
        )
        seen = note_signal(
            actor=member,
            case=shop.public_id,
            what="De achterdeur staat ’s nachts open. Er ligt papier bij de kachel.",
            seen_by="resident",
            seen_on=clock.today(),
        )
        handed = hand_signal_over(
            actor=member,
            case=shop.public_id,
            signal=seen.public_id,
            party="fire-brigade",
            shared=["address", "building", "safety"],
            text="Verzonnen straat 4: de achterdeur sluit niet en er ligt papier bij de kachel.",
        )
        young = open_confidential(
            actor=member,
            team=team.public_id,
            facts=CaseFacts(
                "young",
                places[-1],
                "Jongeren bij het verzonnen station",
                "De Spoorbuurt",
                wish="Zij willen een plek om te sleutelen.",
            ),
        )
        note_signal(
            actor=member,
            case=young.public_id,
            what="Een groep van ongeveer acht jongeren is overdag bij het station.",
            seen_by="supporter",
            seen_on=clock.today(),
        )
    with clock.at(_at(today - timedelta(days=6))):
        note_party_answer(
            actor=member,
            case=shop.public_id,
            handover=handed.public_id,
            answer="De brandweer keek en de eigenaar maakte de deur dicht.",
        )
        plan_step(
            actor=member, case=shop.public_id, what="Met de eigenaar en de gemeente praten", due_on=today + timedelta(days=8)
        )
        receive_access_request(actor=member, case=shop.public_id, received_on=clock.today(), checked_how="in-person")


def _publish(province: str, today: date) -> None:
    """Last year, once its day has come."""
    with suppress(NotNow):
        publish_counts(actor=Actor.system("demo"), province=province, year=today.year - 1)
