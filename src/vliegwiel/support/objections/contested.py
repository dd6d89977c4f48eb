"""What one can object to: every decision on an application, whichever room took it, as one kind of fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import DecisionFacts, decision_of, decisions_of
from vliegwiel.support.objections.actions.determine_penalty import most_penalty
from vliegwiel.support.objections.models import Matter, Objection, PenaltyDecision
from vliegwiel.support.objections.penalties import about_words, sent_on
from vliegwiel.support.settlements.public import LaterFacts, later_decisions_of
from vliegwiel.support.settlements.public import application_of as application_of_later


@dataclass(frozen=True)
class Contested:
    """A decision that was taken. `name` is how a sentence calls it; `amount` what it gives or asks back, `best` the most that may come of
    it for who objects. `sent_on` is None while the letter waits for the printer; `by` are who prepared and who took it (Awb 7:5).
    `replaced`: another took its place; `replaces`: it came after an objection itself, so that one appeals to the court."""

    matter: Matter
    id: str
    name: str
    kind_name: str
    article: str
    amount: Money
    best: Money
    motivation: str
    letter: str
    sent_on: date | None
    taken_at: datetime | None
    by: tuple[str, ...]
    replaces: bool = False
    replaced: bool = False
    ground: str = ""
    award: DecisionFacts | None = None

    @property
    def asks_back(self) -> bool:
        """Whether less is better for who objects."""
        return self.matter is Matter.RECOVERY

    @property
    def about_money(self) -> bool:
        """Whether another amount is a way to uphold an objection."""
        return self.matter is not Matter.CHANGE

    def better(self, amount: Money) -> bool:
        """Whether this amount is more for who objects, and not more than can be."""
        if self.asks_back:
            return self.best <= amount < self.amount
        return self.amount < amount <= self.best


def objectable(application: str) -> list[Contested]:
    """The decisions on an application (public id) that one can object to, the newest first: made known, and no other took their place.
    After a decision on objection one appeals to the court (Awb 7:1, 8:1)."""
    found = [item for item in contested_on(application) if item.sent_on is not None and not item.replaces and not item.replaced]
    return sorted(found, key=lambda item: (item.sent_on, item.taken_at, _ORDER.index(item.matter)), reverse=True)


#: Decisions of one moment stand in the order in which they follow each other.
_ORDER = list(Matter)


def contested_on(application: str) -> list[Contested]:
    """Every decision that was taken on an application (public id)."""
    awards = decisions_of(application)
    replaced = {item.replaces for item in awards if item.replaces}
    penalties = PenaltyDecision.objects.filter(notice__application=application).select_related("notice", "notice__objection")
    return [
        *(_award(item, item.id in replaced) for item in awards),
        *(_later(item) for item in later_decisions_of(application) if _open_to(item)),
        *(_penalty(item) for item in penalties.select_related("replaced_by")),
    ]


def contested_of(objection: Objection) -> Contested:
    """The decision that an objection is against."""
    return _one(contested_on(objection.application), objection.decision)


def contested_named(application: str, decision: str) -> Contested:
    """A decision on an application by its public id; raises NotFound."""
    return _one(contested_on(application), decision)


def application_of(decision: str) -> str:
    """The application (public id) on which a decision was taken; raises NotFound."""
    penalty = PenaltyDecision.objects.select_related("notice").filter(public_id=decision).first()
    if penalty is not None:
        return penalty.notice.application
    return application_of_later(decision) or decision_of(decision)[0].id


def _one(rows: Iterable[Contested], decision: str) -> Contested:
    found = next((item for item in rows if item.id == decision), None)
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet. Kijk bij uw aanvragen."), nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return found


def _open_to(item: LaterFacts) -> bool:
    """A change that was allowed after an objection hurts nobody; it stands here only as what took the place of the refusal."""
    return item.kind != Matter.CHANGE or not item.replaces


def _award(item: DecisionFacts, replaced: bool) -> Contested:
    what = _WHAT.get(item.kind, item.kind_name)
    return Contested(
        matter=Matter.AWARD,
        id=item.id,
        name=_named(item.sent_on, _("om de aanvraag {what}").format(what=what)),
        kind_name=item.kind_name,
        article="",
        amount=item.awarded,
        best=item.asked,
        motivation=item.motivation,
        letter=item.letter,
        sent_on=item.sent_on,
        taken_at=item.taken_at,
        by=item.by,
        replaces=item.after_objection,
        replaced=replaced,
        award=item,
    )


def _later(item: LaterFacts) -> Contested:
    matter = Matter(item.kind)
    return Contested(
        matter=matter,
        id=item.id,
        name=_named(item.sent_on, _LATER[matter]),
        kind_name=item.kind_name,
        article=item.article,
        amount=item.amount,
        best=item.best,
        motivation=item.motivation,
        letter=item.letter,
        sent_on=item.sent_on,
        taken_at=item.taken_at,
        by=item.by,
        replaces=item.replaces,
        replaced=item.replaced,
        ground=item.ground,
    )


def _penalty(item: PenaltyDecision) -> Contested:
    sent = sent_on(item)
    return Contested(
        matter=Matter.PENALTY,
        id=item.public_id,
        name=_named(sent, _("over de dwangsom bij {what}").format(what=about_words(item.notice))),
        kind_name=_("dwangsom vaststellen"),
        article="4:18 Awb",
        amount=item.money,
        best=most_penalty(item),
        motivation=item.why,
        letter=item.letter,
        sent_on=sent,
        taken_at=item.taken_at,
        by=tuple(name for name in dict.fromkeys((item.prepared_by, item.taken_by)) if name),
        replaces=item.replaces_id is not None,
        replaced=hasattr(item, "replaced_by"),
    )


def _named(sent: date | None, what: str) -> str:
    on = _("het besluit van {day}").format(day=day(sent, "full")) if sent else _("het besluit")
    return f"{on} {what}"[:120]


_WHAT = {
    "grant": "toe te kennen",
    "partial": "deels toe te kennen",
    "at_once": "meteen vast te stellen",
    "conditional": "onder voorwaarde toe te kennen",
    "refusal": "af te wijzen",
    "not_treated": "niet te behandelen",
}
_LATER = {
    Matter.SETTLEMENT: "om uw subsidie vast te stellen",
    Matter.WITHDRAWAL: "om uw subsidie in te trekken of te verlagen",
    Matter.REVISION: "om de vaststelling van uw subsidie te wijzigen",
    Matter.RECOVERY: "om subsidie terug te vorderen",
    Matter.CHANGE: "om uw wijziging niet goed te vinden",
    Matter.INTEREST: "over de rente die wij u betalen",
}
