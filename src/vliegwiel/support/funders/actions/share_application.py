"""Share a plan with another funder, by permission of the applicant; ask that funder, and keep what it answers."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.allocation import MatchRules, Request, Side, match
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.mapped import MappedPlan, mapped
from vliegwiel.support.funders.models import AgreementTerms, Disclosure, FundAnswer, FunderAgreement, Handler, Kind
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.models.disclosure import Part
from vliegwiel.support.funders.stand import stand_of, terms_now
from vliegwiel.support.funders.standing import AGREE, LIST, SEE, agreement_named, demand_act, who
from vliegwiel.support.grants.public import GrantFacts, State, demand_reading, grant_of, plan_of
from vliegwiel.support.register.public import name_giver

_UNSENT = (State.DRAFT, State.SIGNING)


@trail.recorded("share-application", kind="application", about=lambda arguments: str(arguments["application"])[:12])
@transaction.atomic
def share_application(*, actor: Actor, application: str, agreement: str, parts: Sequence[str], on_paper: str = "") -> Disclosure:
    """The applicant lets the funder of an agreement read the plan: `parts` of `models.disclosure.Part`, of which the plan itself always.

    Someone of the applicant's side does this; for who has no account an officer, who says in `on_paper` how the permission was given.
    Asked again it replaces what was shared. Raises NotFound, NotAllowed, NotNow before it was sent or for another scheme, NotValid.
    """
    found, grant = agreement_named(agreement), grant_of(application)
    _demand_own(actor, found, grant, on_paper)
    _demand_of_scheme(found, grant)
    wanted = [part.value for part in Part if part.value in {*parts, Part.PLAN.value}]
    if set(parts) - set(Part.values):
        raise NotValid(_("Kies uit wat u kunt delen."), code="unknown-part")
    _stop(found, grant.id)
    made = Disclosure.objects.create(
        agreement=found,
        application=grant.id,
        number=grant.number,
        title=grant.title,
        parts=wanted,
        by=who(actor),
        on_paper=on_paper.strip()[:160],
    )
    _record(actor, "share-application", grant, found)
    return made


@trail.recorded("stop-sharing", kind="application", about=lambda arguments: str(arguments["application"])[:12])
@transaction.atomic
def stop_sharing(*, actor: Actor, application: str, agreement: str, on_paper: str = "") -> None:
    """The applicant takes the permission back; from now on the funder reads nothing. Raises NotFound, NotAllowed, NotNow when
    not shared."""
    found, grant = agreement_named(agreement), grant_of(application)
    _demand_own(actor, found, grant, on_paper)
    if not _stop(found, grant.id):
        raise NotNow(_("Dit plan is niet gedeeld met {name}.").format(name=found.funder_name), code="not-shared")
    _record(actor, "stop-sharing", grant, found)


@trail.recorded("read-shared-application", kind="application", about=lambda arguments: str(arguments["application"])[:12])
@transaction.atomic
def read_shared(*, actor: Actor, agreement: str, application: str) -> MappedPlan:
    """A shared plan as the funder reads it, under its own headings; each reading is kept. Officers read it the same way.

    Raises NotFound, also for a plan that is not shared with this funder, and NotAllowed.
    """
    found = agreement_named(agreement)
    as_fund = actor.organisation == found.funder
    demand_act(actor, SEE if as_fund else AGREE, found, FUND if as_fund else PROVINCE)
    shared = _shared(found, application)
    if as_fund:
        Disclosure.objects.filter(pk=shared.pk).update(read_on=clock.today())
    grant = grant_of(shared.application)
    trail.record(
        actor=actor,
        action="read-shared-application",
        subject=grant.about,
        result=trail.Result.READ,
        facts={"agreement": found.public_id},
        province=grant.province,
    )
    return mapped(grant, plan_of(grant.id), terms_now(found), shared)


@trail.recorded("ask-fund", kind="application", about=lambda arguments: str(arguments["application"])[:12])
@transaction.atomic
def ask_fund(*, actor: Actor, agreement: str, application: str, until: date, amount: Money | None = None) -> FundAnswer:
    """Ask the funder to take part in a plan that the province handles, until a day. Without an amount what the agreement says:
    when both
    double each other, half of what is asked within caps and what both have left.

    Raises NotFound, NotAllowed, NotNow (fund handles, asked before, nothing left), NotValid for a day that is past.
    """
    found = agreement_named(agreement)
    demand_act(actor, AGREE, found)
    shared = _shared(found, application)
    grant = demand_reading(actor, shared.application)
    terms = terms_now(found)
    if terms is None or terms.handled_by != Handler.PROVINCE:
        raise NotNow(
            _("Bij deze afspraak behandelt de provincie de aanvraag niet. Het fonds beslist zelf."), code="other-handler"
        )
    if until <= clock.today():
        raise NotValid(_("Geef het fonds tot een dag die nog komt."), code="past")
    asked = amount if amount is not None else fair_share(found, terms, grant)
    if asked.cents <= 0:
        raise NotNow(_("Er is geen geld meer om samen te geven, of de grens is bereikt."), code="dry")
    try:
        with transaction.atomic():
            made = FundAnswer.objects.create(
                agreement=found,
                application=grant.id,
                number=grant.number,
                title=grant.title,
                asked_on=clock.today(),
                until=until,
                proposed=asked.cents,
                asked_by=who(actor),
            )
    except IntegrityError as clash:
        raise NotNow(_("Dit is al aan het fonds gevraagd."), code="asked") from clash
    for person in who_may(SEE, Subject(organisation=found.funder)):
        about = Reference("application", grant.id, grant.title, f"{LIST}/{found.public_id}/aanvragen/{grant.number}")
        tell(
            about=about,
            moment=f"fund-asked-{made.public_id}",
            template="support/funders/texts/asked",
            facts={"answer": made, "until": day(until, "full")},
            province=found.province,
            person=person,
            kind="work",
        )
    _record(actor, "ask-fund", grant, found)
    return made


@trail.recorded("answer-for-fund", kind="application")
@transaction.atomic
def answer_for_fund(
    *, actor: Actor, answer: str, agrees: bool, amount: Money = Money(0), why: str = "", how: str = ""
) -> FundAnswer:
    """The funder's answer: yes with an amount, or no with the reason. Its own person gives it; an officer writes down what came
    by letter and
    says in `how` which. It is given once; the applicant hears it, and the register names both givers.

    Raises NotFound, NotAllowed, NotValid, NotNow when it was answered.
    """
    asked = FundAnswer.objects.select_related("agreement").filter(public_id=answer[:12]).first()
    if asked is None:
        raise NotFound(_("Deze vraag aan een fonds kennen we niet."))
    found = asked.agreement
    as_fund = actor.organisation == found.funder
    demand_act(actor, SEE if as_fund else AGREE, found, FUND if as_fund else PROVINCE)
    problems = [_("Vul in hoeveel het fonds geeft.")] if agrees and amount.cents <= 0 else []
    problems += [_("Het fonds geeft niet meer dan is gevraagd.")] if agrees and amount > asked.proposed_money else []
    problems += [_("Schrijf op waarom het fonds niet meedoet.")] if not agrees and not why.strip() else []
    problems += [_("Schrijf op met welke brief of mail dit antwoord kwam.")] if not as_fund and not how.strip() else []
    if problems:
        raise NotValid(problems[0], code="not-complete", details=tuple(problems))
    values = {"cents": amount.cents if agrees else 0, "why": why.strip(), "how": how.strip()[:160], "answered_by": who(actor)}
    waits = FundAnswer.objects.filter(pk=asked.pk, agrees=None)
    if not waits.update(agrees=agrees, answered_on=clock.today(), **values):
        raise NotNow(_("Het fonds heeft al geantwoord."), code="answered")
    asked.refresh_from_db()
    grant = grant_of(asked.application)
    if agrees:
        name_giver(
            actor=actor,
            province=found.province,
            number=grant.number,
            name=found.funder_name,
            amount=amount,
            key=f"answer-{asked.public_id}",
        )
    for person in grant.applicants or ("",):
        if person or grant.post:
            tell(
                about=grant.about,
                moment=f"fund-answered-{asked.public_id}",
                template="support/funders/texts/answered",
                facts={"answer": asked, "agreement": found, "grant": grant},
                province=found.province,
                person=person,
                post=grant.post,
            )
    _record(actor, "answer-for-fund", grant, found)
    return asked


def fair_share(agreement: FunderAgreement, terms: AgreementTerms, grant: GrantFacts) -> Money:
    """What the fund is asked for: half within caps and what both have left, by the engine; what is asked, when each gives an
    amount of its
    own."""
    if terms.kind != Kind.DOUBLE:
        return grant.asked
    stand, year = stand_of(agreement), clock.today().year
    sides = [Side(side, {year: terms.promise(year, side)}) for side in (PROVINCE, FUND)]
    request = Request(grant.id, grant.id, year, grant.asked)
    (found,), _receipt = match(MatchRules(terms.award_cap, terms.initiative_cap), sides, [request], already=stand.already)
    return found.shares[FUND]


def agreements_for(grant: GrantFacts) -> list[FunderAgreement]:
    """The agreements with terms that hold today on the scheme of an application."""
    found = FunderAgreement.objects.filter(province=grant.province, scheme=grant.scheme).order_by("funder_name", "pk")
    return [agreement for agreement in found if terms_now(agreement) is not None]


def _shared(agreement: FunderAgreement, application: str) -> Disclosure:
    field = "number" if "-" in application else "application"
    found = Disclosure.objects.filter(agreement=agreement, ended_at=None, **{field: application[:12]}).first()
    if found is None:
        raise NotFound(_("Dit plan is niet gedeeld met dit fonds."), nearest=((_("Afspraken met fondsen"), LIST),))
    return found


def _stop(agreement: FunderAgreement, application: str) -> int:
    return Disclosure.objects.filter(agreement=agreement, application=application, ended_at=None).update(ended_at=clock.now())


def _demand_own(actor: Actor, agreement: FunderAgreement, grant: GrantFacts, on_paper: str) -> None:
    if actor.kind == "person" and actor.id in grant.applicants:
        return
    demand_act(actor, AGREE, agreement)
    demand_reading(actor, grant.id)
    if grant.applicants:
        raise NotAllowed(_("Alleen de aanvrager zegt wie meeleest."), code="not-own")
    if not on_paper.strip():
        raise NotValid(_("Schrijf op hoe de aanvrager dit goedvond, met de datum."), code="no-permission")


def _demand_of_scheme(agreement: FunderAgreement, grant: GrantFacts) -> None:
    if grant.state in _UNSENT:
        raise NotNow(_("Verstuur uw aanvraag eerst. Daarna kiest u wie meeleest."), code="unsent")
    if (grant.province, grant.scheme) != (agreement.province, agreement.scheme) or terms_now(agreement) is None:
        raise NotNow(_("Dit fonds doet nu niet mee bij deze regeling."), code="other-scheme")


def _record(actor: Actor, action: str, grant: GrantFacts, agreement: FunderAgreement) -> None:
    trail.record(
        actor=actor, action=action, subject=grant.about, facts={"agreement": agreement.public_id}, province=grant.province
    )
