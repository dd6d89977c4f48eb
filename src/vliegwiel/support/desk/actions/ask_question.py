"""Ask a question at the desk: by a resident, with or without account, or typed in by an adviser for who phones, writes or comes by."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.support.desk import clocks, telling
from vliegwiel.support.desk.limits import demand_room
from vliegwiel.support.desk.models import Enquiry, EnquiryChannel, EnquiryEventKind
from vliegwiel.support.desk.numbers import next_number
from vliegwiel.support.desk.recognition import language_of, sensitive_in
from vliegwiel.support.desk.routing import route, wanted_for
from vliegwiel.support.desk.rules import PHONE
from vliegwiel.support.desk.standing import reference

LONGEST = 4_000


@dataclass(frozen=True)
class Asked:
    """What someone asks: their words, what it is about (keys, area code), and how to reach them. `form` names the form it came
    with, so that sending twice asks once."""

    text: str
    kind: str = "anders"
    theme: str = ""
    place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""
    form: str = ""


@trail.recorded("ask-question", kind="enquiry")
def ask_question(*, actor: Actor, province: str, asked: Asked, connection: str = "") -> Enquiry:
    """A question of a resident: routed, promised a day, confirmed. Asking again with the same form gives the question that is there.

    `connection` is where it comes from, only to count. Raises NotAllowed, NotValid with a line per problem, NotNow when too much is asked.
    """
    demand(actor, "tell-idea")
    there = _sent_before(asked)
    if there is not None:
        return there
    _check(asked, reachable=actor.kind == "person")
    demand_room(limit="questions_per_hour", whose=connection)
    demand_room(limit="questions_per_address_per_day", whose=asked.email.strip())
    return _receive(actor, province, asked, EnquiryChannel.WEB, person=actor.id if actor.kind == "person" else "")


@trail.recorded("enter-question", kind="enquiry")
def enter_question(*, actor: Actor, province: str, asked: Asked, channel: str) -> Enquiry:
    """A question that came by phone, on paper or at the desk, typed in by an adviser. Raises NotAllowed and NotValid."""
    place = place_of(asked.place, province)
    demand(actor, "do-casework", Subject(province=province, municipality=place.municipality if place else ""))
    if channel not in (EnquiryChannel.PHONE, EnquiryChannel.PAPER, EnquiryChannel.DESK):
        raise NotValid(_("Kies hoe de vraag binnenkwam."), code="channel")
    there = _sent_before(asked)
    if there is not None:
        return there
    _check(asked, reachable=False)
    return _receive(actor, province, asked, EnquiryChannel(channel), entered_by=actor.id)


def _sent_before(asked: Asked) -> Enquiry | None:
    return Enquiry.objects.filter(form=asked.form).first() if asked.form else None


def _check(asked: Asked, *, reachable: bool) -> None:
    problems = []
    if not asked.text.strip():
        problems.append(_("Schrijf in een paar woorden wat u wilt of zoekt."))
    if len(asked.text) > LONGEST:
        problems.append(_("Schrijf het korter: hoogstens {most} tekens.").format(most=LONGEST))
    if asked.kind not in desk().kinds or (asked.theme and asked.theme not in desk().themes):
        problems.append(_("Kies een van de mogelijkheden die er staan."))
    if asked.email.strip() and not _is_address(asked.email.strip()):
        problems.append(_("Dit e-mailadres klopt niet. Schrijf het zo: naam@voorbeeld.nl."))
    if asked.phone.strip() and not PHONE.fullmatch(asked.phone.strip()):
        problems.append(_("Dit telefoonnummer klopt niet. Schrijf alleen cijfers."))
    if not reachable and not (asked.email.strip() or asked.phone.strip() or asked.post.strip()):
        problems.append(_("Hoe bereiken wij u? Geef een e-mailadres, telefoonnummer of adres."))
    if problems:
        raise NotValid(problems[0], code="incomplete", details=tuple(problems))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _receive(
    actor: Actor, province: str, asked: Asked, channel: EnquiryChannel, *, person: str = "", entered_by: str = ""
) -> Enquiry:
    place, today, days = place_of(asked.place, province), clock.today(), desk().kinds[asked.kind].days
    about = wanted_for(asked.kind, asked.theme, place.municipality if place else "", place.municipality_name if place else "")
    language = language_of(asked.text)
    try:
        with transaction.atomic():
            chosen = route(province, about)
            enquiry = Enquiry.objects.create(
                number=next_number(today.year),
                province=province,
                kind=asked.kind,
                theme=asked.theme,
                place=place.code if place else "",
                place_name=place.name if place else "",
                municipality=about.municipality,
                municipality_name=about.municipality_name,
                text=asked.text.strip(),
                channel=channel,
                name=asked.name.strip()[:80],
                email=asked.email.strip().lower(),
                phone=asked.phone.strip(),
                post=asked.post.strip()[:200],
                person=person,
                organisation=chosen.organisation if chosen else "",
                organisation_name=chosen.organisation_name if chosen else "",
                adviser=chosen.adviser if chosen else "",
                adviser_name=chosen.adviser_name if chosen else "",
                routed_why=chosen.why if chosen else "",
                language=language.key if language else "",
                flagged=bool(sensitive_in(asked.text)),
                entered_by=entered_by,
                form=asked.form or None,
                received_on=today,
                promised_on=today,
                made_up=bool(settings.VLIEGWIEL_DEMO or (place and place.made_up)),
            )
            promise = clocks.note(enquiry, actor, EnquiryEventKind.RECEIVED, days=days)
            Enquiry.objects.filter(pk=enquiry.pk).update(promised_on=promise.on)
            enquiry.refresh_from_db()
            telling.to_resident(enquiry, "received", "received")
            if enquiry.adviser != actor.id:
                telling.to_adviser(enquiry, "received", "received_work")
            trail.record(
                actor=actor,
                action="enter-question" if entered_by else "ask-question",
                subject=reference(enquiry),
                facts={"channel": enquiry.channel, "kind": enquiry.kind, "due": enquiry.promised_on.isoformat()},
                province=province,
            )
    except IntegrityError:
        there = _sent_before(asked)
        if there is None:
            raise
        return there
    return enquiry
