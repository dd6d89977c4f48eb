"""Divide a penalty equally among who applied together (Awb 4:17(7)), and say on which account each part comes."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import GrantFacts, cashier_signed, grant_of
from vliegwiel.support.objections.models import DefaultNotice, PenaltyDecision, PenaltyShare
from vliegwiel.support.objections.penalties import equal_parts, facts_of
from vliegwiel.support.objections.standing import at_work, named, notice_reference
from vliegwiel.support.settlements.public import account_problem

PAYS = "pay-and-settle"


def notice_named(notice: str) -> DefaultNotice:
    """By public id or number; raises NotFound."""
    field = "number" if "-" in notice else "public_id"
    found = DefaultNotice.objects.select_related("objection").filter(**{field: notice}).first()
    if found is None:
        raise NotFound(_("Deze ingebrekestelling kennen we niet."))
    return found


def why_no_share(grant: GrantFacts, share: PenaltyShare) -> str:
    """Why the part of this applicant cannot be paid now, or nothing."""
    if share.account:
        return ""
    if share.person in (grant.applicant, "") or cashier_signed(grant.id):
        return account_problem(grant)
    return _("Van {name} is er nog geen rekeningnummer.").format(name=share.name)


@trail.recorded("give-share-account", kind="default-notice", about=named("notice"))
@transaction.atomic
def give_share_account(*, actor: Actor, notice: str, account: str, person: str = "") -> PenaltyShare:
    """Who applied along says on which account their part of a penalty comes; who pays types it in for a `person` (public id) who said so on
    paper or by phone. Raises NotFound, NotAllowed; NotNow once their part was asked of payments; NotValid for an account that cannot be.
    """
    found = notice_named(notice)
    whose = person or actor.id
    own = actor.kind == "person" and whose == actor.id and may(actor, "apply-for-support", Subject(person=actor.id))
    verdict = own or at_work(actor, found.province, found.municipality, grant_of(found.application), (PAYS,))
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    item = facts_of(found).share_of(whose)
    if item is None:
        raise NotAllowed(_("Van deze dwangsom is geen deel voor u."), code="no-share")
    if not item.to_pay.cents:
        raise NotNow(_("Dit deel is al betaald, of staat klaar."), code="paid")
    if not is_iban(account):
        raise NotValid(_("Dit rekeningnummer klopt niet. Kijk het na, zoals NL91 ABNA 0417 1643 00."), code="no-account")
    PenaltyShare.objects.filter(pk=item.share.pk).update(account=plain_iban(account))
    trail.record(
        actor=actor,
        action="give-share-account",
        subject=notice_reference(found),
        facts={"person": whose},
        province=found.province,
    )
    item.share.refresh_from_db()
    return item.share


def divide(decision: PenaltyDecision, people: Sequence[tuple[str, str]], accounts: Mapping[str, str] | None = None) -> None:
    """Each applicant an equal part (Awb 4:17(7)), in the transaction of the act; `accounts` are those that were given before."""
    parts = equal_parts(decision.money, len(people))
    PenaltyShare.objects.bulk_create(
        PenaltyShare(
            decision=decision,
            place=place,
            person=person,
            name=name[:120],
            amount=part.cents,
            account=(accounts or {}).get(person, ""),
        )
        for place, ((person, name), part) in enumerate(zip(people, parts, strict=True), start=1)
    )


def divided(amount: Money, people: Sequence[tuple[str, str]]) -> list[list[str]]:
    """What each gets, as the letter shows it; nothing when there is one applicant."""
    if len(people) == 1 or not amount.cents:
        return []
    return [[name, part.dutch()] for (_person, name), part in zip(people, equal_parts(amount, len(people)), strict=True)]


def tell_along(decision: PenaltyDecision) -> None:
    """Who applied along, or objected, hears which part is theirs, and where to give an account when it is needed."""
    notice, grant, many = decision.notice, grant_of(decision.notice.application), decision.shares.count()
    path = f"/mijn/bezwaren/{notice.objection.public_id}" if notice.objection else f"/mijn/aanvragen/{grant.id}"
    for share in decision.shares.exclude(person__in=(grant.applicant, "")):
        if share.amount:
            tell(
                about=notice_reference(notice),
                moment=f"share-{decision.public_id}",
                template="support/objections/texts/share",
                facts={
                    "notice": notice,
                    "share": share,
                    "many": many,
                    "asks": bool(why_no_share(grant, share)),
                    "path": f"{path}/te-laat",
                },
                province=notice.province,
                person=share.person,
            )
