"""What supporters ask each other: a question, answers, and that it is answered. Nobody else reads it."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import count_use
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.supporters.models import NetworkAnswer, NetworkQuestion
from vliegwiel.support.supporters.standing import demand, may_join, named, note, own_only, supporter_of

_A_DAY, _LONGEST = 20, 4000


def network_question(name: str) -> NetworkQuestion:
    """By public id; raises NotFound."""
    found = NetworkQuestion.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze vraag is er niet meer."))
    return found


@trail.recorded("ask-network", kind="network-question")
@transaction.atomic
def ask_network(*, actor: Actor, province: str, title: str, text: str = "", theme: str = "") -> NetworkQuestion:
    """Ask the other supporters something. Raises NotAllowed, NotNow too often, NotValid."""
    demand(may_join(actor, province))
    if not title.strip() or len(text) > _LONGEST or (theme and theme not in themes()):
        raise NotValid(_("Schrijf uw vraag in een regel, en houd de uitleg kort."), code="title")
    count_use(what="supporters.network", whose=actor.id, most=_A_DAY)
    found = NetworkQuestion.objects.create(
        province=province,
        person=actor.id,
        name=called(actor, province),
        title=" ".join(title.split())[:120],
        text=text.strip(),
        theme=theme,
    )
    note(actor, "ask-network", found)
    return found


@trail.recorded("answer-network", kind="network-question", about=named("question"))
@transaction.atomic
def answer_network(*, actor: Actor, question: str, text: str) -> NetworkAnswer:
    """Answer another supporter, who hears it. Raises NotFound, NotAllowed, NotNow when it is closed or too often, NotValid."""
    found = network_question(question)
    demand(may_join(actor, found.province))
    if found.closed_at is not None:
        raise NotNow(_("Deze vraag is afgerond. Stel zelf een nieuwe."), code="state")
    if not text.strip() or len(text) > _LONGEST:
        raise NotValid(_("Schrijf een antwoord van hoogstens 4.000 tekens."), code="text")
    count_use(what="supporters.network", whose=actor.id, most=_A_DAY)
    answer = NetworkAnswer.objects.create(question=found, person=actor.id, name=called(actor, found.province), text=text.strip())
    if found.person and found.person != actor.id:
        tell(
            about=Reference("network-question", found.public_id, found.title, f"/dorpsondersteuners/netwerk/{found.public_id}"),
            moment=f"answer-{answer.pk}",
            template="support/supporters/texts/network_answer",
            facts={"question": found, "answer": answer},
            province=found.province,
            person=found.person,
            kind="initiatives",
        )
    note(actor, "answer-network", found)
    return answer


@trail.recorded("close-network", kind="network-question", about=named("question"))
@transaction.atomic
def close_network(*, actor: Actor, question: str) -> NetworkQuestion:
    """Who asked has what they need. Raises NotFound, NotAllowed, NotNow."""
    found = network_question(question)
    demand(may_join(actor, found.province))
    own_only(actor, found.person)
    if not NetworkQuestion.objects.filter(pk=found.pk, closed_at=None).update(closed_at=clock.now()):
        raise NotNow(_("Deze vraag was al afgerond."), code="state")
    found.refresh_from_db()
    note(actor, "close-network", found)
    return found


def called(actor: Actor, province: str) -> str:
    """How someone is called in the network: by the first name of their page, or nothing."""
    found = supporter_of(actor, province)
    return found.first_name if found else ""
