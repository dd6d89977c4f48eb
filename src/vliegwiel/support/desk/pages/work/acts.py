"""What an adviser can do on a file, from a form: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import date_of, minutes_in, read_inclusion, revision_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import place_named
from vliegwiel.support.desk.actions.answer_enquiry import (
    add_note,
    answer_enquiry,
    ask_back,
    close_enquiry,
    promise_later,
    reply_enquiry,
)
from vliegwiel.support.desk.actions.ask_expert import ask_expert
from vliegwiel.support.desk.actions.correct_enquiry import clean_enquiry, correct_enquiry
from vliegwiel.support.desk.actions.give_advice import Given, give_advice, move_advice
from vliegwiel.support.desk.actions.hand_over import hand_over, take_enquiry
from vliegwiel.support.desk.actions.keep_link import forget_contact, withdraw_link
from vliegwiel.support.desk.actions.look_back import note_how_it_goes
from vliegwiel.support.desk.actions.note_hours import correct_hours, note_hours
from vliegwiel.support.desk.actions.note_inclusion import note_inclusion
from vliegwiel.support.desk.actions.open_case import close_case, open_case, pause_case, resume_case, set_goals, start_case
from vliegwiel.support.desk.actions.share_file import end_sharing, share_file
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.desk.pages.follow.acts import told_in
from vliegwiel.support.experts.public import wish_in

Act = Callable[[Actor, Enquiry, HttpRequest], object]


def day_in(form: QueryDict, name: str) -> date:
    """The day in a field; raises NotValid when it holds none."""
    found = date_of(form.get(name, ""))
    if found is None:
        raise NotValid(_("Vul een datum in, zoals 16-3-2026."), code="no-day")
    return found


def _text(action: Callable[..., object]) -> Act:
    return lambda actor, found, request: action(actor=actor, enquiry=found.public_id, text=request.POST.get("tekst", ""))


def _correct(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    typed = form.get("plaats", "").strip()
    place = place_named(typed, found.province) if typed else None
    if typed and place is None:
        raise NotValid(_("Wij kennen {name} niet. Kies een andere naam of laat de plaats leeg.").format(name=typed), code="place")
    return correct_enquiry(
        actor=actor,
        enquiry=found.public_id,
        theme=form.get("thema", ""),
        kind=form.get("hulp", ""),
        place=place.code if place else "",
        seen=revision_in(form),
    )


def _share(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    organisation, _dash, person = form.get("met", "").partition("/")
    return share_file(
        actor=actor,
        enquiry=found.public_id,
        organisation=organisation,
        person=person,
        role=form.get("rol", ""),
        why=form.get("waarom", ""),
    )


def _open(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    return open_case(
        actor=actor,
        enquiry=found.public_id,
        title=form.get("titel", ""),
        summary=form.get("kort", ""),
        goals=form.get("doelen", "").splitlines(),
        expected_until=day_in(form, "tot") if form.get("tot", "").strip() else None,
        missing=form.get("mist", ""),
        carried=form.get("draagt", ""),
    )


def _advise(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    given = Given(
        form.get("titel", ""),
        form.get("tekst", ""),
        day_in(form, "navragen") if form.get("navragen", "").strip() else None,
        form.get("regeling", ""),
        form.get("link", "").strip(),
        form.get("contact", ""),
    )
    return give_advice(actor=actor, enquiry=found.public_id, given=given)


def _ask_expert(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    return ask_expert(actor=actor, enquiry=found.public_id, wish=wish_in(form), advice=form.get("advies", ""))


def _move(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    form = request.POST
    return move_advice(
        actor=actor,
        enquiry=found.public_id,
        advice=form.get("advies", ""),
        state=form.get("stand", ""),
        follow_up_on=day_in(form, "navragen") if form.get("navragen", "").strip() else None,
        answer=form.get("reactie", ""),
    )


def _correct_hours(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    typed = request.POST.get("regel", "")
    entry = int(typed) if typed.isdecimal() else 0
    return correct_hours(actor=actor, enquiry=found.public_id, entry=entry, why=request.POST.get("waarom", ""))


def _look(actor: Actor, found: Enquiry, request: HttpRequest) -> object:
    months, told = told_in(request)
    return note_how_it_goes(actor=actor, enquiry=found.public_id, months=months, told=told)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "nemen": lambda actor, found, _request: take_enquiry(actor=actor, enquiry=found.public_id),
        "antwoord": _text(answer_enquiry),
        "terugvragen": _text(ask_back),
        "schrijven": _text(reply_enquiry),
        "afronden": _text(close_enquiry),
        "notitie": _text(add_note),
        "meedoen": lambda actor, found, request: note_inclusion(
            actor=actor, enquiry=found.public_id, answers=read_inclusion(request.POST)
        ),
        "opschonen": lambda actor, found, request: clean_enquiry(
            actor=actor, enquiry=found.public_id, text=request.POST.get("tekst", ""), seen=revision_in(request.POST)
        ),
        "link-intrekken": lambda actor, found, _request: withdraw_link(actor=actor, enquiry=found.public_id),
        "niet-van-haar": lambda actor, found, _request: forget_contact(actor=actor, enquiry=found.public_id),
        "later": lambda actor, found, request: promise_later(
            actor=actor, enquiry=found.public_id, until=day_in(request.POST, "dag"), reason=request.POST.get("reden", "")
        ),
        "overdragen": lambda actor, found, request: hand_over(
            actor=actor, enquiry=found.public_id, person=request.POST.get("aan", ""), note=request.POST.get("tekst", "")
        ),
        "rechtzetten": _correct,
        "delen": _share,
        "niet-delen": lambda actor, found, request: end_sharing(
            actor=actor, enquiry=found.public_id, member=request.POST.get("wie", "")
        ),
        "traject": _open,
        "beginnen": lambda actor, found, _request: start_case(actor=actor, enquiry=found.public_id),
        "doelen": lambda actor, found, request: set_goals(
            actor=actor,
            enquiry=found.public_id,
            add=request.POST.get("doel", ""),
            reached=[int(key) for key in request.POST.getlist("bereikt") if key.isdecimal()],
        ),
        "stilzetten": lambda actor, found, request: pause_case(
            actor=actor, enquiry=found.public_id, until=day_in(request.POST, "dag"), reason=request.POST.get("reden", "")
        ),
        "verder": lambda actor, found, _request: resume_case(actor=actor, enquiry=found.public_id),
        "advies": _advise,
        "deskundige": _ask_expert,
        "advies-stand": _move,
        "uren": lambda actor, found, request: note_hours(
            actor=actor,
            enquiry=found.public_id,
            minutes=minutes_in(request.POST.get("uren", "")),
            on=day_in(request.POST, "dag"),
            what=request.POST.get("wat", ""),
        ),
        "uren-fout": _correct_hours,
        "sluiten": lambda actor, found, request: close_case(
            actor=actor,
            enquiry=found.public_id,
            outcome=request.POST.get("uitkomst", ""),
            text=request.POST.get("tekst", ""),
        ),
        "terugblik": _look,
    }
)
