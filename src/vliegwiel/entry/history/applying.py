"""An application of a history: filled in page by page, signed and sent, as an applicant does."""

from collections.abc import Mapping
from typing import Any

from vliegwiel.catalogue.history import PastApplication, PastScheme
from vliegwiel.entry.history.world import World, a_paper
from vliegwiel.foundation.questions.public import Kind, Question, shown
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.fill_in_application import fill_in_answers, fill_in_budget, fill_in_own
from vliegwiel.support.grants.actions.sign_application import sign_application
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.budget_plan import ASKED, COST, COVER, OWN
from vliegwiel.support.grants.content import answers_part, budget_part, hash_of, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.readiness import documents_of
from vliegwiel.support.grants.rules import Row
from vliegwiel.support.grants.standing import find

_ACCOUNT = "NL91ABNA0417164300"
_TEXT = "Wij doen dit samen met het dorp. Deze tekst is verzonnen."


def submit(world: World, scheme: PastScheme, call: str, past: PastApplication, title: str) -> str:
    """Apply for a call (public id) as this applicant did; the public id of what was received."""
    actor = world.applicant(past.by)
    name = start_application(actor=actor, call=call).public_id
    own = Money(past.asked.cents * scheme.own_share.numerator // (scheme.own_share.denominator - scheme.own_share.numerator))
    _own(actor, name, PLAN, {"title": title, "municipality": past.municipality})
    _own(actor, name, WHO, _who(past))
    _answers(actor, name, {**scheme.answers, "eigen_geld": own.cents})
    _budget(actor, name, past.asked, own)
    for document in documents_of(Draft(find(name))):
        attach_document(actor=actor, application=name, key=document.key, upload=a_paper(document.key))
    sign_application(actor=actor, application=name, name="V. Zonnen", seen=hash_of(find(name)))
    return submit_application(actor=actor, application=name).public_id


def _who(past: PastApplication) -> dict[str, Any]:
    return {
        "applicant_kind": "organisation",
        "applicant_name": past.by,
        "street": "Luchtstraat 12",
        "place": "0000 AB Verzonnenzijl",
        "account": _ACCOUNT,
        "account_name": past.by[:70],
    }


def _own(actor: Actor, name: str, block: str, values: Mapping[str, Any]) -> None:
    found = find(name)
    asked = Draft(found).form.own.block(block)
    keys = tuple(question.key for question in asked.questions) if asked else ()
    given = {key: value for key, value in values.items() if key in keys}
    fill_in_own(actor=actor, application=name, block=block, version=version_of(own_part(found, keys)), answers=given)


def _answers(actor: Actor, name: str, known: Mapping[str, Any]) -> None:
    """Block by block, and again when an answer brought up another question."""
    before: Any = None
    while before != find(name).answers:
        before = dict(find(name).answers)
        for block in Draft(find(name)).form.blocks:
            draft = Draft(find(name))
            keys = tuple(question.key for question in block.questions)
            asked = [item for item in shown(block.questions, draft.known, draft.form.whole) if item.kind is not Kind.FILE]
            answers = {question.key: _answer(question, known) for question in asked}
            version = version_of(answers_part(draft.application, keys))
            fill_in_answers(actor=actor, application=name, block=block.key, version=version, answers=answers)


def _answer(question: Question, known: Mapping[str, Any]) -> Any:
    if question.key in known:
        return known[question.key]
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        first = question.options[0].key
        return [first] if question.kind is Kind.MULTIPLE else first
    later = clock.today().replace(year=clock.today().year + 1, day=1).isoformat()
    plain = {Kind.YES_NO: True, Kind.NUMBER: 10, Kind.AMOUNT: 100_00, Kind.SCALE: question.low, Kind.DATE: later}
    return plain.get(question.kind, _TEXT)


def _budget(actor: Actor, name: str, asked: Money, own: Money) -> None:
    kinds = Draft(find(name)).rules.cost_kinds
    rows = [
        Row(COST, kinds[0] if kinds else "kosten", "Het hele plan", asked + own),
        Row(COVER, OWN, "", own),
        Row(COVER, ASKED, "", asked),
    ]
    fill_in_budget(actor=actor, application=name, version=version_of(budget_part(find(name))), rows=rows)
