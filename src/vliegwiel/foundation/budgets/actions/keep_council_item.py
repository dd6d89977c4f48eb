"""The register of what the Provincial Council asked and was promised: record, link, answer, settle."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.models import CouncilAnswer, CouncilItem, Instrument, ItemKind
from vliegwiel.foundation.budgets.queries import council_item_named, decision_named
from vliegwiel.foundation.people.public import Subject, demand, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money

_MOST_LINKS = 20


@trail.recorded("record-council-item", kind="council-item")
def record_council_item(
    *,
    actor: Actor,
    province: str,
    kind: str,
    number: str,
    title: str,
    owner: str,
    raised_on: date,
    due_on: date,
    text: str = "",
    asked: Money | None = None,
    made_up: bool = False,
) -> CouncilItem:
    """Record a motion, amendment, promise, credit request or question, with who answers it (a team or deputy) and by when.

    A credit request has the amount that is asked. Raises NotAllowed, or NotValid.
    """
    at = Subject(province=province)
    demand(actor, "answer-council" if may(actor, "answer-council", at) else "follow-motions", at)
    problems = [
        words
        for wrong, words in (
            (kind not in ItemKind.values, _("Kies wat het is: motie, amendement, toezegging, kredietaanvraag of vraag.")),
            (not number.strip(), _("Geef het nummer waaronder de griffie dit kent.")),
            (not title.strip(), _("Geef een titel.")),
            (not owner.strip(), _("Zeg welk team of welke gedeputeerde dit beantwoordt.")),
            (raised_on > clock.today(), _("Deze dag ligt in de toekomst.")),
            (due_on < raised_on, _("De dag van het antwoord ligt voor de dag van de vraag.")),
            (kind == ItemKind.REQUEST and (asked is None or asked.cents <= 0), _("Geef het bedrag dat u aanvraagt.")),
            (kind != ItemKind.REQUEST and asked is not None, _("Alleen een kredietaanvraag heeft een bedrag.")),
        )
        if wrong
    ]
    if problems:
        raise NotValid(problems[0], details=tuple(problems), code="no-item")
    try:
        with transaction.atomic():
            item = CouncilItem.objects.create(
                province=province,
                kind=kind,
                number=number.strip(),
                title=title.strip()[:160],
                text=text.strip(),
                owner=owner.strip()[:120],
                raised_on=raised_on,
                due_on=due_on,
                asked=asked.cents if asked else None,
                made_up=made_up,
            )
            _record(actor, "record-council-item", item, due=due_on.isoformat())
    except IntegrityError as fault:
        raise NotValid(_("Dit nummer staat al in het register."), code="there-already") from fault
    return item


@trail.recorded("link-council-item", kind="council-item", about=lambda arguments: str(arguments["item"])[:12])
def link_council_item(*, actor: Actor, item: str, instruments: Sequence[str], decision: str = "") -> CouncilItem:
    """Say which instruments (public ids) answer to an item and which council decision came of it; replaces what was linked.

    Raises NotFound, NotAllowed, or NotValid for an instrument or decision of another province.
    """
    found = council_item_named(item)
    demand(actor, "answer-council", Subject(province=found.province))
    chosen = list(Instrument.objects.filter(public_id__in=set(instruments), province=found.province))
    of = decision_named(decision) if decision else None
    if len(chosen) != len(set(instruments)) or (of is not None and of.province != found.province):
        raise NotValid(_("Kies instrumenten en een besluit van uw eigen provincie."), code="other-province")
    with transaction.atomic():
        found.instruments.set(chosen)
        CouncilItem.objects.filter(pk=found.pk).update(decision=of)
        found.refresh_from_db()
        _record(actor, "link-council-item", found, instruments=len(chosen), decision=of.public_id if of else None)
    return found


@trail.recorded("answer-council-item", kind="council-item", about=lambda arguments: str(arguments["item"])[:12])
def answer_council_item(*, actor: Actor, item: str, text: str, links: Sequence[tuple[str, str]] = ()) -> CouncilAnswer:
    """Answer the Council, with a frozen link (title, path) for each number in it. Earlier answers stay, the latest counts.

    A path is one of this site. Raises NotFound, NotAllowed, NotValid without a text or for a link that leaves the site, or NotNow when the
    item is settled.
    """
    found = council_item_named(item)
    demand(actor, "answer-council", Subject(province=found.province))
    if not text.strip():
        raise NotValid(_("Schrijf het antwoord aan Provinciale Staten op."), code="no-text")
    kept = [(title.strip(), path.strip()) for title, path in links if title.strip() or path.strip()]
    if len(kept) > _MOST_LINKS or any(not title or not path.startswith("/") or path.startswith("//") for title, path in kept):
        raise NotValid(_("Geef bij elke verwijzing een titel en een adres op deze site, dat begint met “/”."), code="no-link")
    if found.settled_on is not None:
        raise NotNow(_("Dit punt is afgedaan. Leg een nieuw punt vast als er meer is."), code="settled")
    with transaction.atomic():
        answer = CouncilAnswer.objects.create(
            item=found,
            text=text.strip(),
            links=[{"title": title, "path": path} for title, path in kept],
            person=actor.id[:12],
            answered_on=clock.today(),
        )
        _record(actor, "answer-council-item", found, links=len(kept))
    return answer


@trail.recorded("settle-council-item", kind="council-item", about=lambda arguments: str(arguments["item"])[:12])
def settle_council_item(*, actor: Actor, item: str) -> CouncilItem:
    """Say for the Council that an item is done (*afgedaan*).

    Raises NotFound, NotAllowed, or NotNow without an answer or when it was done.
    """
    found = council_item_named(item)
    demand(actor, "follow-motions", Subject(province=found.province))
    if not found.answers.exists():
        raise NotNow(_("Dit punt heeft nog geen antwoord. Daarna kunt u het afdoen."), code="not-answered")
    with transaction.atomic():
        if not CouncilItem.objects.filter(pk=found.pk, settled_on=None).update(settled_on=clock.today()):
            raise NotNow(_("Dit punt was al afgedaan."), code="settled")
        found.refresh_from_db()
        _record(actor, "settle-council-item", found)
    return found


def _record(actor: Actor, action: str, item: CouncilItem, **facts: str | int | None) -> None:
    subject = Reference("council-item", item.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts={"kind": item.kind, **facts}, province=item.province)
