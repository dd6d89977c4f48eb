"""What this room says beside a file of grants: that another funder takes part, what it answered, a settlement to follow; and what it asks
of a decision: equal halves, and public money of a fund counted as aid."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import FileNames, NamedFile
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.funders.aid import uncounted
from vliegwiel.support.funders.halves import agreements_on, doubling, even
from vliegwiel.support.funders.models import Disclosure, FundAnswer, FundDecision, FunderAgreement, Handler
from vliegwiel.support.funders.stand import terms_now
from vliegwiel.support.funders.standing import LIST
from vliegwiel.support.grants.public import DecisionGuard, FileNote, grant_of


def file_notes(application: str) -> list[FileNote]:
    """The notes about an application (public id); none where no funder takes part in its scheme."""
    grant = grant_of(application)
    agreements = agreements_on(grant)
    if not agreements:
        return []
    answers = {item.agreement_id: item for item in FundAnswer.objects.filter(application=application).select_related("followed")}
    shared = set(Disclosure.objects.filter(application=application, ended_at=None).values_list("agreement_id", flat=True))
    found: list[FileNote] = []
    for agreement in agreements:
        terms = terms_now(agreement)
        if terms is None and agreement.pk not in answers and agreement.pk not in shared:
            continue
        name, answer = agreement.funder_name, answers.get(agreement.pk)
        mine = _("{name} leest uw plan mee.") if agreement.pk in shared else _("{name} betaalt mee aan deze regeling.")
        text = mine.format(name=name)
        if answer is not None and answer.agrees:
            text = _("{name} betaalt {amount} mee aan uw plan.").format(name=name, amount=answer.money.dutch())
        found.append(FileNote(text, f"/mijn/aanvragen/{application}/meelezers", _("Kies wie meeleest"), for_applicant=True))
        if terms is None or terms.handled_by == Handler.PROVINCE:
            path = f"{LIST}/{agreement.public_id}/aanvragen/{grant.number}"
            found.append(FileNote(_said(agreement, answer, agreement.pk in shared), path, _("Bekijk wat u deelt en vraagt")))
    return found


def _even_halves(application: str, amount: Money, articles: Sequence[str]) -> Verdict | None:
    """Money goes out only when both give, and the same (what was agreed); a refusal needs nobody else."""
    if not amount.cents:
        return None
    grant = grant_of(application)
    answers = [even(agreement, terms, answer, grant, amount) for agreement, terms, answer in doubling(grant)]
    return next((verdict for verdict in answers if not verdict), answers[0] if answers else None)


def _halves_in_words(application: str, amount: Money, articles: Sequence[str]) -> str:
    if not amount.cents:
        return ""
    said = []
    for agreement, _terms, answer in doubling(grant_of(application)):
        if answer is not None and answer.agrees:
            together = (amount + answer.money).dutch()
            text = _("{name} betaalt {fund}. Samen met ons geld is dat {together}.")
            said.append(text.format(name=agreement.funder_name, fund=answer.money.dutch(), together=together))
    return " ".join(said)


def _other_half(application: str) -> Mapping[str, tuple[str, str]]:
    """The half that the fund pays is no part of our grant: the ground to give less than was asked of both."""
    for agreement, terms, answer in doubling(grant_of(application)):
        if answer is not None and answer.agrees:
            return {"other-half": (terms.ground, _("{name} betaalt de andere helft.").format(name=agreement.funder_name))}
    return {}


def _aid_of_fund(application: str, amount: Money, articles: Sequence[str]) -> Verdict | None:
    """Public money of a fund is aid too: it is counted before the decision, so that the ceiling of the undertaking holds for both."""
    if not amount.cents or not agreements_on(grant_of(application)):
        return None
    for answer in uncounted(application):
        text = _("Het geld van {name} is geld van de overheid. Tel {amount} eerst mee als steun.")
        said = text.format(name=answer.agreement.funder_name, amount=answer.money.dutch())
        return Verdict.unknown(Reason("aid-of-fund", said, "VWEU 107, eerste lid"))
    return None


def _said(agreement: FunderAgreement, answer: FundAnswer | None, shared: bool) -> str:
    name = agreement.funder_name
    if answer is None:
        return (_("{name} leest mee. Vraag of het meebetaalt.") if shared else _("{name} doet mee bij deze regeling.")).format(
            name=name
        )
    if answer.agrees is None:
        return _("{name} is gevraagd mee te betalen, tot en met {until}.").format(name=name, until=day(answer.until))
    if not answer.agrees:
        return _("{name} betaalt niet mee.").format(name=name)
    followed = getattr(answer, "followed", None)
    if followed is None:
        return _("{name} betaalt {amount} mee.").format(name=name, amount=answer.money.dutch())
    text = _("Volg de vaststelling van {name}, nummer {number} van {on}: de subsidie wordt {amount}.")
    return text.format(
        name=name, number=followed.fund_number, on=day(followed.settled_on, "full"), amount=followed.becomes_money.dutch()
    )


GUARDS = [
    DecisionGuard("even-halves", "Ieder de helft", _even_halves, _halves_in_words, _other_half, on_objection=True),
    DecisionGuard("aid-of-fund", "Steun van het fonds", _aid_of_fund, on_objection=True),
]


def _decisions_named(actor: Actor, ids: Collection[str]) -> dict[str, NamedFile]:
    """What the province gives by a decision of a fund goes by our number of that decision."""
    rows = FundDecision.objects.filter(public_id__in=ids, number__isnull=False)
    shown = set(may_filter(actor, "agree-with-funders", rows, Fields(province="province")).values_list("public_id", flat=True))
    found = rows.values_list("public_id", "number", "agreement__public_id")
    return {key: NamedFile(str(number), f"{LIST}/{at}" if key in shown else "") for key, number, at in found}


def _decisions_numbered(number: str) -> list[str]:
    return list(FundDecision.objects.filter(number=number).values_list("public_id", flat=True))


BOOKED_FILES = [FileNames("fund-decision", _decisions_named, _decisions_numbered)]
