"""What waits for the recipient of a grant, with its day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.kernel import clock
from vliegwiel.support.grants.public import State
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim


@dataclass(frozen=True)
class ToDo:
    """Something the recipient must or can still do: what, by when, where, and whether it is late."""

    text: str
    by: date | None
    path: str
    button: str
    late: bool


def to_do(file: GrantFile) -> list[ToDo]:
    """What waits for the recipient, the first day first."""
    today, base, found = clock.today(), f"/mijn/aanvragen/{file.name}/geld", []
    if (told := file.open_intention) is not None:
        found.append(ToDo(_("Reageer op wat wij van plan zijn"), told.until, f"{base}/reageren", _("Reageer"), late=False))
    for duty in file.duties:
        proof = file.proofs.get(duty.id)
        if duty.met_on is None and (duty.due_on or duty.evidence) and not (proof and proof.good is None):
            late = bool(duty.due_on and today > duty.due_on)
            path = f"{base}/verplichting/{duty.id}"
            found.append(ToDo(duty.text, duty.due_on, path, _("Laat het zien"), late=late))
    if file.report_kind is not None and file.report is None and file.grant.state is State.GRANTED:
        by, late = file.report_by, bool(file.report_by and today > file.report_by)
        text = _("Stuur uw {kind}").format(kind=file.report_kind.label)
        found.append(ToDo(text, by, f"{base}/verslag", _("Vul in"), late=late))
    found += [_claim(claim, today) for claim in file.claims if claim.closed_on is None]
    return sorted(found, key=lambda item: item.by or date.max)


def _claim(claim: Claim, today: date) -> ToDo:
    left = standing(claim).left if claim.due_on else claim.money
    text = _("Betaal {amount} terug op {account}").format(amount=left.dutch(), account=claim.decision.pay_to)
    return ToDo(text, claim.due_on, "", "", late=bool(claim.due_on and today > claim.due_on))
