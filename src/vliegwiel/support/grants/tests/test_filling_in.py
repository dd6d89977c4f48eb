"""A draft is filled in page by page: two people do not undo each other's work, and what is wrong is said in words."""

from typing import Any

import pytest

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.grants.actions.attach_document import attach_document, promise_document, remove_document
from vliegwiel.support.grants.actions.fill_in_application import fill_in_answers, fill_in_budget, fill_in_own
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.budget_plan import ASKED, COST, COVER, FUND, OWN, costs_that_count, hours_rows, problems, warnings
from vliegwiel.support.grants.content import answers_part, budget_part, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import WHO, form_of
from vliegwiel.support.grants.made_up import ACCOUNT
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.readiness import lacking, outcome_of
from vliegwiel.support.grants.readiness import warnings as warnings_of
from vliegwiel.support.grants.rules import Row, account_problem
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_draft, a_filled_draft, a_resident, a_submitted_application
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"key": "waarom", "type": "long_text", "question": "Waarom is dit nodig?", "block": "Uw verhaal"},
    {"key": "bouwen", "type": "yes_no", "question": "Gaat u bouwen?", "block": "Uw verhaal"},
    {"key": "tekening", "type": "file", "question": "Voeg een tekening toe", "block": "Uw verhaal",
     "show_if": {"fact": "bouwen", "is": True}},
    {"key": "begroot", "type": "text", "question": "Wie maakte de begroting?", "block": "Geld",
     "show_if": {"fact": "gevraagd", "at_least": 20_000}},
]  # fmt: skip


def the_owner(draft: Application) -> Actor:
    return Actor("person", draft.applicant)


def answer(draft: Application, block: str, **answers: Any) -> Application:
    keys = tuple(question.key for question in Draft(draft).form.block(block).questions)
    version = version_of(answers_part(find(draft.public_id), keys))
    return fill_in_answers(actor=the_owner(draft), application=draft.public_id, block=block, version=version, answers=answers)


def budget(draft: Application, *rows: Row) -> Application:
    version = version_of(budget_part(find(draft.public_id)))
    return fill_in_budget(actor=the_owner(draft), application=draft.public_id, version=version, rows=rows)


def test_the_answers_of_the_check_are_carried_over_and_the_asked_amount_stands_in_the_budget() -> None:
    answers = {"aantal_inwoners": 7, "gevraagd": 12_000_00, "kosten": 20_000_00, "vreemd": 1, "draagvlak": None}
    draft = a_draft(answers=answers)
    assert draft.answers == {"aantal_inwoners": 7}
    assert [(row.kind, row.money) for row in draft.budget.all()] == [("asked", Money.euros(12_000))]
    assert draft.asked_money == Money.euros(12_000)


def test_the_form_never_asks_what_the_budget_says_and_gives_a_purpose_for_everything_else() -> None:
    form = Draft(a_draft()).form
    asked = [question for block in (*form.own.blocks, *form.blocks) for question in block.questions]
    assert not {"kosten", "gevraagd"} & {question.key for question in asked}
    assert all(question.purpose for question in asked)
    by_key = {question.key: question for question in asked}
    assert "artikel 3, eerste lid" in by_key["aantal_inwoners"].basis
    assert not by_key["aantal_inwoners"].may_refuse, "a rule of the scheme asks for it (Awb 4:3(2))"


def test_facts_and_questions_with_the_same_block_stand_on_one_page_and_the_rest_on_pages_of_their_own() -> None:
    form = Draft(a_draft(an_open_call(questions=QUESTIONS))).form
    assert [block.title for block in form.blocks] == ["Past het bij de regeling?", "Uw verhaal", "Geld"]
    assert [question.key for question in form.files()] == ["tekening"]


def test_who_was_overtaken_on_the_same_page_changes_nothing_but_another_page_is_free() -> None:
    draft = a_draft(an_open_call(questions=QUESTIONS))
    keys = ("waarom", "bouwen", "tekening")
    old = version_of(answers_part(draft, keys))
    answer(draft, "uw-verhaal", waarom="Omdat het dorp leegloopt.")
    with pytest.raises(NotNow) as refused:
        fill_in_answers(
            actor=the_owner(draft),
            application=draft.public_id,
            block="uw-verhaal",
            version=old,
            answers={"waarom": "Ik weet het niet."},
        )
    assert refused.value.code == "stale"
    assert find(draft.public_id).answers == {"waarom": "Omdat het dorp leegloopt."}
    answer(draft, "past-het", aantal_inwoners=9)
    assert find(draft.public_id).answers["aantal_inwoners"] == 9


@pytest.mark.parametrize(
    "answers", [{"bouwen": "ja"}, {"waarom": 5}, {"aantal_inwoners": 5}, {"onbekend": 1}, {"waarom": "x" * 5000}]
)
def test_what_is_no_answer_to_a_question_of_this_page_is_refused(answers: dict[str, Any]) -> None:
    draft = a_draft(an_open_call(questions=QUESTIONS))
    with pytest.raises(NotValid):
        answer(draft, "uw-verhaal", **answers)
    assert find(draft.public_id).answers == {}
    with pytest.raises(NotFound):
        fill_in_answers(actor=the_owner(draft), application=draft.public_id, block="bestaat-niet", version="", answers={})


def test_a_question_without_a_rule_behind_it_may_stay_unanswered_with_a_reason() -> None:
    draft = a_filled_draft(an_open_call(questions=QUESTIONS))
    keys = ("waarom", "bouwen", "tekening")
    version = version_of(answers_part(draft, keys))
    fill_in_answers(
        actor=the_owner(draft),
        application=draft.public_id,
        block="uw-verhaal",
        version=version,
        answers={"waarom": None, "bouwen": False},
        refused={"waarom": "Dat gaat over mijn gezondheid."},
    )
    found = find(draft.public_id)
    assert found.withheld == {"waarom": "Dat gaat over mijn gezondheid."}
    assert lacking(Draft(found)) == []


def test_a_condition_may_look_at_the_amount_that_the_budget_gives() -> None:
    draft = a_filled_draft(an_open_call(questions=QUESTIONS), asked=Money.euros(15_000))
    assert "begroot" not in find(draft.public_id).answers
    more = a_filled_draft(an_open_call(questions=QUESTIONS), asked=Money.euros(21_000), person=a_resident("b@voorbeeld.invalid"))
    assert [lack.field for lack in lacking(Draft(find(more.public_id)))] == ["v-begroot"]


@pytest.mark.parametrize("account", ["NL91ABNA0417164301", "NL91", "DE89370400440532013", "zes", "NL91 ABNA 0417 1643 00 00"])
def test_a_bank_account_that_fails_its_check_is_refused_and_the_old_one_stays(account: str) -> None:
    draft = a_filled_draft()
    keys = tuple(question.key for question in Draft(draft).form.own.block(WHO).questions)
    version = version_of(own_part(draft, keys))
    with pytest.raises(NotValid) as refused:
        fill_in_own(actor=the_owner(draft), application=draft.public_id, block=WHO, version=version, answers={"account": account})
    assert "rekeningnummer" in refused.value.details[0]
    assert find(draft.public_id).account == ACCOUNT


@pytest.mark.parametrize(
    "account", ["NL91 ABNA 0417 1643 00", "nl91abna0417164300", "DE89370400440532013000", "BE68539007547034"]
)
def test_bank_accounts_of_the_standard_are_right(account: str) -> None:
    assert account_problem(account) == ""


def test_a_kvk_number_has_eight_digits() -> None:
    draft = a_filled_draft()
    keys = tuple(question.key for question in Draft(draft).form.own.block(WHO).questions)
    version = version_of(own_part(draft, keys))
    with pytest.raises(NotValid):
        fill_in_own(actor=the_owner(draft), application=draft.public_id, block=WHO, version=version, answers={"kvk": "1234567"})


def test_an_unfinished_budget_is_kept_and_stops_the_signature_in_words() -> None:
    draft = a_filled_draft()
    found = budget(
        draft, Row(COST, "materiaal", "Hout", Money.euros(55_500)), Row(COVER, FUND, "Gemeente", Money.euros(7_500), certain=True)
    )
    found = budget(found, *Draft(found).rows, Row(COVER, ASKED, "", Money.euros(42_000)))
    said = [problem.text for problem in problems(Draft(found).rows, Draft(found).rules)]
    assert said == [
        "Er is nog €\u00a06.000,00 nodig. De kosten zijn €\u00a055.500,00, gedekt is €\u00a049.500,00.",
        "U vraagt €\u00a042.000,00. Het hoogste bedrag in deze regeling is €\u00a025.000.",
    ]
    assert [lack.field for lack in lacking(Draft(found))] == ["gevraagd", "gevraagd"]


def test_hours_of_volunteers_stand_on_both_sides_at_the_tariff_of_the_scheme_only() -> None:
    draft = a_filled_draft(an_open_call(volunteer_hour=15))
    fair = hours_rows("Schilderen", 40, Money.euros(15))
    assert fair[0].amount == Money.euros(600)
    budget(draft, *Draft(find(draft.public_id)).rows, *fair)
    found = find(draft.public_id)
    assert problems(Draft(found).rows, Draft(found).rules) == []
    assert costs_that_count(Draft(found).rows, Draft(found).rules) == Money.euros(20_600)
    with pytest.raises(NotValid):
        budget(draft, *hours_rows("Schilderen", 40, Money.euros(20)))
    without = a_filled_draft(an_open_call(volunteer_hour=None), person=a_resident("c@voorbeeld.invalid"))
    with pytest.raises(NotValid):
        budget(without, *fair)


def test_costs_that_the_scheme_leaves_out_stay_in_the_plan_but_do_not_count_for_the_grant() -> None:
    draft = a_filled_draft()
    rows = [
        Row(COST, "materiaal", "Hout", Money.euros(16_000)),
        Row(COST, "onderhoud", "Elk jaar verven", Money.euros(4_000)),
        Row(COVER, OWN, "", Money.euros(8_000)),
        Row(COVER, ASKED, "", Money.euros(12_000)),
    ]
    found = budget(draft, *rows)
    assert costs_that_count(Draft(found).rows, Draft(found).rules) == Money.euros(16_000)
    assert outcome_of(Draft(found)).most == Money.euros(12_000)
    said = warnings(Draft(found).rows, Draft(found).rules, funder="")
    assert said == [
        "€\u00a04.000,00 van de kosten telt niet mee voor deze regeling (artikel 6, derde lid). Dat deel betaalt u anders."
    ]
    strange = budget(draft, *rows, Row(COST, "reis naar de maan", "", Money.euros(1)), Row(COVER, OWN, "", Money.euros(1)))
    assert "reis naar de maan" in problems(Draft(strange).rows, Draft(strange).rules)[0].text


def test_money_twice_for_the_same_thing_and_uncertain_money_are_said_but_stop_nobody() -> None:
    draft = a_filled_draft()
    rows = [
        Row(COST, "materiaal", "Hout", Money.euros(20_000)),
        Row(COVER, FUND, "Provincie Verzonnenland", Money.euros(3_000), certain=True),
        Row(COVER, FUND, "Fonds Luchtkasteel", Money.euros(2_000)),
        Row(COVER, ASKED, "", Money.euros(15_000)),
    ]
    found = budget(draft, *rows)
    said = warnings_of(Draft(found), funder="Provincie Verzonnenland")
    assert "maar één keer betalen" in said[0]
    assert "nog niet zeker" in said[1]
    assert lacking(Draft(found)) == []


@pytest.mark.parametrize(("title", "again"), [("Een tafel", "een TAFEL"), ("Café Élan", "CAFÉ ÉLAN")])
def test_money_asked_for_the_same_plan_under_another_scheme_is_named(title: str, again: str) -> None:
    person = a_resident()
    earlier = a_submitted_application(person=person, title=title)
    draft = a_filled_draft(an_open_call(), person=person, title=again)
    assert earlier.number in warnings_of(Draft(draft), funder="")[0]


def test_what_the_rules_say_no_to_is_told_but_may_be_sent_all_the_same() -> None:
    draft = a_filled_draft(answers={"al_begonnen": True})
    assert outcome_of(Draft(draft)).verdict.answer is Answer.NO
    assert any("U bent al begonnen" in text for text in warnings_of(Draft(draft), funder=""))
    assert lacking(Draft(draft)) == []


def test_a_required_document_is_there_or_follows_and_another_kind_is_refused() -> None:
    documents = [{"key": "offerte", "name": "Offerte"}, {"key": "plan", "name": "Plan", "affects_scores": True}]
    call = an_open_call("tender", documents=documents)
    draft = a_filled_draft(call)
    owner = the_owner(draft)
    remove_document(actor=owner, application=draft.public_id, key="offerte")
    assert [lack.field for lack in lacking(Draft(find(draft.public_id)))] == ["stuk-offerte"]
    promise_document(actor=owner, application=draft.public_id, key="offerte", follows=True)
    assert lacking(Draft(find(draft.public_id))) == []
    with pytest.raises(NotNow):
        promise_document(actor=owner, application=draft.public_id, key="plan", follows=True)
    with pytest.raises(NotFound):
        attach_document(actor=owner, application=draft.public_id, key="scan", upload=an_upload())
    attach_document(actor=owner, application=draft.public_id, key="offerte", upload=an_upload())
    assert find(draft.public_id).later == []


def test_a_file_that_says_pdf_and_is_not_is_refused_and_nothing_is_lost() -> None:
    draft = a_filled_draft(an_open_call(documents=[{"key": "offerte", "name": "Offerte"}]))
    before = [(paper.id, paper.version) for paper in Draft(draft).papers]
    with pytest.raises(NotValid) as refused:
        attach_document(actor=the_owner(draft), application=draft.public_id, key="offerte", upload=an_upload(b"geen pdf"))
    assert refused.value.code == "other-content"
    assert [(paper.id, paper.version) for paper in Draft(find(draft.public_id)).papers] == before


def test_no_application_is_begun_for_a_call_that_has_closed() -> None:
    call = an_open_call()
    with clock.at(call.closes_at.replace(year=call.closes_at.year + 1)), pytest.raises(NotNow):
        start_application(actor=a_resident(), call=call.id)
    assert not Application.objects.exists()


def test_a_scheme_that_wants_it_asks_who_can_take_part_and_who_is_missing_without_points() -> None:
    without = form_of(Regulation.load(FOLDER / "regulations/gelderland/kleine-initiatieven/2021-01-01.yml"))
    asking = form_of(Regulation.load(FOLDER / "regulations/groningen/zorg-en-voorzieningen/2020-01-01.yml"))
    assert "meedoen" not in {block.key for block in without.blocks}
    block = next(block for block in asking.blocks if block.key == "meedoen")
    assert not any(question.required for question in block.questions)
