"""What who asked can do on the page of a question: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest

from vliegwiel.foundation.questions.public import read_inclusion
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.actions.ask_expert import rate_expert, wish_for_expert
from vliegwiel.support.desk.actions.follow_enquiry import claim_enquiry, disown_enquiry, stop_enquiry, write_message
from vliegwiel.support.desk.actions.give_advice import answer_advice, begin_application
from vliegwiel.support.desk.actions.keep_link import renew_link
from vliegwiel.support.desk.actions.look_back import Told, rate_support, tell_how_it_goes
from vliegwiel.support.desk.actions.note_inclusion import think_inclusion
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.experts.public import HowItWent, wish_in

Act = Callable[[Actor, Enquiry, HttpRequest, str], object]


def _advice(actor: Actor, found: Enquiry, request: HttpRequest, link: str) -> object:
    form = request.POST
    return answer_advice(
        actor=actor,
        enquiry=found.public_id,
        advice=form.get("advies", ""),
        state=form.get("stand", ""),
        answer=form.get("reactie", ""),
        link=link,
    )


def _rate(actor: Actor, found: Enquiry, request: HttpRequest, link: str) -> object:
    form = request.POST
    return rate_support(
        actor=actor,
        enquiry=found.public_id,
        helped=form.get("helped", ""),
        on_time=form.get("on_time", ""),
        recommend=form.get("recommend", ""),
        text=form.get("tekst", ""),
        link=link,
    )


def told_in(request: HttpRequest) -> tuple[int, Told]:
    """The moment and the answers of a form about how it goes."""
    form = request.POST
    typed = form.get("maanden", "")
    told = Told(form.get("mist", ""), form.get("draagt", ""), form.get("fase", ""), form.get("kwam", ""))
    return int(typed) if typed.isdecimal() and len(typed) < 3 else -1, told


def _look(actor: Actor, found: Enquiry, request: HttpRequest, link: str) -> object:
    months, told = told_in(request)
    return tell_how_it_goes(actor=actor, enquiry=found.public_id, months=months, told=told, link=link)


def _helped(actor: Actor, found: Enquiry, request: HttpRequest, link: str) -> object:
    form = request.POST
    went = HowItWent(form.get("helped", ""), form.get("again", ""), form.get("tekst", ""))
    return rate_expert(actor=actor, enquiry=found.public_id, request=form.get("verzoek", ""), went=went, link=link)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "schrijven": lambda actor, found, request, link: write_message(
            actor=actor, enquiry=found.public_id, text=request.POST.get("tekst", ""), link=link
        ),
        "stoppen": lambda actor, found, _request, link: stop_enquiry(actor=actor, enquiry=found.public_id, link=link),
        "niet-van-mij": lambda actor, found, _request, link: disown_enquiry(actor=actor, enquiry=found.public_id, link=link),
        "bewaren": lambda actor, found, _request, link: claim_enquiry(actor=actor, enquiry=found.public_id, link=link),
        "nieuwe-link": lambda actor, found, _request, link: renew_link(actor=actor, enquiry=found.public_id, link=link),
        "advies": _advice,
        "aanvragen": lambda actor, found, request, link: begin_application(
            actor=actor,
            enquiry=found.public_id,
            advice=request.POST.get("advies", ""),
            share=request.POST.get("delen") == "1",
            link=link,
        ),
        "meedoen": lambda actor, found, request, link: think_inclusion(
            actor=actor, enquiry=found.public_id, answers=read_inclusion(request.POST), link=link
        ),
        "mening": _rate,
        "deskundige": lambda actor, found, request, link: wish_for_expert(
            actor=actor, enquiry=found.public_id, wish=wish_in(request.POST), link=link
        ),
        "hielp": _helped,
        "terugblik": _look,
    }
)
