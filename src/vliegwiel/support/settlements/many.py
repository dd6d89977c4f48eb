"""Many grants with all around them, for lists: a fixed number of questions, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from vliegwiel.foundation.budgets.public import FileFacts, money_about_each, payments_of_each
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import awards_of, grants_of
from vliegwiel.support.settlements.files import GrantFile, OwingFile
from vliegwiel.support.settlements.models import (
    ChangeRequest,
    Claim,
    Hold,
    InterestDecision,
    LaterDecision,
    Proof,
    Report,
    ReportRequest,
)
from vliegwiel.support.settlements.own_debts import own_payments_of

_KIND = "application"
NOTHING = FileFacts(Money(0), Money(0), Money(0), Money(0))


def files_of(names: Iterable[str]) -> dict[str, GrantFile]:
    """Several grants by the public id of their application, each with what a list asks of it. Those without an award are left out."""
    files = {name: GrantFile(name, known) for name, known in awards_of(names).items()}
    wanted = list(files)
    money, payments = money_about_each(_KIND, wanted), payments_of_each(_KIND, wanted)
    own = own_payments_of(wanted)
    changes = _by(ChangeRequest.objects.order_by("pk"), wanted)
    reports = _by(Report.objects.filter(sent_on__isnull=False).order_by("sent_on", "pk"), wanted)
    proofs = _by(Proof.objects.order_by("pk"), wanted)
    laters = _by(LaterDecision.objects.select_related("report", "intention", "replaces").order_by("pk"), wanted)
    claims = _by(Claim.objects.prefetch_related("steps").order_by("pk"), wanted)
    holds = _by(Hold.objects.order_by("since", "pk"), wanted)
    interest = _by(InterestDecision.objects.order_by("pk"), wanted)
    requests = _by(ReportRequest.objects.order_by("pk"), wanted)
    for name, file in files.items():
        file.__dict__ |= {
            "money": money.get(name, NOTHING),
            "payments": payments[name],
            "own_payments": own[name],
            "changes": changes[name],
            "reports": reports[name],
            "proofs": {item.duty: item for item in proofs[name]},
            "laters": laters[name],
            "claims": claims[name],
            "holds": holds[name],
            "interest": interest[name],
            "report_request": next(reversed(requests[name]), None),
        }
    return files


def owing_files_of(names: Iterable[str]) -> dict[str, OwingFile]:
    """Several applications with what we may owe on them, also those that got no grant; a fixed number of questions."""
    wanted = list(names)
    found: dict[str, OwingFile] = {**files_of(wanted)}
    rest = [OwingFile(grant) for name, grant in grants_of(wanted).items() if name not in found]
    own = own_payments_of([file.name for file in rest])
    interest = _by(InterestDecision.objects.order_by("pk"), [file.name for file in rest])
    for file in rest:
        file.__dict__ |= {"own_payments": own[file.name], "interest": interest[file.name]}
    return found | {file.name: file for file in rest}


def _by(rows: QuerySet[Any], names: list[str]) -> dict[str, list[Any]]:
    """Rows by the application that they are about."""
    found: dict[str, list[Model]] = defaultdict(list)
    for row in rows.filter(application__in=names):
        found[row.application].append(row)
    return found
