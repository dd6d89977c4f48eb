"""Euro against euro where the province handles: nobody gives alone, both give the same, and the odd cent takes turns."""

from django.utils.translation import gettext as _

from vliegwiel.engines.allocation import Given, MatchRules, Request, Side, match
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.funders.models import AgreementTerms, FundAnswer, FunderAgreement, Handler, Kind
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.stand import stand_of, terms_now, terms_on
from vliegwiel.support.grants.public import GrantFacts


def agreements_on(grant: GrantFacts) -> list[FunderAgreement]:
    """The agreements with other funders on the scheme of an application."""
    on = {"province": grant.province, "scheme": grant.scheme}
    return once(("agreements", *on.values()), lambda: list(FunderAgreement.objects.filter(**on).order_by("pk")))


def doubling(grant: GrantFacts) -> list[tuple[FunderAgreement, AgreementTerms, FundAnswer | None]]:
    """The agreements by which this application is paid half and half and that the province handles, with what the fund answered."""
    agreements = agreements_on(grant)
    answers = {item.agreement_id: item for item in FundAnswer.objects.filter(application=grant.id, agreement__in=agreements)}
    found = []
    for agreement in agreements:
        answer = answers.get(agreement.pk)
        terms = terms_now(agreement, answer.answered_on) if answer and answer.answered_on else terms_now(agreement)
        if terms is not None and (terms.kind, terms.handled_by) == (Kind.DOUBLE, Handler.PROVINCE):
            found.append((agreement, terms, answer))
    return found


def even(
    agreement: FunderAgreement, terms: AgreementTerms, answer: FundAnswer | None, grant: GrantFacts, amount: Money
) -> Verdict:
    """Whether the province may give this amount beside what the fund gives: the same, within the caps and what both have left."""
    name = agreement.funder_name
    if answer is None:
        text = _("U geeft ieder de helft. Vraag eerst of {name} meebetaalt.").format(name=name)
        return Verdict.unknown(Reason("fund-not-asked", text, terms.ground))
    if answer.agrees is None:
        return Verdict.unknown(Reason("fund-waits", _("{name} heeft nog niet geantwoord.").format(name=name), terms.ground))
    if not answer.agrees:
        text = _("{name} betaalt niet mee. Dan geeft ook de provincie niet.").format(name=name)
        return Verdict.no(Reason("fund-says-no", text, terms.ground))
    fund = answer.money
    if abs(amount.cents - fund.cents) > 1:
        text = _("U geeft ieder evenveel. {name} geeft {fund}. Ken dat ook toe.").format(name=name, fund=fund.dutch())
        return Verdict.no(Reason("not-even", text, terms.ground))
    shares = shares_of(agreement, terms, grant.id, answer, amount + fund)
    if shares[PROVINCE] + shares[FUND] < amount + fund:
        text = _("Samen kan hier nog {most}. Meer staat de afspraak niet toe.")
        return Verdict.no(Reason("beyond-agreed", text.format(most=(shares[PROVINCE] + shares[FUND]).dutch()), terms.ground))
    if shares[PROVINCE] != amount:
        text = _("De oneven cent is deze keer van {name}. Ken {amount} toe.")
        return Verdict.no(Reason("odd-cent", text.format(name=name, amount=fund.dutch()), terms.ground))
    return Verdict.yes(Reason("even", _("U geeft ieder evenveel: {amount}.").format(amount=amount.dutch()), terms.ground))


def shares_of(
    agreement: FunderAgreement, terms: AgreementTerms, application: str, answer: FundAnswer, total: Money
) -> dict[str, Money]:
    """How the engine shares a total of an application, after all that both gave or promised to others."""
    stand, day = stand_of(agreement), answer.answered_on or answer.asked_on
    before = [item for item in stand.pairs if item.initiative != application]
    already = [
        Given(item.initiative, item.year, {PROVINCE: item.province if item.province.cents else item.fund, FUND: item.fund})
        for item in before
    ]
    newest = terms_on(list(agreement.terms.exclude(signed_at=None)), day) or terms
    sides = [Side(side, {day.year: newest.promise(day.year, side)}) for side in (PROVINCE, FUND)]
    request = Request(application, application, day.year, total)
    (found,), _receipt = match(MatchRules(terms.award_cap, terms.initiative_cap), sides, [request], already=already)
    return dict(found.shares)
