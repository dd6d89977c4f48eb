"""Prepare a grant that rests on no scheme, and lay it before who signs."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.models import DirectGrant, Ground, Series
from vliegwiel.support.direct_grants.queries import given_in, grant_named, notice_until, of_recipient, on_ground
from vliegwiel.support.direct_grants.rules import Given, continues, within_ground
from vliegwiel.support.grants.public import DecisionFacts, Recipient, demand_reading, propose_direct, register_direct

VERB = "give-direct-grants"


@dataclass(frozen=True)
class Intended:
    """What is intended: title, budget line (public id), amount and period, the ground with its proof, and what goes with it.

    `most` is the highest amount that the budget names. `recurring` says that it comes back each year; `chapter` is the article that
    declares section 4.2.8 applicable. `adopted_on` is when the budget is adopted, for a grant before that day (Awb 4:34).
    """

    title: str
    line: str
    amount: Money
    starts: date
    ends: date
    ground: str
    proof: str
    most: Money | None = None
    recurring: bool = False
    chapter: str = ""
    adopted_on: date | None = None


@trail.recorded("make-direct-grant", kind="direct-grant")
@transaction.atomic
def make_direct_grant(*, actor: Actor, province: str, recipient: Recipient, intended: Intended) -> DirectGrant:
    """Record the ground of a grant that rests on no scheme and open its file, which is decided like any other: state aid, letter, four
    eyes, ledger and register.

    Raises NotAllowed; NotValid where the ground does not carry it (amount above the budget, longer than four years or one year), and
    where a recurring recipient would get less without notice (Awb 4:51); NotFound and NotNow as `grants.register_direct`.
    """
    demand(actor, VERB, Subject(province=province, municipality=recipient.municipality))
    _demand_sense(intended)
    new = Given(intended.starts, intended.ends, intended.amount)
    earlier = on_ground(province, recipient.name, _number(recipient), intended.ground)
    verdict = within_ground(intended.ground, new, earlier, proof=intended.proof, most=intended.most)
    if not verdict:
        raise NotValid(verdict.reasons[0].text, code=verdict.reasons[0].code)
    series = _series(province, recipient, intended)
    if series is not None:
        verdict = continues(new, given_in(series), notice_until(series))
        if not verdict:
            raise NotValid(verdict.reasons[0].text, code=verdict.reasons[0].code)
    file = register_direct(
        actor=actor,
        province=province,
        line=intended.line,
        recipient=recipient,
        title=intended.title,
        amount=intended.amount,
    )
    made = DirectGrant.objects.create(
        province=province,
        application=file.public_id,
        number=file.number or "",
        series=series,
        recipient=recipient.name.strip()[:120],
        kvk=_number(recipient),
        title=intended.title.strip()[:120],
        ground=intended.ground,
        proof=intended.proof.strip()[:240],
        line=intended.line,
        cents=intended.amount.cents,
        most=None if intended.most is None else intended.most.cents,
        starts=intended.starts,
        ends=intended.ends,
        adopted_on=intended.adopted_on,
        by=actor.id or actor.kind,
    )
    facts: dict[str, str | int | bool | None] = {"ground": made.ground, "amount": made.cents, "application": made.application}
    trail.record(actor=actor, action="make-direct-grant", subject=reference(made), facts=facts, province=province)
    return made


@trail.recorded("propose-direct-grant", kind="direct-grant", about=lambda arguments: str(arguments["grant"])[:12])
def propose_direct_grant(*, actor: Actor, grant: str, summary: str, motivation: str) -> DecisionFacts:
    """Lay the grant before who signs. The letter names the ground of the law and its proof; before the budget is adopted it is granted
    under the proviso of Awb 4:34. Raises NotFound, NotAllowed, NotNow while a gate is shut, NotValid."""
    found = grant_named(grant)
    demand(actor, VERB, Subject(province=found.province))
    demand_reading(actor, found.application)
    if not motivation.strip():
        raise NotValid(_("Schrijf op waarom u deze subsidie geeft (Awb 3:46)."), code="no-motivation")
    return propose_direct(
        actor=actor,
        name=found.application,
        summary=summary,
        motivation=f"{ground_in_words(found)}\n{motivation.strip()}",
        activity_ends=found.ends,
        proviso=_proviso(found),
    )


def ground_in_words(grant: DirectGrant) -> str:
    """The ground as the letter says it."""
    ground = {
        Ground.BUDGET: _("De begroting noemt u en het hoogste bedrag: {proof}. Dat mag volgens {article}."),
        Ground.INCIDENTAL: _("Dit is een bijzonder geval: {proof}. Dat mag volgens {article}."),
        Ground.AWAITING: _("Er komt een regeling: {proof}. Tot die er is, mag dit volgens {article}."),
        Ground.EUROPEAN: _("Dit geld komt uit een programma van de Europese Unie: {proof}. Dat mag volgens {article}."),
    }[Ground(grant.ground)]
    letter = {Ground.AWAITING: "a", Ground.EUROPEAN: "b", Ground.BUDGET: "c", Ground.INCIDENTAL: "d"}[Ground(grant.ground)]
    article = _("artikel 4:23, derde lid, onder {letter}, Awb").format(letter=letter)
    return ground.format(proof=grant.proof.rstrip("."), article=article)


def reference(grant: DirectGrant) -> Reference:
    """How other rooms point at it."""
    return Reference("direct-grant", grant.public_id, grant.title, f"/werk/directe-subsidies/{grant.number}")


def _proviso(grant: DirectGrant) -> str:
    if grant.adopted_on is None:
        return ""
    return _("Provinciale Staten stellen in de begroting genoeg geld beschikbaar.")


def _demand_sense(intended: Intended) -> None:
    problems = [_("Kies een grond uit de lijst.")] if intended.ground not in Ground.values else []
    problems += [_("De laatste dag ligt voor de eerste.")] if intended.ends < intended.starts else []
    problems += [_("Vul een bedrag in.")] if intended.amount.cents <= 0 else []
    if problems:
        raise NotValid(problems[0], code="not-complete", details=tuple(problems))


def _number(recipient: Recipient) -> str:
    """The number in the trade register as digits alone."""
    return "".join(sign for sign in recipient.kvk if sign.isdigit())[:8]


def _series(province: str, recipient: Recipient, intended: Intended) -> Series | None:
    """The series of this recipient and activity: one that is there counts also when nobody says that it recurs, and when the recipient has
    another name by now."""
    who, what = recipient.name.strip()[:120], intended.title.strip()[:120]
    named = {"province": province, "recipient": who, "title": what, "scheme": "", "holder": ""}
    before = (
        of_recipient(province, who, _number(recipient)).filter(title__iexact=what, series__isnull=False).select_related("series")
    )
    found = Series.objects.filter(**named).first() or next((grant.series for grant in before[:1]), None)
    if found is None and intended.recurring:
        found = Series.objects.create(**named, chapter=intended.chapter.strip()[:80])
    return found
