"""May this application be signed and sent: what still lacks, what forbids it, and what is only a warning. Decisions with reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook import Evaluation
from vliegwiel.foundation.questions.public import as_facts, missing, shown
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.grants.alike import elsewhere, same_thing
from vliegwiel.support.grants.budget_plan import problems as budget_problems_of
from vliegwiel.support.grants.budget_plan import warnings as budget_warnings_of
from vliegwiel.support.grants.drafts import SCAN, Draft
from vliegwiel.support.grants.form import PLAN, WHO, facts_with_budget, own_values
from vliegwiel.support.grants.models.application import ApplicantKind, Channel, ParticipantRole
from vliegwiel.support.grants.rules import account_problem
from vliegwiel.support.schemes.public import check

TOGETHER, BUDGET, DOCUMENTS = "samen", "begroting", "documenten"


@dataclass(frozen=True)
class Lack:
    """What still lacks: on which page, the sentence, and the field it belongs to."""

    step: str
    text: str
    field: str = ""


@dataclass(frozen=True)
class Document:
    """A document of the scheme, or of a question that is answered with one."""

    key: str
    name: str
    hint: str
    required: bool
    affects_scores: bool
    confidential: bool


def documents_of(draft: Draft) -> list[Document]:
    """The documents that this application asks, in order."""
    listed = [
        Document(item.key, item.name, item.hint, item.required, item.affects_scores, item.confidential)
        for item in draft.rules.documents
    ]
    asked = shown(draft.form.files(), draft.known, draft.form.whole)
    return [*listed, *(Document(item.key, item.text, item.hint, item.required, False, False) for item in asked)]


def lacking(draft: Draft) -> list[Lack]:
    """Everything that must be mended before the application can be signed, in the order of the pages (Awb 4:2)."""
    return [
        *_own(draft, PLAN),
        *_questions(draft),
        *_own(draft, WHO),
        *_together(draft),
        *(Lack(BUDGET, problem.text, problem.field) for problem in budget_problems_of(draft.rows, draft.rules)),
        *_documents(draft),
        *_again(draft),
    ]


def least_lacking(draft: Draft) -> list[Lack]:
    """What an application on paper must have to be one at all: who, where, for what, how much, and a signature (Awb 4:2(1)).

    The rest can be asked afterwards (Awb 4:5).
    """
    own = own_values(draft.application)
    names = {"title": _("het plan"), "applicant_name": _("de naam"), "street": _("de straat"), "place": _("de plaats")}
    found = [
        Lack(PLAN if key == "title" else WHO, _("Vul {name} in.").format(name=name), f"v-{key}")
        for key, name in names.items()
        if not own[key]
    ]
    if not draft.application.asked:
        found.append(Lack(BUDGET, _("Vul in hoeveel geld er wordt gevraagd."), "gevraagd"))
    if not any(paper.kind == SCAN for paper in draft.papers):
        found.append(Lack(DOCUMENTS, _("Voeg de scan toe van wat er binnenkwam, met de handtekening."), f"stuk-{SCAN}"))
    return found


def demand_ready(draft: Draft) -> None:
    """Go on only when nothing lacks. Raises NotValid with one line per thing."""
    found = lacking(draft)
    if found:
        raise NotValid(_("De aanvraag is nog niet compleet."), code="not-ready", details=tuple(lack.text for lack in found))


def outcome_of(draft: Draft, costs: Money | None = None) -> Evaluation:
    """What the rules of the scheme say of this application now, or with these costs instead of those of its budget. It never stops anyone:
    who gets a no may still ask (Awb 4:1)."""
    known = draft.known
    if costs is not None:
        known = facts_with_budget(draft.form, draft.application.answers, draft.application.asked_money, costs)
    return check(draft.application.call, as_facts(draft.form.checked, known))


def warnings(draft: Draft, *, funder: str) -> list[str]:
    """What someone should know before they sign."""
    others = [f"{item.scheme_title} ({item.number})" for item in elsewhere(draft.application)]
    found = budget_warnings_of(draft.rows, draft.rules, funder=funder, elsewhere=others)
    if draft.rules.again.effect == "warn":
        found += [_second(item.number or "") for item in same_thing(draft.application)]
    outcome = outcome_of(draft)
    if outcome.verdict.answer is Answer.NO:
        found += [f"{reason.text} ({_('artikel')} {reason.article})" for reason in outcome.reasons]
    return found


def _own(draft: Draft, key: str) -> list[Lack]:
    block = draft.form.own.block(key)
    values = own_values(draft.application)
    questions = block.questions if block else ()
    found = [Lack(key, _not_given(question.text), f"v-{question.key}") for question in missing(questions, values)]
    problem = account_problem(draft.application.account) if key == WHO and draft.application.account else ""
    return [*found, Lack(WHO, problem, "v-account")] if problem else found


def _questions(draft: Draft) -> list[Lack]:
    refused = [key for key, reason in draft.application.withheld.items() if reason]
    return [
        Lack(block.key, _not_given(question.text), f"v-{question.key}")
        for block in draft.form.blocks
        for question in missing(block.questions, draft.known, whole=draft.form.whole, refused=refused)
    ]


def _together(draft: Draft) -> list[Lack]:
    waiting = [row.email for row in draft.participants if row.accepted_at is None]
    found = [
        Lack(TOGETHER, _("{email} nam de uitnodiging nog niet aan. Wacht, of haal deze persoon weg.").format(email=email))
        for email in waiting
    ]
    cashier = any(row.role == ParticipantRole.CASHIER and row.accepted_at for row in draft.participants)
    if draft.application.applicant_kind == ApplicantKind.GROUP and not cashier and draft.application.channel != Channel.WEB:
        found.append(
            Lack(WHO, _("Een groep wijst iemand aan die het geld beheert (penvoerder). Vraag wie dat is, en een handtekening."))
        )
    elif draft.application.applicant_kind == ApplicantKind.GROUP and not cashier:
        found.append(
            Lack(TOGETHER, _("Een groep wijst iemand aan die het geld beheert (penvoerder). Nodig die persoon uit."), "email")
        )
    return found


def _documents(draft: Draft) -> Iterable[Lack]:
    there = {paper.kind for paper in draft.papers}
    for item in documents_of(draft):
        if item.required and item.key not in there and item.key not in draft.application.later:
            yield Lack(DOCUMENTS, _("Voeg toe: {name}.").format(name=item.name), f"stuk-{item.key}")
    for paper in draft.papers:
        if not paper.readable and paper.scan_state != "wacht":
            yield Lack(DOCUMENTS, _("In {name} zat een virus. Voeg een ander bestand toe.").format(name=paper.name))


def _again(draft: Draft) -> Sequence[Lack]:
    if draft.rules.again.effect != "refuse":
        return ()
    return [Lack(PLAN, _second(item.number or "")) for item in same_thing(draft.application)[:1]]


def _second(number: str) -> str:
    return _(
        "Voor hetzelfde is al een aanvraag gedaan, met nummer {number}. U krijgt maar één keer geld voor hetzelfde plan."
    ).format(number=number)


def _not_given(question: str) -> str:
    return _("Beantwoord de vraag: {question}").format(question=question)
