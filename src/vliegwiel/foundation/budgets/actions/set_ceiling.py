"""Set, raise and lower a ceiling, as it is announced (Awb 4:25 to 4:28)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.models import Ceiling, CeilingVersion, Effect
from vliegwiel.foundation.budgets.queries import CeilingFacts, budget_line, ceiling_named, ceiling_of, history_of
from vliegwiel.foundation.budgets.rules import Announced, highest
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money


@trail.recorded("set-ceiling", kind="ceiling", about=lambda arguments: str(arguments["line"])[:12])
def set_ceiling(
    *,
    actor: Actor,
    line: str,
    name: str,
    amount: Money,
    starts: date,
    ends: date,
    announced_on: date,
    publication: str,
    within: str = "",
) -> CeilingFacts:
    """A ceiling on a budget line (public id) for a period, as announced in a publication before the period starts (4:27(1)).

    `within` is the public id of the wider ceiling it is a part of. Raises NotFound, NotAllowed, or NotValid.
    """
    on, wider = budget_line(line), ceiling_named(within) if within else None
    demand(actor, "manage-budgets", Subject(province=on.province))
    problems = [
        text
        for wrong, text in (
            (not name.strip(), _("Geef het plafond een naam.")),
            (amount.cents <= 0, _("Een plafond is hoger dan nul.")),
            (ends < starts, _("De laatste dag ligt voor de eerste dag.")),
            (not publication.strip(), _("Noem waar het plafond is bekendgemaakt, met nummer.")),
            (announced_on > clock.today(), _("Deze bekendmaking ligt in de toekomst.")),
            (announced_on >= starts, _("Maak het plafond bekend voordat de periode begint (Awb 4:27, eerste lid).")),
            (wider is not None and wider.province != on.province, _("Het ruimere plafond is van een andere provincie.")),
        )
        if wrong
    ]
    if problems:
        raise NotValid(problems[0], details=tuple(problems), code="no-ceiling")
    try:
        with transaction.atomic():
            ceiling = Ceiling.objects.create(
                province=on.province,
                line=on,
                within=wider,
                name=name.strip(),
                starts=starts,
                ends=ends,
                amount=amount.cents,
                most=amount.cents,
            )
            _announce(actor, ceiling, Effect.SET, amount, announced_on, publication, "", 1)
    except IntegrityError as fault:
        raise NotValid(_("Deze budgetpost heeft al zo’n plafond voor deze periode."), code="there-already") from fault
    return ceiling_of(ceiling.public_id)


@trail.recorded("raise-ceiling", kind="ceiling", about=lambda arguments: str(arguments["ceiling"])[:12])
def raise_ceiling(*, actor: Actor, ceiling: str, amount: Money, announced_on: date, publication: str) -> CeilingFacts:
    """Raise a ceiling (public id) to an amount, also for applications that were there. Raises NotFound, NotAllowed, NotValid."""
    found = ceiling_named(ceiling)
    demand(actor, "manage-budgets", Subject(province=found.province))
    if amount.cents <= found.amount:
        raise NotValid(
            _("Een verhoging is hoger dan wat nu geldt: {now}.").format(now=Money(found.amount).dutch()), code="not-higher"
        )
    return _change(actor, found, Effect.RAISED, amount, announced_on, publication, "")


@trail.recorded("lower-ceiling", kind="ceiling", about=lambda arguments: str(arguments["ceiling"])[:12])
def lower_ceiling(
    *,
    actor: Actor,
    ceiling: str,
    amount: Money,
    announced_on: date,
    publication: str,
    for_all: bool = False,
    before_budget: str = "",
    follows_budget: str = "",
    warned_in: str = "",
) -> CeilingFacts:
    """Lower a ceiling (public id) to an amount. Applications that were there before it was announced stay on the old one (4:27(2)).

    `for_all` lowers it for them too. That needs all of 4:28, each in words: which rule had them apply before the budget was adopted
    (`before_budget`), which budget decision the lowering follows from (`follows_budget`), and where the announcement of the ceiling
    warned for it (`warned_in`). Raises NotFound, NotAllowed, NotValid, or NotNow with code "granted" when more is granted already.
    """
    found = ceiling_named(ceiling)
    demand(actor, "manage-budgets", Subject(province=found.province))
    if not 0 <= amount.cents < found.amount:
        raise NotValid(
            _("Een verlaging is lager dan wat nu geldt: {now}.").format(now=Money(found.amount).dutch()), code="not-lower"
        )
    grounds = [before_budget.strip(), follows_budget.strip(), warned_in.strip()]
    if for_all and not all(grounds):
        text = _(
            "Voor aanvragen die er al zijn, kan een plafond alleen omlaag als alles van Awb 4:28 klopt. Vul alle drie de gronden in."
        )
        raise NotValid(text, code="not-all-of-4-28")
    effect = Effect.LOWERED_FOR_ALL if for_all else Effect.LOWERED
    return _change(actor, found, effect, amount, announced_on, publication, " · ".join(grounds) if for_all else "")


def _change(
    actor: Actor, found: Ceiling, effect: Effect, amount: Money, announced_on: date, publication: str, ground: str
) -> CeilingFacts:
    if not publication.strip():
        raise NotValid(_("Noem waar het plafond is bekendgemaakt, met nummer."), code="no-publication")
    last = found.versions.order_by("number").last()
    if announced_on > clock.today() or (last is not None and announced_on < last.announced_on):
        raise NotValid(_("De bekendmaking ligt na de vorige en niet in de toekomst."), code="announced-when")
    with transaction.atomic():
        most = highest([*history_of(found), Announced(effect.value, amount.cents, announced_on)])
        row = Ceiling.objects.filter(pk=found.pk, revision=found.revision)
        if effect is not Effect.RAISED:
            row = row.filter(granted__lte=amount.cents)
        if effect is Effect.LOWERED_FOR_ALL:
            row = row.alias(carried=F("reserved") + F("granted")).filter(carried__lte=amount.cents)
        if not row.update(amount=amount.cents, most=most, revision=F("revision") + 1):
            _refuse_change(found, effect, amount)
        _announce(actor, found, effect, amount, announced_on, publication, ground, found.revision + 1)
    return ceiling_of(found.public_id)


def _refuse_change(found: Ceiling, effect: Effect, amount: Money) -> None:
    now = Ceiling.objects.get(pk=found.pk)
    if now.revision != found.revision:
        raise NotNow(_("Iemand anders wijzigde dit plafond net. Kijk eerst hoe het nu is."), code="stale")
    if now.granted > amount.cents:
        text = _("Onder dit plafond is al {granted} verleend. Lager kan het niet worden.").format(
            granted=Money(now.granted).dutch()
        )
        raise NotNow(text, code="granted")
    text = _("Onder dit plafond is {reserved} gereserveerd. Beslis eerst op die aanvragen.").format(
        reserved=Money(now.reserved).dutch()
    )
    raise NotNow(text, code="reserved")


def _announce(
    actor: Actor,
    ceiling: Ceiling,
    effect: Effect,
    amount: Money,
    announced_on: date,
    publication: str,
    ground: str,
    number: int,
) -> None:
    CeilingVersion.objects.create(
        ceiling=ceiling,
        number=number,
        effect=effect.value,
        amount=amount.cents,
        announced_on=announced_on,
        publication=publication.strip(),
        ground=ground,
        person=actor.id,
    )
    trail.record(
        actor=actor,
        action="announce-ceiling",
        subject=Reference("ceiling", ceiling.public_id, "", ""),
        facts={"effect": effect.value, "cents": amount.cents, "on": announced_on.isoformat()},
        province=ceiling.province,
    )
