"""Propose terms with another funder, sign them as a second person, or send them back."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.people.public import Subject, demand, mandate, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import AgreementTerms, FunderAgreement
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.rules import Promise, TermsIn, problems_of
from vliegwiel.support.funders.stand import newest_terms, stand_of
from vliegwiel.support.funders.standing import AGREE, SIGN, agreement_named, demand_act, name_of, reference, terms_named, who
from vliegwiel.support.schemes.public import CallFacts, calls_in

MATTER = "grants"


@trail.recorded("propose-terms", kind="funder-agreement")
@transaction.atomic
def propose_terms(
    *, actor: Actor, province: str, terms: TermsIn, scheme: str = "", funder: str = "", agreement: str = ""
) -> AgreementTerms:
    """Propose the first terms with a funder (public id of its organisation) on a scheme (key), or new terms of an agreement
    (public id).

    They hold once a second person signed them. New terms begin today at the earliest, and never promise less than was put in.
    Raises NotAllowed, NotFound, NotNow while a proposal waits, NotValid with one line per thing that lacks.
    """
    demand(actor, AGREE, Subject(province=province))
    found = agreement_named(agreement) if agreement else _opened(province, scheme, funder)
    demand_act(actor, AGREE, found)
    lacks = [*problems_of(terms, cost_kinds=_cost_kinds(found)), *_money_problems(found, terms)]
    earlier = newest_terms(found)
    if earlier is not None and terms.starts < clock.today():
        lacks.append(_("Nieuwe afspraken gelden op zijn vroegst vandaag. Wat al is besloten, blijft zoals het was."))
    if lacks:
        raise NotValid(_("Deze afspraak is nog niet compleet."), code="not-complete", details=tuple(lacks))
    last = found.terms.order_by("-number").first()
    made = AgreementTerms(
        agreement=found,
        number=last.number + 1 if last else 1,
        **_values(terms),
        proposed_by=who(actor),
        proposed_name=name_of(actor),
    )
    made.content_hash = hash_of(made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as clash:
        raise NotNow(_("Er ligt al een voorstel voor deze afspraak."), code="waiting") from clash
    _record(actor, "propose-terms", made)
    return made


@trail.recorded("sign-terms", kind="funder-agreement")
@transaction.atomic
def sign_terms(*, actor: Actor, terms: str, seen: str) -> AgreementTerms:
    """Sign terms as a second person, with a mandate for all that the province promises in them (Awb 10:1). `seen` is the hash
    that was read.

    Raises NotFound, NotAllowed (also for who proposed them), NotValid when they read differently, NotNow when they do not wait.
    """
    found = terms_named(terms)
    demand_act(actor, SIGN, found.agreement)
    if found.proposed_by == who(actor):
        raise NotAllowed(_("U stelde dit zelf voor. Een ander met mandaat tekent."), code="second-signature")
    held = mandate(actor, province=found.agreement.province, matter=MATTER, amount=promised_by_province(found))
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    if seen != found.content_hash:
        raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")
    lacks = _money_problems(found.agreement, terms_in(found))
    if lacks:
        raise NotNow(lacks[0], code="promised-less", details=tuple(lacks))
    waits = AgreementTerms.objects.filter(pk=found.pk, signed_at=None, returned_at=None)
    signed = {"signed_by": who(actor), "signed_name": name_of(actor), "mandate": str(held.reasons[0].facts.get("mandate", ""))}
    if not waits.update(signed_at=clock.now(), **signed):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    FunderAgreement.objects.filter(pk=found.agreement_id).update(dry={}, revision=F("revision") + 1)
    found.refresh_from_db()
    _record(actor, "sign-terms", found)
    return found


@trail.recorded("return-terms", kind="funder-agreement")
@transaction.atomic
def return_terms(*, actor: Actor, terms: str, why: str) -> AgreementTerms:
    """Send proposed terms back with the reason. Raises NotFound, NotAllowed, NotValid without a reason, NotNow when they do not
    wait."""
    found = terms_named(terms)
    demand_act(actor, SIGN, found.agreement)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u niet tekent."), code="no-reason")
    waits = AgreementTerms.objects.filter(pk=found.pk, signed_at=None, returned_at=None)
    if not waits.update(returned_at=clock.now(), returned_why=why.strip()):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    found.refresh_from_db()
    _record(actor, "return-terms", found)
    return found


def promised_by_province(terms: AgreementTerms) -> Money:
    """All that the province promises in these terms."""
    return Money(sum(year.get(PROVINCE, 0) for year in terms.promised.values()))


def hash_of(terms: AgreementTerms) -> str:
    """What is signed: every term, with the agreement it is for."""
    parts = {name: getattr(terms, name) for name in _TERMS}
    days = {"starts": terms.starts.isoformat(), "ends": terms.ends.isoformat()}
    return content_hash({**parts, **days, "agreement": terms.agreement.public_id, "number": terms.number})


def terms_in(found: AgreementTerms) -> TermsIn:
    """Terms as they were proposed."""
    return TermsIn(
        kind=found.kind,
        handled_by=found.handled_by,
        starts=found.starts,
        ends=found.ends,
        promised={int(year): Promise(Money(sides[PROVINCE]), Money(sides[FUND])) for year, sides in found.promised.items()},
        per_award=found.award_cap,
        per_initiative=found.initiative_cap,
        naming=found.naming,
        ground=found.ground,
        aid=found.aid,
        aid_route=found.aid_route,
        public_money=found.public_money,
        ceiling=found.ceiling,
        unlock=found.unlock,
        share=found.share,
        headings=tuple((ours, theirs) for ours, theirs in found.headings),
        follow=found.follow,
        follow_most=found.follow_money,
    )


_TERMS = (
    "kind",
    "handled_by",
    "promised",
    "per_award",
    "per_initiative",
    "unlock",
    "share",
    "ceiling",
    "headings",
    "naming",
    "ground",
    "aid",
    "aid_route",
    "public_money",
    "follow",
    "follow_most",
)


def _values(terms: TermsIn) -> Mapping[str, Any]:
    return {
        "kind": terms.kind,
        "handled_by": terms.handled_by,
        "starts": terms.starts,
        "ends": terms.ends,
        "promised": {
            str(year): {PROVINCE: promise.province.cents, FUND: promise.fund.cents}
            for year, promise in sorted(terms.promised.items())
        },
        "per_award": terms.per_award.cents,
        "per_initiative": terms.per_initiative.cents,
        "unlock": terms.unlock,
        "share": terms.share,
        "ceiling": terms.ceiling,
        "headings": [list(pair) for pair in terms.headings],
        "naming": terms.naming.strip(),
        "ground": terms.ground.strip()[:240],
        "aid": terms.aid.strip()[:240],
        "aid_route": terms.aid_route,
        "public_money": terms.public_money,
        "follow": terms.follow,
        "follow_most": terms.follow_most.cents if terms.follow and terms.follow_most else None,
    }


def _opened(province: str, scheme: str, funder: str) -> FunderAgreement:
    """The agreement of this scheme and funder; made the first time. Raises NotFound for a scheme or organisation that is not there."""
    call = _call_of(province, scheme)
    name = organisation_names([funder]).get(funder, "") if funder else ""
    if call is None or not name:
        raise NotFound(_("Kies een regeling met een openstelling, en een fonds dat hier bekend is."))
    made_up = bool(settings.VLIEGWIEL_DEMO or call.made_up)
    values = {"scheme_title": call.scheme_title, "funder_name": name[:120], "made_up": made_up}
    found, _new = FunderAgreement.objects.get_or_create(province=province, scheme=scheme, funder=funder, defaults=values)
    return found


def _call_of(province: str, scheme: str) -> CallFacts | None:
    return next((call for call in calls_in(province) if call.scheme == scheme), None)


def _cost_kinds(agreement: FunderAgreement) -> tuple[str, ...]:
    call = _call_of(agreement.province, agreement.scheme)
    return tuple(call.rules.cost_kinds) if call else ()


def _money_problems(agreement: FunderAgreement, terms: TermsIn) -> list[str]:
    """What is promised covers what was put in, and the ceiling is of this province."""
    found = []
    if terms.ceiling and ceiling_of(terms.ceiling).province != agreement.province:
        found.append(_("Dit plafond is van een andere provincie."))
    for item in stand_of(agreement).years:
        promise = terms.promised.get(item.year)
        sides = {PROVINCE: promise.province, FUND: promise.fund} if promise else {}
        if item.put_in.cents and sides.get(item.side, Money(0)) < item.put_in:
            text = _("In {year} is al {amount} ingelegd. Minder toezeggen kan niet.")
            found.append(text.format(year=item.year, amount=item.put_in.dutch()))
    return found


def _record(actor: Actor, action: str, terms: AgreementTerms) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=reference(terms.agreement),
        facts={"number": terms.number, "hash": terms.content_hash},
        province=terms.agreement.province,
    )
