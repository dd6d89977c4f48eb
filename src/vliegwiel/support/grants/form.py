"""The form of an application, made from its regulation: what everyone must give, the facts and questions of the scheme, and why each is
asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.conditions import facts_in
from vliegwiel.engines.rulebook.parts import FactRule, QuestionRule
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.foundation.questions.public import Block, Form, Kind, Option, Question, inclusion_block
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ApplicantKind
from vliegwiel.support.grants.rules import account_problem

PLAN, CHECK, WHO = "plan", "past-het", "aanvrager"
#: The columns of an application that its own form fills, beside the answers.
PLAN_COLUMNS = ("title", "municipality")
WHO_COLUMNS = ("applicant_kind", "applicant_name", "kvk", "street", "place", "account", "account_name")
_KINDS = {
    "yes_no": Kind.YES_NO,
    "number": Kind.NUMBER,
    "money": Kind.AMOUNT,
    "date": Kind.DATE,
    "choice": Kind.SINGLE,
    "choices": Kind.MULTIPLE,
    "text": Kind.TEXT,
    "long_text": Kind.LONG_TEXT,
    "single": Kind.SINGLE,
    "multiple": Kind.MULTIPLE,
    "scale": Kind.SCALE,
    "amount": Kind.AMOUNT,
    "file": Kind.FILE,
}


@dataclass(frozen=True)
class ApplicationForm:
    """What an application under this regulation asks: `own` are the plan and who asks, `blocks` the facts and questions of the scheme.

    The facts `asked` and `costs` are not asked: the budget gives them.
    """

    own: Form
    blocks: tuple[Block, ...]
    facts: tuple[Question, ...]
    asked: str
    costs: str

    @property
    def whole(self) -> tuple[Question, ...]:
        """Every question of the scheme, the facts that the budget gives included: what a condition may look at."""
        hidden = [Question(key, Kind.AMOUNT, "") for key in (self.asked, self.costs) if key]
        return (*(question for block in self.blocks for question in block.questions), *hidden)

    @property
    def checked(self) -> tuple[Question, ...]:
        """What the check of the scheme asks, with the two amounts that the budget gives."""
        return (*self.facts, *(question for question in self.whole if question.key in (self.asked, self.costs)))

    def block(self, key: str) -> Block | None:
        """The block of the scheme with this key."""
        return next((block for block in self.blocks if block.key == key), None)

    def files(self) -> list[Question]:
        """The questions that are answered with a document."""
        return [question for block in self.blocks for question in block.questions if question.kind is Kind.FILE]


def form_of(regulation: Regulation, municipalities: Sequence[tuple[str, str]] = ()) -> ApplicationForm:
    """The form of an application; `municipalities` are (code, name) of those where the plan can be."""
    rules = regulation.rules
    from_budget = {rules.asked, rules.costs}
    grounds = _grounds(regulation)
    facts = [_fact(fact, grounds.get(fact.key, ()), rules.legal_basis) for fact in rules.facts if fact.key not in from_budget]
    named: dict[str, list[Question]] = {}
    for rule, question in zip([fact for fact in rules.facts if fact.key not in from_budget], facts, strict=True):
        named.setdefault(rule.block, []).append(question)
    for asked in rules.questions:
        named.setdefault(asked.block, []).append(_question(asked))
    blocks = [_block(name, found) for name, found in named.items()]
    if rules.inclusion:
        blocks.append(inclusion_block())
    blocks.sort(key=lambda block: block.key != PLAN)
    own = Form((Block(PLAN, _("Uw plan"), _plan(municipalities)), Block(WHO, _("Wie vraagt aan?"), _who())))
    return ApplicationForm(own, tuple(blocks), tuple(facts), rules.asked, rules.costs)


def _block(name: str, questions: Sequence[Question]) -> Block:
    """Facts without a block stand together, as they did in the check; a block about the plan joins its name and place."""
    key = {"": CHECK, "uw plan": PLAN}.get(name.strip().lower(), _slug(name))
    return Block(key, name or _("Past het bij de regeling?"), tuple(questions))


def own_values(application: Application) -> dict[str, Any]:
    """The columns of an application as answers to its own form."""
    street, _line, place = application.address.partition("\n")
    values = {key: getattr(application, key) for key in (*PLAN_COLUMNS, *WHO_COLUMNS) if hasattr(application, key)}
    return {key: value or None for key, value in {**values, "street": street, "place": place}.items()}


def own_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to the form of an application itself, as its columns."""
    columns = {key: value or "" for key, value in values.items() if key not in ("street", "place")}
    if "applicant_kind" in columns:
        columns["applicant_kind"] = columns["applicant_kind"] or ApplicantKind.PERSON.value
    if "account" in columns:
        columns["account"] = columns["account"].replace(" ", "").upper()
    if "street" in values or "place" in values:
        columns["address"] = "\n".join((values.get("street") or "", values.get("place") or "")).strip("\n")
    return columns


def own_problems(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with answers to the form of an application itself, by question: no bank account, no trade register number."""
    found = {}
    if values.get("account") and (problem := account_problem(values["account"])):
        found["account"] = problem
    if values.get("kvk") and not re.fullmatch(r"[0-9]{8}", values["kvk"]):
        found["kvk"] = _("Een KvK-nummer heeft acht cijfers, zoals 12345678.")
    return found


def facts_with_budget(form: ApplicationForm, answers: Mapping[str, Any], asked: Money, costs: Money) -> dict[str, Any]:
    """The answers with the amounts that the budget gives, in cents, for conditions and for the check of the rules."""
    amounts = {form.asked: asked.cents or None, form.costs: costs.cents or None}
    return {**answers, **{key: value for key, value in amounts.items() if key}}


def _plan(municipalities: Sequence[tuple[str, str]]) -> tuple[Question, ...]:
    title = Question(
        "title",
        Kind.TEXT,
        _("Hoe heet uw plan?"),
        hint=_("Een korte naam, bijvoorbeeld: Dorpstuin bij de kerk."),
        required=True,
        longest=120,
        purpose=_("Zo herkent iedereen uw aanvraag. Krijgt u geld, dan staat de naam in het openbare register."),
        basis=_("artikel 4:2 van de Algemene wet bestuursrecht (Awb)"),
    )
    if not municipalities:
        return (title,)
    place = Question(
        "municipality",
        Kind.SINGLE,
        _("In welke gemeente is het?"),
        required=True,
        options=tuple(Option(code, name) for code, name in municipalities),
        purpose=_("Zo weten we welke gemeente over uw plan kan meedenken."),
        basis=_("artikel 4:2 Awb"),
    )
    return (title, place)


def _who() -> tuple[Question, ...]:
    organisation = {"fact": "applicant_kind", "is": ApplicantKind.ORGANISATION.value}
    law = _("artikel 4:2 Awb")
    kinds = (
        Option("person", _("Ik zelf, als inwoner")),
        Option("group", _("Een groep inwoners")),
        Option("organisation", _("Een vereniging, stichting of andere organisatie")),
    )
    why_kind = _("Daarvan hangt af wie tekent en wat er openbaar wordt.")
    why_name = _("Een aanvraag is van iemand. De naam van een inwoner komt nooit in het openbare register.")
    return (
        Question(
            "applicant_kind", Kind.SINGLE, _("Voor wie vraagt u aan?"), required=True, options=kinds, purpose=why_kind, basis=law
        ),
        Question(
            "applicant_name",
            Kind.TEXT,
            _("Naam"),
            hint=_("Van u, van uw groep of van uw organisatie."),
            required=True,
            longest=120,
            purpose=why_name,
            basis=law,
            autocomplete="name",
        ),
        Question(
            "kvk",
            Kind.TEXT,
            _("KvK-nummer"),
            hint=_("Acht cijfers. Hebt u er geen? Laat het dan leeg."),
            longest=8,
            show_if=organisation,
            purpose=_("Zo weten we zeker om welke organisatie het gaat."),
            may_refuse=True,
        ),
        Question(
            "street",
            Kind.TEXT,
            _("Straat en huisnummer"),
            required=True,
            longest=100,
            purpose=_("Hierheen sturen we brieven."),
            basis=law,
            autocomplete="street-address",
        ),
        Question(
            "place",
            Kind.TEXT,
            _("Postcode en plaats"),
            required=True,
            longest=90,
            purpose=_("Hierheen sturen we brieven."),
            basis=law,
        ),
        Question(
            "account",
            Kind.TEXT,
            _("Rekeningnummer"),
            hint=_("Begint met NL, bijvoorbeeld NL91 ABNA 0417 1643 00."),
            required=True,
            longest=42,
            purpose=_("Krijgt u geld, dan betalen we het op deze rekening."),
            basis=_("artikel 4:89 Awb"),
        ),
        Question(
            "account_name",
            Kind.TEXT,
            _("Op welke naam staat die rekening?"),
            required=True,
            longest=70,
            purpose=_("Wij kijken of de naam en het nummer bij elkaar horen."),
            basis=_("artikel 4:89 Awb"),
        ),
    )


def _fact(fact: FactRule, articles: Iterable[str], legal_basis: str) -> Question:
    found = list(articles)
    derived = (
        _("artikel {articles} van {regulation}").format(articles=" en ".join(found), regulation=legal_basis) if found else ""
    )
    return Question(
        fact.key,
        _KINDS[fact.type],
        fact.question,
        hint=fact.help,
        required=True,
        options=tuple(Option(option.key, option.name) for option in fact.options),
        show_if=fact.show_if,
        purpose=fact.purpose or _("Zo zien we of uw plan bij de regeling past."),
        basis=fact.basis or derived,
        may_refuse=not (fact.basis or found),
    )


def _question(asked: QuestionRule) -> Question:
    return Question(
        asked.key,
        _KINDS[asked.type],
        asked.question,
        hint=asked.hint,
        required=asked.required,
        options=tuple(Option(option.key, option.name) for option in asked.options),
        show_if=asked.show_if,
        purpose=asked.purpose or _("Zo kunnen wij uw plan beoordelen."),
        basis=asked.basis,
        may_refuse=asked.required and not asked.basis,
    )


def _grounds(regulation: Regulation) -> dict[str, list[str]]:
    """For each fact the articles whose rule looks at it: why it is asked."""
    found: dict[str, list[str]] = {}
    for rule in regulation.document["rules"]:
        for condition in filter(None, (rule["when"], rule.get("only_if"))):
            for key, _operator, _value in facts_in(condition):
                if rule["article"] not in found.setdefault(key, []):
                    found[key].append(rule["article"])
    return found


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
