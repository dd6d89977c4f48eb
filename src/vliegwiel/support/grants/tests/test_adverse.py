"""Against the applicant: heard first, on a named ground, with the article; conditions only where the law has them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, entries_of
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.ask_completion import ask_completion, lapse_all
from vliegwiel.support.grants.actions.hear_views import ask_views, give_views, record_views, skip_views
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import Beyond
from vliegwiel.support.grants.duties import DutyIn, offered
from vliegwiel.support.grants.gates import grounds_for
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Hearing, Instalment
from vliegwiel.support.grants.pages.mine.story import answer_of, moments_of
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.terms import events_of
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    a_call,
    a_complete_application,
    a_decidable_application,
    a_received_application,
    a_signer,
    an_officer,
    by_mail,
    decided,
    proposed,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.grants.waiting import waiting
from vliegwiel.support.register.models import RegisterEntry

pytestmark = pytest.mark.django_db
NO = {"kind": "refusal", "awarded": Money(0), "summary": "U krijgt geen geld.", "motivation": "Het plan gaat niet door."}
ON_4_35 = {**NO, "grounds": ("activities-not-done",)}
EVENT = DutyIn("condition", "4:33", "De gemeente geeft een bouwvergunning.", evidence="de vergunning")


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def later(days: int) -> object:
    return clock.at(clock.now() + timedelta(days=days))


def asked_for_views(found: Application) -> Hearing:
    return ask_views(
        actor=an_officer(),
        application=found.public_id,
        intention="Wij willen uw aanvraag afwijzen.",
        reason="De zaal wordt niet verhuurd.",
        until=clock.today() + timedelta(days=14),
    )


def test_a_refusal_on_4_35_cannot_be_proposed_before_the_applicant_was_heard() -> None:
    found, officer = a_decidable_application(), an_officer()
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        proposed(found, by=officer, **ON_4_35)
    assert refusal.value.code == "not-heard"
    assert snapshot() == before
    asked_for_views(found)
    letter = Letter.objects.get(kind="views-request")
    assert "De zaal wordt niet verhuurd." in letter.html
    assert "19 januari 2026" in letter.html
    with pytest.raises(NotNow) as refusal:
        proposed(find(found.public_id), by=officer, **ON_4_35)
    assert refusal.value.code == "waiting-for-views"
    with later(15):
        taken = decided(find(found.public_id), **ON_4_35)
    html = Letter.objects.get(public_id=taken.letter).html
    assert "artikel 4:35, eerste lid, onder a, van de Algemene wet bestuursrecht" in html
    assert find(found.public_id).stands is State.REFUSED


def test_what_the_applicant_said_is_answered_in_the_decision() -> None:
    found = a_decidable_application()
    asked_for_views(found)
    with later(3):
        give_views(actor=Actor("person", found.applicant), application=found.public_id, views="Wij huren een andere zaal.")
        with pytest.raises(NotNow) as refusal:
            proposed(find(found.public_id), **ON_4_35)
        assert refusal.value.code == "not-answered"
        taken = decided(find(found.public_id), **ON_4_35, views_answer="Ook die zaal wordt niet verhuurd.")
    html = Letter.objects.get(public_id=taken.letter).html
    assert "U reageerde op 8 januari 2026. Ook die zaal wordt niet verhuurd." in html


def test_who_handles_the_file_hears_that_the_applicant_reacted() -> None:
    found, officer = a_decidable_application(), an_officer()
    asked_for_views(found)
    before = Notice.objects.filter(person__public_id=officer.id, moment__startswith="views").count()
    give_views(actor=Actor("person", found.applicant), application=found.public_id, views="Wij huren een andere zaal.")
    told = Notice.objects.filter(person__public_id=officer.id, moment__startswith="views")
    assert (before, told.count()) == (0, 1)
    assert found.number in told.get().subject


def test_the_applicant_reads_that_a_reaction_is_possible_and_then_that_it_came() -> None:
    found = a_decidable_application()
    asked = asked_for_views(found)
    assert "U kunt eerst reageren" in answer_of(find(found.public_id), events_of(found), asked).below
    give_views(actor=Actor("person", found.applicant), application=found.public_id, views="Wij huren een andere zaal.")
    asked.refresh_from_db()
    assert "Wij hebben uw reactie" in answer_of(find(found.public_id), events_of(found), asked).below
    titles = [item.title for item in moments_of(find(found.public_id), events_of(found), [], [], 1, asked)]
    assert titles.index("U gaf uw reactie") < titles.index("Wij vroegen wat u vindt van ons plan"), "of one day the last on top"


def test_a_reaction_waits_for_the_applicant_until_its_day_or_until_it_came() -> None:
    found = a_decidable_application()
    hearing, applicant = asked_for_views(found), Actor("person", found.applicant)
    path = f"/mijn/aanvragen/{found.public_id}/reageren"
    asks = [item for item in waiting(applicant) if item.path == path]
    assert [(item.name, item.first) for item in asks] == [(f"Reageer op wat wij van plan zijn: {found.title}", hearing.until)]
    with later(15):
        assert path not in [item.path for item in waiting(applicant)]
    give_views(actor=applicant, application=found.public_id, views="De zaal wordt wel verhuurd.")
    assert path not in [item.path for item in waiting(applicant)]


def test_the_officer_sees_what_was_asked_and_where_to_ask_it(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    found, officer = a_decidable_application(), an_officer()
    client, path = browser(officer), f"/werk/aanvragen/{found.number}/besluit"
    form = {"doe": "voorstellen", "soort": "refusal", "kort": "Nee.", "motivering": "Zo.", "grond": "activities-not-done"}
    wrong = client.post(path, form).content.decode()
    assert "Vraag de aanvrager eerst om een reactie." in wrong
    assert "<details open><summary>Zienswijze" in wrong, "the form to ask it stands open"
    assert 'name="reden">Zo.</textarea>' in wrong, "with what was typed already"
    assert 'name="dag" type="date" value="2026-01-19"' in wrong, "two weeks, unless another day is chosen"
    kept = client.post(path, {"doe": "horen", "voornemen": "Afwijzen.", "reden": "", "dag": "2026-01-26"}).content.decode()
    assert 'value="2026-01-26"' in kept
    asked_for_views(found)
    shown = client.get(path).content.decode()
    assert "Gevraagd op 5 januari, reageren kan tot en met 19 januari." in shown
    assert "Er is nog geen reactie." in shown


def test_views_are_written_or_spoken_as_the_party_chooses_and_come_once() -> None:
    found, officer = a_decidable_application(), an_officer()
    words = {"actor": officer, "application": found.public_id, "views": "Het gaat wel door."}
    with pytest.raises(NotNow, match="geen vraag"):
        record_views(**words, form="spoken")
    asked_for_views(found)
    for form, day in (("gezongen", clock.today()), ("spoken", clock.today() + timedelta(days=1))):
        with pytest.raises(NotValid):
            record_views(**words, form=form, received_on=day)
    assert record_views(**words, form="spoken").form == "spoken"
    with pytest.raises(NotNow):
        record_views(**words, form="written")


def test_the_applicant_is_too_late_and_an_officer_may_still_write_it_down() -> None:
    found, officer = a_decidable_application(), an_officer()
    asked_for_views(found)
    with later(20):
        with pytest.raises(NotNow, match="voorbij"):
            give_views(actor=Actor("person", found.applicant), application=found.public_id, views="Toch.")
        assert record_views(actor=officer, application=found.public_id, views="Toch.", form="written").received_on


@pytest.mark.parametrize(("ground", "open"), [("4:11a", True), ("4:11b", True), ("4:11c", True), ("4:12", False)])
def test_skipping_rests_on_a_ground_and_4_12_is_none_for_a_refusal_on_4_35(ground: str, open: bool) -> None:
    found = a_decidable_application()
    for wrong in (("4:13", "Daarom."), (ground, " ")):
        with pytest.raises(NotValid):
            skip_views(actor=an_officer(), application=found.public_id, ground=wrong[0], why=wrong[1])
    skip_views(actor=an_officer(), application=found.public_id, ground=ground, why="Daarom.")
    if open:
        assert proposed(find(found.public_id), **ON_4_35)
    else:
        with pytest.raises(NotNow) as refusal:
            proposed(find(found.public_id), **ON_4_35)
        assert refusal.value.code == "skip-not-possible"


def test_facts_that_differ_are_heard_and_there_4_12_may_be_used() -> None:
    found = a_decidable_application()
    part = {
        "kind": "partial",
        "awarded": Money.euros(7_000),
        "grounds": ("dubbel",),
        "motivation": "De offerte is lager.",
        "facts_differ": True,
    }
    own = {"key": "dubbel", "article": "4, derde lid", "text": "Een deel betaalt een ander."}
    found = a_decidable_application(a_call(grounds=[own]), person=a_resident("twee@voorbeeld.invalid"))
    with pytest.raises(NotNow) as refusal:
        proposed(found, **part)
    assert refusal.value.code == "not-heard"
    skip_views(actor=an_officer(), application=found.public_id, ground="4:12", why="Bezwaar maakt alles weer goed.")
    taken = decided(find(found.public_id), **part)
    html = Letter.objects.get(public_id=taken.letter).html
    assert "De rest wijzen wij af. Een deel betaalt een ander. Dit staat in artikel 4, derde lid." in html


def test_a_refusal_on_what_the_applicant_gave_needs_no_hearing_and_is_only_counted() -> None:
    own = {"key": "te-laat", "article": "2, tweede lid", "text": "Uw plan was al begonnen."}
    taken = decided(a_decidable_application(a_call(grounds=[own])), **NO, grounds=("te-laat",))
    assert taken.awarded == 0
    entry = RegisterEntry.objects.get()
    assert (entry.kind, entry.title, entry.recipient, entry.number) == ("refusal", "", "", "")
    assert not Instalment.objects.exists()


def test_who_was_asked_though_it_was_not_needed_is_waited_for_and_answered() -> None:
    """Their letter says that they may react until a day, and that the decision goes into it."""
    own = {"key": "te-laat", "article": "2, tweede lid", "text": "Uw plan was al begonnen."}
    found, on_own_facts = a_decidable_application(a_call(grounds=[own])), {**NO, "grounds": ("te-laat",)}
    asked_for_views(found)
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        proposed(found, **on_own_facts)
    assert refusal.value.code == "waiting-for-views"
    assert snapshot() == before
    with later(3):
        give_views(actor=Actor("person", found.applicant), application=found.public_id, views="Wij zien het anders.")
        with pytest.raises(NotNow) as refusal:
            proposed(find(found.public_id), **on_own_facts)
        assert refusal.value.code == "not-answered"
        proposed(find(found.public_id), **on_own_facts, views_answer="Dat lazen wij, en het verandert niets.")


def test_a_condition_stands_only_on_4_33_or_4_34_with_proof_and_else_an_obligation_is_offered() -> None:
    found = a_decidable_application()
    wrong = DutyIn("condition", "4:37", "U maakt een verslag.", evidence="het verslag")
    for duty, said in (
        (wrong, "Maak van ‘U maakt een verslag.’ een verplichting"),
        (DutyIn("condition", "4:33", "De buurman werkt mee."), "waaruit blijkt"),
        (DutyIn("condition", "4:34", "", evidence="x"), "wat er moet gebeuren"),
    ):
        with pytest.raises(NotValid) as refusal:
            proposed(found, kind="conditional", duties=(duty,))
        assert any(said in line for line in refusal.value.details)
    instead = offered(wrong, rules_for(found))
    assert (instead.kind, instead.article, offered(EVENT, rules_for(found))) == ("obligation", "4:37", EVENT)
    form = {"doe": "voorstellen", "soort": "conditional", "plicht-1-tekst": wrong.text, "plicht-1-soort": "condition 4:37"}
    page = browser(an_officer()).post(f"/werk/aanvragen/{found.number}/besluit", form).content.decode()
    assert 'value="obligation 4:37" selected' in page, "the screen offers it"
    taken = decided(found, kind="conditional", duties=(EVENT, instead))
    html = Letter.objects.get(public_id=taken.letter).html
    assert "artikel 4:33 Awb" in html
    assert "Dit blijkt uit: de vergunning." in html
    assert not Instalment.objects.exists(), "money follows once the condition is met"


def test_a_grant_without_condition_takes_none() -> None:
    with pytest.raises(NotValid) as refusal:
        proposed(a_decidable_application(), duties=(EVENT,))
    assert any("onder voorwaarde" in line for line in refusal.value.details)


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        (DutyIn("obligation", "4:40", "Iets."), "4:37, 4:38 of 4:39"),
        (DutyIn("obligation", "4:39", "Iets."), "waarop zij rust"),
        (DutyIn("obligation", "4:37", " "), "wat de ontvanger moet doen"),
    ],
)
def test_an_obligation_has_its_basis(duty: DutyIn, said: str) -> None:
    with pytest.raises(NotValid) as refusal:
        proposed(a_decidable_application(), duties=(duty,))
    assert any(said in line for line in refusal.value.details)


def test_a_scheme_outside_title_4_2_cites_its_ordinance_and_never_4_37() -> None:
    """A scheme for public bodies only, such as the Dorpendeal (4:21(3))."""
    obligation = {"key": "melden", "text": "U meldt wijzigingen.", "basis": "own", "article": "artikel 12 van de regeling"}
    call = a_call(awb_title_4_2={"applies": "no"}, obligations=[obligation], determined_at_once_below=None)
    found = a_decidable_application(call)
    assert not any("4:35" in article for article, _text in grounds_for(found).values())
    with pytest.raises(NotValid) as refusal:
        proposed(found, kind="conditional", duties=(EVENT,))
    assert any("titel 4.2" in line for line in refusal.value.details)
    with pytest.raises(NotValid):
        proposed(found, duties=(DutyIn("obligation", "4:37", "U meldt wijzigingen."),))
    taken = decided(found, duties=(DutyIn("obligation", "own", "U meldt wijzigingen.", "artikel 12 van de regeling"),))
    html = Letter.objects.get(public_id=taken.letter).html
    assert "artikel 12 van de regeling" in html
    assert "4:37" not in html


def test_determined_at_once_only_below_the_amount_of_the_regulation() -> None:
    small = a_decidable_application(asked=Money.euros(4_999))
    taken = decided(small, kind="at_once")
    assert find(small.public_id).stands is State.DETERMINED
    assert "meteen vast" in Letter.objects.get(public_id=taken.letter).html
    large = a_decidable_application(asked=Money.euros(5_000), person=a_resident("twee@voorbeeld.invalid"))
    with pytest.raises(NotValid):
        proposed(large, kind="at_once")


def test_leaving_untreated_comes_after_an_unused_time_and_within_four_weeks() -> None:
    found, officer = a_received_application(), an_officer()
    untreated = {"kind": "not_treated", "awarded": Money(0), "summary": "Wij behandelen uw aanvraag niet.", "by": officer}
    ask_completion(actor=officer, application=found.public_id, items=["signature"])
    with pytest.raises(NotNow) as refusal:
        proposed(find(found.public_id), **untreated)
    assert refusal.value.code == "not-asked"
    with later(15):
        lapse_all(actor=Actor.system("job"))
        taken = decided(find(found.public_id), **untreated)
    html = Letter.objects.get(public_id=taken.letter).html
    assert "Een handtekening van wie de aanvraag doet" in html
    assert find(found.public_id).stands is State.NOT_TREATED


def test_after_four_weeks_it_must_be_decided_on_its_merits() -> None:
    found, officer = a_received_application(), an_officer()
    ask_completion(actor=officer, application=found.public_id, items=["signature"])
    with later(14 + 29):
        lapse_all(actor=Actor.system("job"))
        with pytest.raises(NotNow) as refusal:
            proposed(find(found.public_id), by=officer, kind="not_treated", awarded=Money(0), summary="Nee.")
        assert refusal.value.code == "too-late"


def test_only_a_late_decision_passes_a_full_ceiling_with_another_line_and_a_second_person() -> None:
    """4:25(3): the duty to refuse did not hold on the day the decision was due."""
    call = a_call(amount=Money.euros(8_000))
    late = a_decidable_application(call)
    with later(1):
        other = a_decidable_application(call, person=a_resident("twee@voorbeeld.invalid"))
    line = a_line(Money.euros(50_000))
    beyond = Beyond("Op de dag dat het besluit er moest zijn, was er nog geld.", line)
    with pytest.raises(NotValid) as refusal:
        proposed(late, beyond=beyond)
    assert refusal.value.code == "not-late"
    Application.objects.filter(pk=late.pk).update(complete_on=date(2026, 1, 7))  # so that the other one comes first
    with later(2):
        decided(find(other.public_id))
    with later(70):
        assert ceiling_of(call.ceiling).free == Money(0)
        officer = an_officer()
        waiting = proposed(by_mail(find(late.public_id)), by=officer, beyond=beyond)
        assert waiting.two_signatures
        taken = sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert [entry.kind for entry in entries_of(reference(late))] == ["commit_beyond"]
    assert RegisterEntry.objects.get(decision=taken.public_id).beyond == "4:25(3)"
    assert ceiling_of(call.ceiling).used == Money.euros(8_000)


def test_no_state_aid_is_asked_for_a_refusal() -> None:
    own = {"key": "te-laat", "article": "2", "text": "Uw plan was al begonnen."}
    whole = a_complete_application(a_call(grounds=[own]))
    assert decided(whole, **NO, grounds=("te-laat",)).kind == "refusal"
