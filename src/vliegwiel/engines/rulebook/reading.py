"""From a document that was checked to its parts as typed values."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from vliegwiel.engines.rulebook.conditions import share_of
from vliegwiel.engines.rulebook.parts import (
    AdvanceRow,
    AgainRule,
    AmountRow,
    ArrangementRule,
    CompletionRule,
    ConsentRule,
    CriterionRule,
    DividingRule,
    DocumentRule,
    FactRule,
    Funder,
    GroundRule,
    MatchingStep,
    ObligationRule,
    Option,
    QuestionRule,
    SchemeRules,
    StateAidRule,
    TermRule,
)
from vliegwiel.kernel.money import Money, Share


def rules_of(document: Mapping[str, Any]) -> SchemeRules:
    """The typed form of a document that was checked."""
    return SchemeRules(
        **_top(document),
        **_money_parts(document),
        **_lists(document),
        **_crisis(document),
    )


def _top(document: Mapping[str, Any]) -> dict[str, Any]:
    term, completion, consent = document.get("term"), document.get("completion"), document.get("consent")
    basis, title, handled = document["legal_basis"], document["awb_title_4_2"], document.get("handled_by", {})
    return {
        "title": document["title"],
        "summary": document.get("summary", ""),
        "for_whom": document.get("for_whom", ""),
        "inclusion": document.get("inclusion", False),
        "legal_basis": basis["name"],
        "verified": basis.get("verified", False),
        "made_up": tuple(basis.get("made_up", ())),
        "awb_title_4_2": title["applies"],
        "awb_title_4_2_article": title.get("article", ""),
        "transitional": document["transitional"],
        "term": _term(term) if term else TermRule(),
        "completion": CompletionRule(**completion) if completion else CompletionRule(),
        "consent": ConsentRule(**consent) if consent else None,
        "again": AgainRule(**document["again"]) if "again" in document else AgainRule(),
        "follow_funder": document.get("follow_funder", {}).get("article", ""),
        "assessors": document.get("assessors", 2),
        "state_aid": StateAidRule(**document["state_aid"]) if "state_aid" in document else None,
        "dividing": _dividing(document.get("dividing", {})),
        "themes": tuple(document.get("themes", ())),
        "handled_by": handled.get("name", ""),
        "handled_note": handled.get("note", ""),
        "handled_address": handled.get("address", ""),
        "effect_report": _effect_report(document),
        "texts": dict(document.get("texts", {})),
    }


def _term(term: Mapping[str, Any]) -> TermRule:
    return TermRule(
        weeks=term["weeks"],
        source=term.get("source", "verordening"),
        counted_from=term.get("from", "receipt"),
        like_act=term.get("like_act", False),
        article=term.get("article", ""),
        outside_advice_weeks=term.get("outside_advice_weeks"),
    )


def _dividing(dividing: Mapping[str, Any]) -> DividingRule:
    return DividingRule(
        methods=tuple(dividing.get("methods", ())),
        article=dividing.get("article", ""),
        shortage=dividing.get("shortage", "stop"),
        partial=dividing.get("partial", False),
        smallest=Money.euros(dividing["smallest"]) if "smallest" in dividing else Money(1),
        ties=tuple(dividing.get("ties", ())),
    )


def _effect_report(document: Mapping[str, Any]) -> date | None:
    """The date of the report on how it works: as written, otherwise five years after the first day, where title 4.2 holds (Awb 4:24)."""
    if "effect_report" in document:
        return date.fromisoformat(document["effect_report"])
    if document["awb_title_4_2"]["applies"] == "no":
        return None
    first = date.fromisoformat(document["in_force"])
    return first.replace(year=first.year + 5, day=min(first.day, 28) if first.month == 2 else first.day)


def _money_parts(document: Mapping[str, Any]) -> dict[str, Any]:
    amounts, kinds = document.get("amounts", {}), document.get("cost_kinds", {})
    return {
        "asked": amounts.get("asked", ""),
        "costs": amounts.get("costs", ""),
        "amounts_article": amounts.get("article", ""),
        "amounts": tuple(
            AmountRow(Money.euros(row["most"]), Money.euros(row.get("least", 0)), _share(row.get("share")), row.get("if"))
            for row in amounts.get("tables", ())
        ),
        "arrangements": tuple(
            ArrangementRule(
                key=row["key"],
                name=row["name"],
                article=row["article"],
                start=Money.euros(row.get("from", 0)),
                below=_euros(row.get("below")),
                settled=row.get("settled", "at_once" if row["key"] == "nothing_asked" else "on_application"),
                report_weeks=row.get("report_weeks"),
                decision_weeks=row.get("decision_weeks"),
            )
            for row in document.get("arrangements", ())
        ),
        "two_signatures_from": Money.euros(document.get("two_signatures_from", 25_000)),
        "advance": tuple(
            AdvanceRow(Share(share_of(row["share"])), _euros(row.get("below"))) for row in document.get("advance", ())
        ),
        "determined_at_once_below": _euros(document.get("determined_at_once_below")),
        "cost_kinds": tuple(kinds.get("allowed", ())),
        "costs_excluded": tuple(kinds.get("excluded", ())),
        "costs_article": kinds.get("article", ""),
        "volunteer_hour": _euros(document.get("volunteer_hour")),
        "funders": tuple(
            Funder(row["name"], _share(row.get("share")), _euros(row.get("per_year"))) for row in document.get("funders", ())
        ),
        "matching": tuple(
            MatchingStep(row["by"], Share(share_of(row["share"])), _euros(row.get("most")))
            for row in document.get("matching", ())
        ),
    }


def _lists(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "facts": tuple(_asked(FactRule, row) for row in document["facts"]),
        "questions": tuple(_asked(QuestionRule, row) for row in document.get("questions", ())),
        "criteria": tuple(
            CriterionRule(
                row["key"], row["name"], share_of(row["weight"]), Fraction(str(row.get("minimum", 0))), row.get("hint", "")
            )
            for row in document.get("criteria", ())
        ),
        "minimum_total": Fraction(str(document.get("minimum_total", 0))),
        "documents": tuple(DocumentRule(**_without_phases(row)) for row in document.get("documents", ())),
        "obligations": tuple(ObligationRule(**row) for row in document.get("obligations", ())),
        "grounds": tuple(GroundRule(**row) for row in document.get("grounds", ())),
    }


def _crisis(document: Mapping[str, Any]) -> dict[str, Any]:
    phases = document.get("phases", {})
    return {"crisis": phases.get("crisis", ""), "shown_in": tuple(phases.get("shown_in", ()))}


def _asked(kind: type[Any], row: Mapping[str, Any]) -> Any:
    return kind(**{**_without_phases(row), "options": tuple(Option(**option) for option in row.get("options", ()))})


def _without_phases(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "phases"}


def _euros(value: int | None) -> Money | None:
    return None if value is None else Money.euros(value)


def _share(text: str | None) -> Share | None:
    return None if text is None else Share(share_of(text))
