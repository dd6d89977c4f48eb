"""The made-up pool of the demo: experts who cannot exist, requests of the made-up cases in every state, made by the real actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.experts.actions.admit_expert import admit_expert
from vliegwiel.support.experts.actions.answer_request import Said, invite_expert, offer_help
from vliegwiel.support.experts.actions.assign_expert import assign_expert
from vliegwiel.support.experts.actions.book_hours import ask_more_hours, book_hours
from vliegwiel.support.experts.actions.finish_request import HowItWent, finish_request, tell_help, tell_work
from vliegwiel.support.experts.actions.give_back import give_back_request
from vliegwiel.support.experts.actions.keep_pool import agree_pool_hours
from vliegwiel.support.experts.actions.make_request import Wish
from vliegwiel.support.experts.actions.write_expert import About, ask_admission, offer_time, write_expert
from vliegwiel.support.experts.models import Expert, ExpertRequest
from vliegwiel.support.schemes.demo import acting

_NONE = Said("Dit doe ik graag.", conflict=False)


@dataclass(frozen=True)
class _Member:
    """An expert of the demo: key of the account, name that cannot exist, skills, place in the list of municipalities, what more, and days
    with time (0: not told). `inside` is false for who still waits."""

    key: str
    name: str
    skills: tuple[str, ...]
    place: int
    reach: int = 20
    languages: tuple[str, ...] = ("nl",)
    employer: str = ""
    paid_by: str = "pool"
    shows_name: bool = False
    days: int = 2
    inside: bool = True


_MEMBERS = (
    _Member("deskundige", "Verzonnen deskundige", ("recht", "organiseren"), 0, 0, ("nl", "en"), days=3, shows_name=True),
    _Member("d.bouwlust", "D. Bouwlust", ("techniek", "energie"), 1, 40, employer="Bouwbureau Denkbeeldig"),
    _Member("e.telraam", "E. Telraam", ("geld", "exploitatie"), 2, 20, ("nl", "de"), shows_name=True, days=4),
    _Member("f.wetboek", "F. Wetboek", ("recht", "vergunning"), 3, 20, paid_by="own", employer="Kantoor Nergens", days=1),
    _Member("g.zonnedak", "G. Zonnedak", ("energie", "techniek", "vergunning"), 4, 0, days=0),
    _Member("h.spreekbuis", "H. Spreekbuis", ("vertellen", "organiseren"), 5, 10, ("nl", "tr", "ar"), days=2),
    _Member("i.nieuweling", "I. Nieuweling", ("zorg",), 6, 20, inside=False),
)
#: What is asked, in turn, of the made-up cases.
WISHES = (
    ("Statuten van de stichting nakijken", "Bewoners willen een dorpshuis huren. Kloppen hun statuten?", ("recht",), 8),
    ("Begroting voor de keuken", "De groep wil weten of de begroting klopt en wat btw kost.", ("geld",), 6),
    ("Dak bekijken van de oude zaal", "Kan het dak zonnepanelen dragen? Er is een tekening.", ("techniek", "energie"), 10),
    ("Mag dit van het omgevingsplan?", "Een groep wil elke week buiten koken. Is er een vergunning nodig?", ("vergunning",), 4),
    ("Vrijwilligers vinden en houden", "Twee mensen doen nu bijna alles. Hoe komen er meer?", ("organiseren",), 12),
)


def build(province: str, ask: Callable[[Wish], str | None]) -> int:
    """Make the experts and requests that are not there yet; `ask` makes a request at one of the made-up cases in turn and gives
    its id, None when there is none. Returns how many requests. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen deskundigen horen alleen in een voorbeeld.", code="no-demo")
    year = clock.today().year
    for one in (year - 1, year):
        agree_pool_hours(actor=acting("programma", province), province=province, year=one, hours=400)
    with clock.at(clock.now() - timedelta(days=300)):
        members = [_member(province, member) for member in _MEMBERS]
    for member, (actor, expert) in zip(_MEMBERS, members, strict=True):
        if member.days and not expert.times.exists():
            today = clock.today()
            first, last = today, today + timedelta(days=60)
            hours = member.days * 8
            offer_time(actor=actor, expert=expert.public_id, first_day=first, last_day=last, hours=hours, in_days=True)
    if not ExpertRequest.objects.filter(province=province).exists():
        _requests(province, ask, {member.key: pair for member, pair in zip(_MEMBERS, members, strict=True)})
    return ExpertRequest.objects.filter(province=province).count()


def _member(province: str, member: _Member) -> tuple[Actor, Expert]:
    known = people.person_for(member.key)
    person = known or open_account(
        actor=Actor.system("demo"), email=f"{member.key}@voorbeeld.invalid", called=member.name, made_up=True
    )
    actor = Actor("person", person.public_id, origin="demo")
    there = Expert.objects.filter(province=province, person=actor.id).first()
    if there is not None:
        return actor, there
    places = [code for code, _name in municipalities_of(province)]
    place = places[member.place % len(places)] if places else ""
    told = About(
        member.name,
        member.skills,
        member.languages,
        place,
        member.reach if place else 0,
        remote=member.place % 2 == 0,
        employer=member.employer,
        paid_by=member.paid_by,
        shows_name=member.shows_name,
    )
    found = write_expert(actor=actor, province=province, told=told)
    found = ask_admission(actor=actor, expert=found.public_id)
    if member.inside:
        found = admit_expert(actor=acting("coordinator", province), expert=found.public_id)
    return actor, found


def _requests(province: str, ask: Callable[[Wish], str | None], members: dict[str, tuple[Actor, Expert]]) -> None:
    """Five that stand where a request can stand: done, at work, given back, to choose, and asked."""
    asker = acting("coordinator", province)

    def asked(number: int, ago: int, left: int) -> str | None:
        title, text, skills, hours = WISHES[number]
        with clock.at(clock.now() - timedelta(days=ago)):
            return ask(Wish(title, text, skills, hours, clock.today() + timedelta(days=ago + left), remote=True))

    def given(name: str, key: str, ago: int) -> Actor:
        actor, expert = members[key]
        with clock.at(clock.now() - timedelta(days=ago)):
            offer_help(actor=actor, request=name, said=_NONE)
            assign_expert(actor=asker, request=name, expert=expert.public_id)
        return actor

    if done := asked(0, 90, 10):
        actor = given(done, "deskundige", 85)
        with clock.at(clock.now() - timedelta(days=70)):
            book_hours(actor=actor, request=done, minutes=390, on=clock.today(), what="Statuten gelezen en besproken")
            finish_request(actor=actor, request=done, said="Twee artikelen zijn veranderd. De stichting kan nu huren.")
            tell_work(actor=actor, request=done, went=HowItWent("yes", "yes"))
        with clock.at(clock.now() - timedelta(days=66)):
            went = HowItWent("yes", "yes", "Nu durven wij te tekenen.")
            tell_help(actor=Actor("visitor", origin="demo"), request=done, went=went)
    if working := asked(1, 20, 20):
        actor = given(working, "e.telraam", 12)
        with clock.at(clock.now() - timedelta(days=4)):
            book_hours(actor=actor, request=working, minutes=300, on=clock.today(), what="Begroting doorgenomen")
            ask_more_hours(actor=actor, request=working, hours=3, why="De btw vraagt meer tijd dan gedacht.")
    if back := asked(2, 25, 30):
        actor = given(back, "d.bouwlust", 20)
        with clock.at(clock.now() - timedelta(days=6)):
            book_hours(actor=actor, request=back, minutes=120, on=clock.today(), what="Dak bekeken vanaf de grond")
            give_back_request(actor=actor, request=back, why="Voor het dak is een hoogwerker nodig. Die heb ik niet.")
    if choosing := asked(3, 7, 25):
        actor, _expert = members["f.wetboek"]
        with clock.at(clock.now() - timedelta(days=3)):
            said = Said("Ik ken het omgevingsplan goed.", conflict=True, interest="Mijn kantoor werkt ook voor de gemeente.")
            offer_help(actor=actor, request=choosing, said=said)
    if fresh := asked(4, 2, 40):
        _actor, expert = members["h.spreekbuis"]
        with clock.at(clock.now() - timedelta(days=1)):
            invite_expert(actor=asker, request=fresh, expert=expert.public_id, text="U hielp eerder een groep als deze.")
