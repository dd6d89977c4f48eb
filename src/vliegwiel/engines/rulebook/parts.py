"""The parts of a regulation as typed values, each with its default, for who works with applications.

Amounts are Money, shares exact. `None` for a part means that the regulation does not have it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from vliegwiel.kernel.money import Money, Share

PHASES = ("acute", "bridging", "recovery")
Condition = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """An answer one can choose."""

    key: str
    name: str


@dataclass(frozen=True)
class FactRule:
    """A question of the eligibility check (*snelle check*). `type`: yes_no, number, money, date, choice or choices. Facts with the same
    `block` stand on one screen; one with `show_if` is asked only when that holds."""

    key: str
    type: str
    question: str
    help: str = ""
    block: str = ""
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    purpose: str = ""
    basis: str = ""


@dataclass(frozen=True)
class QuestionRule:
    """A question of the application, beside the facts. `type`: text, long_text, single, multiple, scale (1 to 5), number, amount, date,
    file or yes_no. `purpose` says why it is asked; without `basis` the applicant may keep the answer to herself (Awb 4:3)."""

    key: str
    type: str
    question: str
    block: str = ""
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    purpose: str = ""
    basis: str = ""


@dataclass(frozen=True)
class TermRule:
    """Within how many weeks is decided (Awb 4:13). Without one in the regulation: eight weeks from receipt, by the Act.

    `source` is one of `engines.terms.SOURCES`; `counted_from`: receipt, completeness, closing; `like_act` says that the ordinance lets the
    Algemene termijnenwet hold; `outside_advice_weeks` is the term when others must advise.
    """

    weeks: int = 8
    source: str = "wet"
    counted_from: str = "receipt"
    like_act: bool = False
    article: str = "4:13 Awb"
    outside_advice_weeks: int | None = None


@dataclass(frozen=True)
class CompletionRule:
    """How long an applicant may complete (Awb 4:5); two weeks without one in the regulation."""

    weeks: int = 2
    article: str = "4:5 Awb"


@dataclass(frozen=True)
class ConsentRule:
    """The municipality's answer. `silence`: agrees, does_not_agree or for_a_person; `refuses`: "does not agree" is a ground to refuse."""

    silence: str
    term_weeks: int = 4
    refuses: bool = False
    article: str = ""


@dataclass(frozen=True)
class CriterionRule:
    """A criterion of a tender, scored from 0 to 10; `minimum` is the least score that is enough (inclusive)."""

    key: str
    name: str
    weight: Fraction
    minimum: Fraction = Fraction(0)
    hint: str = ""


@dataclass(frozen=True)
class DividingRule:
    """How a ceiling is divided (*verdelen*, Awb 4:26). `shortage`: after the first application that does not fit, "stop" ends it and "skip"
    lets smaller ones pass. `partial`: that application gets what is left, when it is at least `smallest`. `ties`: criteria that decide
    equal totals, in order; what is then still equal is drawn."""

    methods: tuple[str, ...] = ()
    article: str = ""
    shortage: str = "stop"
    partial: bool = False
    smallest: Money = Money(1)
    ties: tuple[str, ...] = ()


@dataclass(frozen=True)
class AdvanceRow:
    """The share paid in advance for a grant under `below` (None: any amount)."""

    share: Share
    below: Money | None = None


@dataclass(frozen=True)
class DocumentRule:
    """A document to hand in. What affects scores cannot be completed after a tender closed."""

    key: str
    name: str
    hint: str = ""
    required: bool = True
    affects_scores: bool = False
    confidential: bool = False


@dataclass(frozen=True)
class ObligationRule:
    """What the recipient must do. `basis` is 4:37, 4:38, 4:39, or "own" for an article of the ordinance itself."""

    key: str
    text: str
    basis: str
    article: str = ""
    weeks_after_end: int | None = None


@dataclass(frozen=True)
class GroundRule:
    """A ground to refuse of the regulation itself, beside those of Awb 4:25 and 4:35."""

    key: str
    article: str
    text: str


@dataclass(frozen=True)
class AgainRule:
    """A second application for the same thing: "warn" or "refuse"."""

    effect: str = "warn"
    article: str = ""


@dataclass(frozen=True)
class StateAidRule:
    """What is usual: no_aid, de_minimis, daeb_de_minimis, block_exemption or daeb_decision, and why."""

    usual: str
    why: str = ""


@dataclass(frozen=True)
class AmountRow:
    """A row of the table of amounts: the first whose condition holds counts. Edges are inclusive."""

    most: Money
    least: Money = Money(0)
    share: Share | None = None
    condition: Condition | None = None


@dataclass(frozen=True)
class ArrangementRule:
    """How to account (*verantwoordingsarrangement*) from `start` (inclusive) to `below` (exclusive).

    `settled`: at_once, ex_officio or on_application. `report_weeks`: within how many weeks after the end something is sent;
    `decision_weeks`: within how many weeks the province determines. None: the regulation does not say.
    """

    key: str
    name: str
    article: str
    start: Money = Money(0)
    below: Money | None = None
    settled: str = "on_application"
    report_weeks: int | None = None
    decision_weeks: int | None = None


@dataclass(frozen=True)
class Funder:
    """Who gives the money together, with its share and what it puts in per year."""

    name: str
    share: Share | None = None
    per_year: Money | None = None


@dataclass(frozen=True)
class MatchingStep:
    """A step in which someone pays along: crowd, applicant, municipality, fund or province."""

    by: str
    share: Share
    most: Money | None = None


@dataclass(frozen=True)
class SchemeRules:
    """Everything a grant needs to know of a regulation. `inclusion`: it asks "who can take part, who is missing?".

    `follow_funder` is the article by which the determination of a funder who pays more may be followed, empty when there is none.
    """

    title: str
    summary: str
    for_whom: str
    facts: tuple[FactRule, ...]
    legal_basis: str
    verified: bool
    awb_title_4_2: str
    awb_title_4_2_article: str
    transitional: str
    asked: str
    costs: str
    amounts_article: str
    amounts: tuple[AmountRow, ...]
    arrangements: tuple[ArrangementRule, ...]
    term: TermRule
    completion: CompletionRule
    consent: ConsentRule | None
    criteria: tuple[CriterionRule, ...]
    minimum_total: Fraction
    assessors: int
    two_signatures_from: Money
    advance: tuple[AdvanceRow, ...]
    documents: tuple[DocumentRule, ...]
    questions: tuple[QuestionRule, ...]
    inclusion: bool
    obligations: tuple[ObligationRule, ...]
    grounds: tuple[GroundRule, ...]
    again: AgainRule
    follow_funder: str
    state_aid: StateAidRule | None
    determined_at_once_below: Money | None
    cost_kinds: tuple[str, ...]
    costs_excluded: tuple[str, ...]
    costs_article: str
    volunteer_hour: Money | None
    dividing: DividingRule
    themes: tuple[str, ...]
    handled_by: str
    handled_note: str
    handled_address: str
    funders: tuple[Funder, ...]
    matching: tuple[MatchingStep, ...]
    crisis: str
    shown_in: tuple[str, ...]
    made_up: tuple[str, ...]
    effect_report: date | None
    texts: Mapping[str, str]

    @property
    def title_4_2_holds(self) -> bool:
        """Whether title 4.2 of the Awb holds: by the Act, or because an article declares it (4:21). Letters and grounds follow it."""
        return self.awb_title_4_2 != "no"

    @property
    def least(self) -> Money:
        """The lowest amount of any row."""
        return min((row.least for row in self.amounts), default=Money(0))

    @property
    def most(self) -> Money | None:
        """The highest amount of any row, or None without amounts."""
        return max((row.most for row in self.amounts), default=None)

    def arrangement_for(self, amount: Money) -> ArrangementRule | None:
        """How to account for this amount."""
        fits = (row for row in self.arrangements if amount >= row.start and (row.below is None or amount < row.below))
        return next(fits, None)

    def advance_for(self, amount: Money) -> Share:
        """The share that is paid in advance; nothing when the regulation has no advance."""
        fits = (row.share for row in self.advance if row.below is None or amount < row.below)
        return next(fits, Share(Fraction(0)))
