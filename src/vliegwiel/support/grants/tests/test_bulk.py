"""A tender from scores to letters: divided, tried out, proposed in one go, and signed as a batch that was proof-read."""

from datetime import date, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.papers.actions.proofread_batch import hold_letter, mark_read
from vliegwiel.foundation.papers.actions.release_batch import release_batch, send_released_letters
from vliegwiel.foundation.papers.models import Batch, BatchLetter, Letter
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.divide_call import divide_call, publish_seed, trial_hash
from vliegwiel.support.grants.actions.run_decisions import Words, carry_on, planned, prepare_decisions, signable, start_run
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, DecisionRun
from vliegwiel.support.grants.ranking import entrants_of, recorded
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    TENDER,
    a_call,
    a_complete_application,
    a_signer,
    agreed,
    an_assessor,
    an_officer,
    assessed,
    no_state_aid,
    scored,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import CallFacts, call_of

pytestmark = pytest.mark.django_db
WORDS = Words(
    "U krijgt het geld.",
    "U krijgt een deel.",
    "U krijgt geen geld.",
    "De plannen zijn vergeleken op de criteria.",
    "te-weinig-punten",
)


def a_tender(*points: int, ceiling: Money = Money.euros(45_000)) -> tuple[CallFacts, list[Application]]:
    """One application of 20,000 for each score in tenths, closed and divided."""
    call = a_call(TENDER, ceiling)
    found = []
    for number, score in enumerate(points, start=1):
        item = assessed(a_complete_application(call, person=a_resident(f"bewoner{number}@voorbeeld.invalid")))
        for assessor in (1, 2):
            scored(find(item.public_id), score, score, score, score, by=an_assessor(assessor))
        found.append(no_state_aid(agreed(find(item.public_id))))
    return call, found


def divided(call: CallFacts) -> None:
    officer = an_officer()
    publish_seed(actor=officer, call=call.id)
    closed = call_of(call.id)
    divide_call(actor=officer, call=call.id, seen=trial_hash(closed, entrants_of(closed)))


@pytest.fixture
def tender() -> Any:
    call, found = a_tender(90, 80, 70, 40)
    with clock.at(call.closes_at + timedelta(hours=1)):
        divided(call)
        yield call, found


def test_a_trial_run_shows_each_row_and_keeps_nothing(tender: Any) -> None:
    call, _found = tender
    officer = an_officer()
    before = snapshot()
    rows = planned(officer, call.id, WORDS)
    assert [(row.proposal.kind, row.proposal.awarded, row.problems) for row in rows] == [
        ("grant", Money.euros(20_000), ()),
        ("grant", Money.euros(20_000), ()),
        ("refusal", Money(0), ()),
        ("refusal", Money(0), ()),
    ]
    assert [row.proposal.grounds for row in rows[2:]] == [("ceiling",), ("te-weinig-punten",)]
    assert all(row.proposal.motivation.startswith(WORDS.motivation) for row in rows)
    assert "cijfer 7,00" in rows[2].proposal.motivation, "each letter has its own marks"
    assert rows[2].proposal.motivation.endswith("op plaats 3. Na plaats 2 was het geld op.")
    assert rows[3].proposal.motivation.endswith("Het cijfer op “De voorziening kan blijven” is lager dan het minimum.")
    silent = planned(officer, call.id, Words("a", "b", "c", ""))
    assert all("Zonder motivering" in row.problems[-1] or "motivering" in " ".join(row.problems) for row in silent)
    assert snapshot() == before


def test_a_run_proposes_each_row_once_and_a_refused_row_holds_up_nobody(tender: Any) -> None:
    call, found = tender
    run = start_run(actor=an_officer(), call=call.id, words=WORDS)
    Application.objects.filter(pk=found[0].pk).update(state=State.WITHDRAWN.value)  # someone withdrew in the meantime
    assert carry_on(run.public_id) == 3
    assert carry_on(run.public_id) == 0
    states = list(DecisionRun.objects.get().rows.values_list("state", flat=True))
    assert sorted(states) == ["done", "done", "done", "refused"]
    assert Decision.objects.count() == 3
    made = recorded(call_of(call.id), entrants_of(call), newest_division(call.id))
    assert made.free == ceiling_of(call.ceiling).free, "what is set apart counts once"
    with pytest.raises(NotValid):
        start_run(actor=an_officer(), call=call.id, words=WORDS)


def test_who_may_not_decide_or_sign_starts_nothing(tender: Any) -> None:
    call, _found = tender
    assessor, signer = an_assessor(), a_signer()
    before = snapshot()
    for person in (assessor, signer):
        with pytest.raises(NotAllowed):
            start_run(actor=person, call=call.id, words=WORDS)
    with pytest.raises(NotAllowed):
        prepare_decisions(actor=assessor, call=call.id)
    assert snapshot() == before


def test_without_a_division_there_is_nothing_to_run() -> None:
    with pytest.raises(NotNow, match="Verdeel"):
        planned(an_officer(), a_call(TENDER).id, WORDS)


def test_a_batch_is_proof_read_held_and_signed_as_it_goes(tender: Any) -> None:
    call, found = tender
    run = start_run(actor=an_officer(), call=call.id, words=WORDS)
    carry_on(run.public_id)
    signer = a_signer()
    assert [why for _decision, why in signable(signer, call.id)] == ["", "", "", ""]
    batch = prepare_decisions(actor=signer, call=call.id)
    assert prepare_decisions(actor=signer, call=call.id) == batch, "the same proposals make one batch"
    rows = list(BatchLetter.objects.filter(batch__public_id=batch).order_by("number"))
    assert len(rows) == 4
    for row in rows:
        mark_read(actor=signer, batch=batch, number=row.number)
    hold_letter(actor=signer, batch=batch, number=2, why="Het bedrag klopt niet.")
    assert not Letter.objects.filter(kind__in=["grant", "refusal"]).exists(), "nothing is decided before it is released"
    release_batch(actor=signer, batch=batch)
    assert send_released_letters() == 3
    assert send_released_letters() == 0
    assert [find(item.public_id).state for item in found] == ["granted", "proposed", "refused", "refused"]
    assert ceiling_of(call.ceiling).used == Money.euros(40_000), "what is held stays reserved"
    assert {row.state for row in Batch.objects.get(public_id=batch).rows.exclude(number=2)} == {"weg"}


def test_a_letter_of_a_batch_that_is_of_another_proposal_is_refused_and_stays_in_the_batch(tender: Any) -> None:
    call, _found = tender
    carry_on(start_run(actor=an_officer(), call=call.id, words=WORDS).public_id)
    signer, other = a_signer(1), a_signer(2)
    batch = prepare_decisions(actor=signer, call=call.id)
    for row in BatchLetter.objects.filter(batch__public_id=batch):
        mark_read(actor=other, batch=batch, number=row.number)
    release_batch(actor=other, batch=batch)
    assert send_released_letters() == 0, "the letters are in the name of someone else"
    assert not Decision.objects.exclude(taken_at=None).exists()
    assert all("ander voorstel" in row.why for row in BatchLetter.objects.filter(batch__public_id=batch))


def test_the_page_shows_the_trial_run_and_starts_it(tender: Any, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    call, _found = tender
    path = f"/werk/openstellingen/{call.id}/besluiten"
    client = browser(an_officer())
    assert "Voor 0 aanvragen" in text(client, path), "nothing without a motivation"
    asked = {"motivering": WORDS.motivation, "onder": WORDS.below}
    assert "Voor 4 aanvragen" in text(client, path, **asked)
    assert client.post(path, asked).status_code == 302
    shown = text(client, path)
    assert "Wij leggen de besluiten voor: 0 van 4" in shown
    assert "Reken opnieuw" not in shown, "while they are laid before who signs there is nothing to try"
    with clock.at(clock.now() + timedelta(hours=2)):
        assert "Reken opnieuw" in text(client, path), "it stopped somewhere"
    carry_on(DecisionRun.objects.get().public_id)
    assert "data-renew" not in text(client, path)
    theirs = browser(a_signer())
    assert "Maak de stapel brieven" in text(theirs, path)
    answer = theirs.post(path, {"doe": "stapel"})
    assert answer.status_code == 302
    assert "/beheer/brieven/stapels/" in answer["Location"]
    assert theirs.get(answer["Location"]).status_code == 200
    assert browser(an_assessor()).get(path).status_code == 403


def test_each_row_has_its_own_end_and_its_duties_get_their_day_from_it(tender: Any, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    call, found = tender
    said, other = date(2027, 6, 30), date(2027, 9, 1)
    Application.objects.filter(pk=found[0].pk).update(answers={**found[0].answers, "klaar": said.isoformat()})
    Application.objects.filter(pk=found[1].pk).update(answers={**found[1].answers, "klaar": None})
    client, path = browser(an_officer()), f"/werk/openstellingen/{call.id}/besluiten"
    asked = {"motivering": WORDS.motivation, "onder": WORDS.below}
    before = snapshot()
    shown = client.post(path, {**asked, "doe": "reken"}).content.decode()
    assert "Voor 3 aanvragen" in shown, "who never said when it ends cannot be proposed without a day"
    assert "Vul in wanneer de activiteit klaar is." in shown
    assert f'id="einde-{found[0].number}" name="einde-{found[0].number}" type="date" value="2027-06-30"' in shown
    assert snapshot() == before
    assert client.post(path, {**asked, f"einde-{found[1].number}": other.isoformat()}).status_code == 302
    carry_on(DecisionRun.objects.get().public_id)
    for item, end in ((found[0], said), (found[1], other)):
        decision = Decision.objects.get(application=item)
        assert decision.activity_ends == end
        assert list(decision.duties.exclude(due_on=None).values_list("due_on", flat=True)) == [end + timedelta(weeks=260)]
    assert not Decision.objects.get(application=found[3]).activity_ends, "a refusal has no activity"


def test_the_bulk_page_is_a_step_from_the_ranking_and_from_the_call(tender: Any, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    call, _found = tender
    link = f'href="/werk/openstellingen/{call.id}/besluiten"'
    client = browser(an_officer())
    for path in (f"/werk/openstellingen/{call.id}/rangschikking", f"/beheer/openstellingen/{call.id}"):
        assert link in client.get(path).content.decode(), path
