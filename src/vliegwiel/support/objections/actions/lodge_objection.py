"""Lodge an objection: by who applied, or typed in by an officer from paper or phone. Grounds and papers may follow."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.grants.public import grant_of, move_on
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.contested import Contested, application_of, contested_named
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Channel, Objection
from vliegwiel.support.objections.numbers import OBJECTION, next_number
from vliegwiel.support.objections.standing import named, reference
from vliegwiel.support.objections.tasks import issue_receipt
from vliegwiel.support.objections.terms import in_time, term_of, until_when


@dataclass(frozen=True)
class Arrived:
    """How a paper objection came in: the date stamp, the day on the postmark when it came by post, and whether it was signed (6:5)."""

    channel: str
    received_on: date
    by_post: bool = False
    posted_on: date | None = None
    name: str = ""
    signed: bool = True


@trail.recorded("lodge-objection", kind="decision", about=named("decision"))
@transaction.atomic
def lodge_objection(
    *, actor: Actor, decision: str, grounds: str = "", late_reason: str = "", wants_costs: bool = False
) -> Objection:
    """Object in one's own words (Awb 6:4, 6:5); without grounds yet it counts too, and they are asked for (6:6).

    Late is not refused: the reason is asked, and judged by a person (6:11). Raises NotFound, NotAllowed; NotNow before the decision was
    made known, and while one's earlier objection against it waits; NotValid when late without a reason.
    """
    return _keep(actor, "lodge-objection", decision, Arrived(Channel.WEB, clock.today()), grounds, late_reason, wants_costs)


@trail.recorded("register-objection", kind="decision", about=named("decision"))
@transaction.atomic
def register_objection(
    *, actor: Actor, decision: str, arrived: Arrived, grounds: str = "", late_reason: str = "", wants_costs: bool = False
) -> Objection:
    """Type in what came on paper, at the desk or by phone: the date stamp counts, and by post the day of posting (Awb 6:9(2)).

    Raises as `lodge_objection`, and NotValid for a stamp in the future or a postmark after it.
    """
    if arrived.channel not in (Channel.PAPER, Channel.PHONE):
        raise NotValid(_("Kies hoe het bezwaar binnenkwam."), code="channel")
    if arrived.received_on > clock.today():
        raise NotValid(_("De datumstempel ligt in de toekomst. Kijk hem na."), code="stamp")
    if arrived.posted_on is not None and arrived.posted_on > arrived.received_on:
        raise NotValid(_("Het poststempel ligt na de dag van ontvangst. Kijk het na."), code="postmark")
    return _keep(actor, "register-objection", decision, arrived, grounds, late_reason, wants_costs)


def _keep(
    actor: Actor, key: str, decision: str, arrived: Arrived, grounds: str, late_reason: str, wants_costs: bool
) -> Objection:
    application = application_of(decision)
    grant, facts = grant_of(application), contested_named(application, decision)
    move_on(actor, key, grant.id, facts={"decision": decision})
    announced = _announced(facts, arrived.received_on)
    verdict = in_time(announced, arrived.received_on, by_post=arrived.by_post, posted=arrived.posted_on)
    timely = _IN_TIME[verdict.answer]
    if timely == "no" and key == "lodge-objection" and not late_reason.strip():
        text = _("De tijd om bezwaar te maken was voorbij op {until}. Vertel waarom het later werd.")
        raise NotValid(text.format(until=day(until_when(announced), "full")), code="late")
    own = key == "lodge-objection"
    person = known_person(actor.id) if own else None
    found = Objection(
        number=next_number(OBJECTION, arrived.received_on.year),
        province=grant.province,
        municipality=grant.municipality,
        application=grant.id,
        application_number=grant.number,
        title=grant.title or grant.scheme_title,
        scheme=grant.scheme,
        scheme_title=grant.scheme_title,
        matter=facts.matter,
        decision=facts.id,
        decision_name=facts.name,
        involved=list(facts.by),
        announced_on=announced,
        until=until_when(announced),
        objector=actor.id if own else grant.applicant,
        objector_name=(arrived.name.strip() or (person.name if person else "") or grant.applicant_name)[:120],
        channel=arrived.channel,
        received_on=arrived.received_on,
        posted_on=arrived.posted_on,
        entered_by="" if own else actor.id,
        grounds=grounds.strip(),
        signed=arrived.signed,
        in_time=timely,
        late_reason=late_reason.strip(),
        wants_costs=wants_costs,
        due_on=announced,
        made_up=grant.made_up,
    )
    if Objection.objects.filter(decision=found.decision, objector=found.objector, state=State.DECIDED).exists():
        text = _("Op uw bezwaar tegen dit besluit is al beslist. U kunt in beroep bij de rechtbank (Awb 8:1).")
        raise NotNow(text, code="appeal")
    _save(found)
    trail.record(
        actor=actor,
        action=key,
        subject=reference(found),
        facts={
            "decision": facts.id,
            "matter": found.matter,
            "channel": found.channel,
            "until": found.until.isoformat(),
            "late": timely != "yes",
        },
        province=found.province,
    )
    letters.message(found, "lodged", "lodged", {"due": day(found.due_on, "week")})
    issue_receipt.enqueue(objection=found.public_id)
    return found


_IN_TIME = {Answer.YES: "yes", Answer.UNKNOWN: "unknown", Answer.NO: "no"}


def _announced(facts: Contested, received_on: date) -> date:
    """The day on which it was made known, when one can object to it; raises NotNow, and NotValid for what is older than the decision."""
    if facts.replaces:
        text = _("Dit besluit kwam na een bezwaar. Daartegen kunt u in beroep bij de rechtbank (Awb 8:1).")
        raise NotNow(text, code="appeal")
    if facts.replaced:
        raise NotNow(_("Voor dit besluit is een ander in de plaats gekomen."), code="replaced")
    if facts.sent_on is None:
        raise NotNow(_("Het besluit is nog niet verstuurd. Bezwaar maken kan zodra u de brief hebt."), code="not-known-yet")
    if received_on < facts.sent_on:
        raise NotValid(_("Het bezwaar is ouder dan het besluit. Kijk de datum na."), code="too-early")
    return facts.sent_on


def _save(found: Objection) -> None:
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as fault:
        text = _("U maakte al bezwaar tegen dit besluit. Voeg daar toe wat u nog wilt zeggen.")
        raise NotNow(text, code="lodged") from fault
    found.due_on = term_of(found).ends
    found.save(update_fields=["due_on"])
