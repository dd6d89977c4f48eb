"""A decision: motivated, within the ceiling, by who has the mandate, after every gate; all of it happens or nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, entries_of
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.consents.models import Consent
from vliegwiel.support.consents.tasks import record_expired
from vliegwiel.support.grants.actions.advise_application import advise_application
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.propose_decision import return_decision
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.decisions import hash_of
from vliegwiel.support.grants.duties import usual
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment, Signature
from vliegwiel.support.grants.models.application import Purpose
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tasks import make_posted_known
from vliegwiel.support.grants.tests.given import a_filled_draft, a_participant, a_resident, signed
from vliegwiel.support.grants.tests.officers import (
    FULL,
    PLAIN,
    a_call,
    a_complete_application,
    a_decidable_application,
    a_signer,
    an_assessor,
    an_officer,
    assessed,
    by_mail,
    decided,
    good_for,
    no_state_aid,
    proposed,
    scored,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.state_aid.models import AidEntry
from vliegwiel.support.state_aid.public import declare_aid
from vliegwiel.support.state_aid.tests.given import ALL_YES

pytestmark = pytest.mark.django_db
#: 2 April 2026: the next working day is the Tuesday after Easter.
MAUNDY_THURSDAY = datetime(2026, 4, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_maundy_thursday(in_reached: None) -> Iterator[None]:
    with clock.at(MAUNDY_THURSDAY):
        yield


@pytest.fixture(scope="module")
def calls(reached_once: object) -> dict[str, CallFacts]:
    """An open call of the small scheme, and of the one with consent and scores."""
    with clock.at(MAUNDY_THURSDAY):
        return {scheme: a_call(scheme) for scheme in (PLAIN, FULL)}


@pytest.fixture(scope="module")
def files(calls: dict[str, CallFacts]) -> dict[str, str]:
    """Per scheme the public id of an application that can be decided."""
    with clock.at(MAUNDY_THURSDAY):
        return {scheme: a_decidable_application(call).public_id for scheme, call in calls.items()}


@pytest.fixture
def found(files: dict[str, str]) -> Application:
    """An application under the small scheme that can be decided."""
    return find(files[PLAIN])


@pytest.fixture
def full(files: dict[str, str]) -> Application:
    """The same under the scheme with consent and scores."""
    return find(files[FULL])


def refused_for(refusal: NotNow | NotValid) -> str:
    return " ".join((refusal.message, *refusal.details))


def test_signing_is_one_act_with_everything_that_belongs_to_it(full: Application, calls: dict[str, CallFacts]) -> None:
    call, found = calls[FULL], by_mail(full)
    waiting = proposed(found)
    assert ceiling_of(call.ceiling).free == Money.euros(85_000), "set apart while it waits"
    signer = a_signer()
    taken = sign_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash)
    again = find(found.public_id)
    assert (again.stands, again.awarded, again.decided_on) == (State.GRANTED, found.asked, date(2026, 4, 2))
    assert [entry.kind for entry in entries_of(reference(found))] == ["reserve", "commit"]
    assert ceiling_of(call.ceiling).free == Money.euros(85_000)
    letter = Letter.objects.get(public_id=taken.letter)
    assert letter.until == date(2026, 5, 18), "six weeks, and Ascension Friday is an equated day"
    assert "Uw plan past bij de regeling" in letter.html
    assert Notice.objects.filter(person__public_id=found.applicant, about_id=letter.public_id).count() == 1
    entry = RegisterEntry.objects.get(decision=taken.public_id)
    assert (entry.public_from, entry.amount, entry.recipient) == (date(2026, 4, 7), found.asked, "Vereniging Verzonnen Plein")
    assert taken.register_from == date(2026, 4, 7)
    assert [(row.amount, row.due_on) for row in Instalment.objects.all()] == [(found.asked, date(2026, 5, 14))]
    signed = Signature.objects.filter(purpose=Purpose.DECISION).order_by("pk")
    assert [item.person for item in signed] == [waiting.proposed_by, signer.id]
    assert all(item.content_hash == waiting.content_hash and item.mandate for item in signed)
    assert Consent.objects.get().closed_at is not None
    kept = Entry.objects.get(action="take-grant")
    assert (kept.result, kept.facts["awarded"], kept.facts["hash"]) == ("gedaan", found.asked, waiting.content_hash)
    assert again.clock.last().kind == "ended"


def test_asked_advised_and_awarded_stand_apart(found: Application) -> None:
    advise_application(
        actor=an_officer(), application=found.public_id, outcome="partly", amount=Money.euros(7_000), motivation="Een deel."
    )
    waiting = proposed(find(found.public_id))
    assert (waiting.asked, waiting.advised, waiting.awarded) == (8_000_00, 7_000_00, 8_000_00)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"motivation": "  "}, "Zonder motivering is er geen besluit"),
        ({"summary": ""}, "gewone woorden"),
        ({"kind": "zomaar"}, "Kies wat u besluit"),
        ({"awarded": Money(0)}, "Ken een bedrag toe"),
        ({"awarded": Money.euros(8_001)}, "Ken een bedrag toe"),
        ({"awarded": Money.euros(7_000)}, "deels toekennen"),
        ({"kind": "partial"}, "Dit is het hele bedrag"),
        ({"kind": "partial", "awarded": Money.euros(7_000)}, "Kies op welke grond"),
        ({"kind": "refusal", "awarded": Money(0)}, "Kies op welke grond"),
        ({"kind": "refusal", "awarded": Money(1), "grounds": ("no-account",)}, "hoort geen bedrag"),
        ({"kind": "refusal", "awarded": Money(0), "grounds": ("verzonnen",)}, "grond uit de lijst"),
        ({"kind": "at_once"}, "Meteen vaststellen kan alleen"),
        ({"kind": "conditional"}, "Schrijf de voorwaarde op"),
    ],
)
def test_a_proposal_that_is_not_complete_says_what_is_missing(changes: dict[str, object], said: str, found: Application) -> None:
    officer = an_officer()
    before = snapshot()
    with pytest.raises(NotValid) as refusal:
        proposed(found, by=officer, **changes)
    assert said in refused_for(refusal.value)
    assert snapshot() == before


def test_a_long_sentence_is_mended_before_anyone_signs(found: Application) -> None:
    with pytest.raises(NotValid, match="brief"):
        proposed(found, summary=" ".join(["woord"] * 30) + ".")


def test_a_resident_gets_a_title_without_a_name_in_the_register() -> None:
    found = a_decidable_application(kind="person")
    with pytest.raises(NotValid) as refusal:
        proposed(found, public_title=" ")
    assert "zonder naam van een inwoner" in refused_for(refusal.value)
    decided(found, public_title="Een tafel in Nergensdam")
    entry = RegisterEntry.objects.get()
    assert (entry.recipient, entry.recipient_name, entry.title) == ("", "particulier", "Een tafel in Nergensdam")


def test_what_was_read_is_what_is_signed(found: Application) -> None:
    waiting, signer = proposed(found), a_signer()
    Decision.objects.filter(pk=waiting.pk).update(awarded=100_00)
    assert hash_of(Decision.objects.get(pk=waiting.pk)) != waiting.content_hash
    before = snapshot()
    with pytest.raises(NotValid, match="anders"):
        sign_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash)
    with pytest.raises(NotValid, match="anders"):
        sign_decision(actor=signer, decision=waiting.public_id, seen="0" * 64)
    assert snapshot() == before


def test_above_the_amount_of_the_scheme_a_second_person_signs_with_mandate() -> None:
    """Two signatures from 10,000 here; the first proposes, another with the mandate takes it (rule 8)."""
    call = a_call(FULL, two_signatures_from=10_000)
    officer, signer = an_officer(1), a_signer()
    waiting = proposed(a_decidable_application(call), by=officer)
    assert waiting.two_signatures
    for person, said in ((officer, "twee handtekeningen"), (an_officer(2, most=Money.euros(14_999)), "Uw mandaat gaat tot")):
        before = snapshot()
        with pytest.raises(NotAllowed, match=said):
            sign_decision(actor=person, decision=waiting.public_id, seen=waiting.content_hash)
        assert snapshot() == before
    assert sign_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash).taken_by == signer.id


def test_below_it_one_person_with_mandate_may_propose_and_sign_and_signs_once(found: Application) -> None:
    officer = an_officer()
    waiting = proposed(found, by=officer)
    sign_decision(actor=officer, decision=waiting.public_id, seen=waiting.content_hash)
    assert Signature.objects.filter(purpose=Purpose.DECISION).count() == 1


def test_without_a_mandate_nobody_decides(found: Application) -> None:
    bare, small = an_officer(8, most=None), an_officer(9, most=Money.euros(100))
    waiting = proposed(found)
    for person in (bare, small):
        with pytest.raises(NotAllowed, match="mandaat"):
            sign_decision(actor=person, decision=waiting.public_id, seen=waiting.content_hash)
    assert find(found.public_id).stands is State.PROPOSED


def test_the_ceiling_holds_at_the_proposal_and_nobody_gets_what_another_waits_for() -> None:
    call = a_call(amount=Money.euros(12_000))
    one = a_decidable_application(call)
    proposed(one)
    two = a_decidable_application(call, person=a_resident("tweede@voorbeeld.invalid"))
    officer = an_officer()
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        proposed(two, by=officer)
    assert refusal.value.code in ("ceiling", "draw-first")
    assert snapshot() == before


def test_a_proposal_that_comes_back_frees_its_money_and_tells_why(found: Application, calls: dict[str, CallFacts]) -> None:
    call, officer = calls[PLAIN], an_officer()
    waiting = proposed(found, by=officer)
    with pytest.raises(NotValid):
        return_decision(actor=a_signer(), decision=waiting.public_id, why=" ")
    back = return_decision(actor=a_signer(), decision=waiting.public_id, why="De motivering is te kort.")
    assert back.stands is State.COMPLETE
    assert ceiling_of(call.ceiling).free == Money.euros(100_000)
    assert Notice.objects.filter(person__public_id=officer.id, moment=f"returned-{waiting.public_id}").count() == 1
    with pytest.raises(NotNow):
        sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert decided(find(back.public_id)).awarded == back.asked, "it can be proposed again"


def test_who_signs_hears_that_a_decision_waits_and_who_proposed_it_does_not(found: Application) -> None:
    signer, officer = a_signer(), an_officer()
    waiting = proposed(found, by=officer)
    told = Notice.objects.filter(moment=f"to-sign-{waiting.public_id}").values_list("person__public_id", flat=True)
    assert signer.id in told
    assert officer.id not in told


def test_whoever_was_complete_first_goes_first() -> None:
    call = a_call(amount=Money.euros(12_000))
    first = a_decidable_application(call)
    with clock.at(clock.now() + timedelta(days=1)):
        second = a_decidable_application(call, person=a_resident("tweede@voorbeeld.invalid"))
        with pytest.raises(NotNow) as refusal:
            proposed(second)
        assert refusal.value.code == "others-first"
        with pytest.raises(NotNow, match="iets gebeuren") as refusal:
            proposed(second, kind="refusal", awarded=Money(0), grounds=("ceiling",))
        assert "Beslis eerst daarop" in refused_for(refusal.value), "nobody is refused for money that nobody got yet"
        decided(first)
        waiting = proposed(
            find(second.public_id), kind="partial", awarded=Money.euros(4_000), grounds=("ceiling",), motivation="De rest is op."
        )
    assert waiting.awarded == 4_000_00


def test_complete_on_one_day_and_too_much_for_it_is_drawn_first() -> None:
    call = a_call(amount=Money.euros(12_000))
    one = a_decidable_application(call)
    a_decidable_application(call, person=a_resident("tweede@voorbeeld.invalid"))
    with pytest.raises(NotNow) as refusal:
        proposed(one)
    assert refusal.value.code == "draw-first"
    assert "Loot eerst" in refused_for(refusal.value)


def test_an_empty_ceiling_is_a_ground_only_when_it_is_empty(found: Application) -> None:
    with pytest.raises(NotNow) as refusal:
        proposed(found, kind="refusal", awarded=Money(0), grounds=("ceiling",))
    assert refusal.value.code == "money-left"


def test_money_waits_for_the_municipality_and_a_refusal_does_not(calls: dict[str, CallFacts]) -> None:
    found = a_complete_application(calls[FULL], person=a_resident("tweede@voorbeeld.invalid"))
    assessed(found)
    for number in (1, 2):
        scored(find(found.public_id), 80, 80, 80, by=an_assessor(number))
    found = no_state_aid(find(found.public_id))
    officer = an_officer()
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        proposed(found, by=officer)
    assert refusal.value.code == "waiting"
    assert snapshot() == before
    with clock.at(datetime(2026, 5, 2, 9, tzinfo=UTC)):
        record_expired.call()
        with pytest.raises(NotNow) as refusal:
            proposed(found, by=officer)
        assert "Schrijf op hoe u dit weegt" in refused_for(refusal.value)
        waiting = proposed(found, by=officer, consent_weighed="De gemeente zweeg; het plan past in haar beleid.")
    assert waiting.consent_weighed


def test_silence_that_counts_as_no_refuses_only_where_the_scheme_says_so() -> None:
    refuses = {"term_weeks": 4, "silence": "does_not_agree", "refuses": True, "article": "5a"}
    found = a_complete_application(a_call(FULL, consent=refuses, criteria=None))
    no_state_aid(found)
    with clock.at(datetime(2026, 5, 2, 9, tzinfo=UTC)):
        record_expired.call()
        again = find(found.public_id)
        with pytest.raises(NotNow):
            proposed(again)
        taken = decided(again, kind="refusal", awarded=Money(0), grounds=("consent",), summary="U krijgt geen geld.")
    assert "5a" in Letter.objects.get(public_id=taken.letter).html


def test_no_money_before_it_is_known_whether_it_is_state_aid(calls: dict[str, CallFacts]) -> None:
    found = a_complete_application(calls[PLAIN], person=a_resident("tweede@voorbeeld.invalid"))
    with pytest.raises(NotNow) as refusal:
        proposed(found)
    assert refusal.value.code == "no-aid-assessment"


def test_de_minimis_aid_is_booked_with_the_decision_or_nothing_happens(calls: dict[str, CallFacts]) -> None:
    def aided(email: str):
        found = a_complete_application(call, person=a_resident(email))
        return assess_state_aid(
            actor=an_officer(),
            application=found.public_id,
            answers=ALL_YES,
            route="de_minimis",
            why="Klein.",
            undertaking="12345678",
            declared_on=date(2026, 3, 1),
        )

    call = calls[PLAIN]
    one, two = aided("een@voorbeeld.invalid"), aided("twee@voorbeeld.invalid")
    first, second, signer = proposed(one), proposed(two), a_signer()
    sign_decision(actor=signer, decision=first.public_id, seen=first.content_hash)
    entry = AidEntry.objects.get()
    assert (entry.money, entry.report_by) == (Money.euros(8_000), date(2026, 5, 6)), "King's Day and 5 May do not count"
    declare_aid(
        actor=an_officer(),
        organisation="12345678",
        province=one.province,
        ledger="regular",
        amount=Money.euros(290_000),
        on=date(2026, 3, 1),
        authority="Gemeente Nergensdam",
        key="v1",
    )
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        sign_decision(actor=signer, decision=second.public_id, seen=second.content_hash)
    assert "mag nog" in refused_for(refusal.value)
    assert snapshot() == before


def test_who_applies_along_hears_it_too(calls: dict[str, CallFacts]) -> None:
    actor = a_resident("tweede@voorbeeld.invalid")
    draft = a_filled_draft(calls[PLAIN], person=actor, **good_for())
    _row, along = a_participant(draft)
    signed(draft, actor)
    signed(draft, along, "B. Denkbeeldig")
    sent = submit_application(actor=actor, application=draft.public_id)
    found = no_state_aid(confirm_complete(actor=an_officer(), application=sent.public_id))
    decided(found)
    assert Notice.objects.filter(person__public_id=along.id, moment="decided").count() == 1


def test_duties_of_the_regulation_are_typed_and_dated(full: Application) -> None:
    duties = tuple(usual(rules_for(full), date(2026, 12, 31)))
    taken = decided(full, duties=duties, activity_ends=date(2026, 12, 31))
    assert list(Duty.objects.values_list("article", "due_on")) == [
        ("4:37", None),
        ("4:37", date(2027, 4, 1)),
        ("4:38", None),
    ]
    html = Letter.objects.get(public_id=taken.letter).html
    assert "1 april 2027" in html
    assert "artikel 4:38 Awb" in html


def test_a_letter_by_post_enters_the_register_only_after_it_was_posted(found: Application) -> None:
    waiting = proposed(found)
    taken = sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert (taken.sent_on, taken.register_from) == (None, None)
    assert make_posted_known.call() == 0
    assert not RegisterEntry.objects.exists()
    with clock.at(datetime(2026, 4, 8, 9, tzinfo=UTC)):
        mark_printed(actor=an_officer(), letters=[taken.letter], province=found.province)
        assert (make_posted_known.call(), make_posted_known.call()) == (1, 0)
    entry = RegisterEntry.objects.get()
    assert (entry.decided_on, entry.public_from) == (date(2026, 4, 2), date(2026, 4, 9))
    assert Decision.objects.get().sent_on == date(2026, 4, 8)
