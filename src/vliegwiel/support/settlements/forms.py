"""What is asked when someone accounts for a grant: one form per kind of report, as data."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.support.grants.public import CostFacts
from vliegwiel.support.settlements.models import Report, ReportKind

BASIS = "4:37 Awb"


def questions_of(kind: str) -> tuple[Question, ...]:
    """The questions of a kind of report, in order; the costs are a table of their own."""
    done = Question(
        "gedaan",
        Kind.SINGLE,
        _("Is uw plan uitgevoerd?"),
        required=True,
        options=(Option("ja", _("Ja, helemaal")), Option("deels", _("Voor een deel")), Option("nee", _("Nee"))),
        purpose=_("Van het antwoord hangt af of u alles houdt."),
        basis="4:45 Awb",
    )
    otherwise = Question(
        "anders",
        Kind.LONG_TEXT,
        _("Wat ging anders, en waarom?"),
        required=True,
        show_if={"fact": "gedaan", "one_of": ["deels", "nee"]},
    )
    short = Question("verhaal", Kind.LONG_TEXT, _("Wat is er gebeurd?"), hint=_("Een paar zinnen zijn genoeg."), required=True)
    day = Question("klaar-op", Kind.DATE, _("Wanneer was het klaar?"), hint=_("Zo: 16-3-2026."), required=True)
    lessons = Question("geleerd", Kind.LONG_TEXT, _("Wat zou u een volgende groep aanraden?"))
    if kind == ReportKind.PROGRESS:
        going = Question("gaat", Kind.LONG_TEXT, _("Hoe gaat het?"), required=True)
        return going, Question("zorgen", Kind.LONG_TEXT, _("Loopt er iets anders dan gepland?"))
    if kind == ReportKind.COMPLETION:
        return done, otherwise, day, short
    full = Question(
        "verhaal",
        Kind.LONG_TEXT,
        _("Welke activiteiten zijn er geweest?"),
        hint=_("Noem per activiteit wanneer die was, waar, en wie erbij waren."),
        required=True,
        purpose=_("Wij vergelijken dit met uw plan."),
        basis="4:45 Awb",
    )
    people = Question("deelnemers", Kind.NUMBER, _("Hoeveel mensen deden mee?"), required=True)
    reached = Question("bereikt", Kind.LONG_TEXT, _("Wat is er nu anders dan voor uw plan?"), required=True)
    return done, otherwise, day, full, people, reached, lessons


def empty_costs(plan: Sequence[CostFacts]) -> list[dict[str, Any]]:
    """A row per cost of the plan, not filled in yet."""
    return [{"kind": row.kind, "text": row.text, "planned": row.amount.cents, "actual": None} for row in plan]


def hash_of(report: Report) -> str:
    """The hash of everything a report says."""
    said = {"answers": report.answers, "costs": report.costs, "others": report.others}
    return content_hash({"report": report.public_id, "kind": report.kind, "decision": report.decision, **said})
