"""A scheme is written freely, checked on its own cases, and put in force by two persons; then it never changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from vliegwiel.catalogue.regulations import shipped
from vliegwiel.engines.rulebook import Regulation, written
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.schemes.actions.check_draft import check_draft
from vliegwiel.support.schemes.actions.close_scheme import close_scheme
from vliegwiel.support.schemes.actions.plan_call import drop_call
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force, take_back_version
from vliegwiel.support.schemes.actions.start_scheme import draft_version, import_scheme, start_scheme
from vliegwiel.support.schemes.actions.steer_crisis import change_phase, end_crisis, start_crisis
from vliegwiel.support.schemes.actions.write_draft import discard_draft, write_draft
from vliegwiel.support.schemes.models import Scheme, SchemeDraft, SchemeVersion
from vliegwiel.support.schemes.queries import regulation_now, version_on
from vliegwiel.support.schemes.tests.given import (
    EXAMPLE,
    PROVINCE,
    a_draft_scheme,
    a_planned_call,
    a_second_person,
    a_version_in_force,
    an_officer,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("example", sorted(shipped()))
def test_every_example_can_be_copied_to_another_province_and_comes_out_right(example: str) -> None:
    officer = an_officer()
    scheme = start_scheme(actor=officer, province=PROVINCE, title="Een heel nieuwe regeling", example=example)
    assert check_draft(actor=officer, scheme=scheme.key).good
    document = scheme.draft.document
    assert (document["regulation"], document["province"]) == (scheme.key, PROVINCE)
    asked = " ".join(fact["question"] for fact in document["facts"])
    assert not any(name in asked for name in ("Gelderland", "Groningen", "Drenthe", "Flevoland")), asked


def test_a_version_takes_two_persons_a_check_and_a_proposal() -> None:
    officer, second = an_officer(), a_second_person()
    scheme = a_draft_scheme(actor=officer)
    with pytest.raises(NotNow, match="Controleer"):
        propose_version(actor=officer, scheme=scheme.key)
    with pytest.raises(NotNow, match="geen voorstel"):
        put_in_force(actor=second, scheme=scheme.key)
    check_draft(actor=officer, scheme=scheme.key)
    propose_version(actor=officer, scheme=scheme.key)
    with pytest.raises(NotAllowed, match="zelf voor"):
        put_in_force(actor=officer, scheme=scheme.key)
    assert not SchemeVersion.objects.exists()
    version = put_in_force(actor=second, scheme=scheme.key)
    assert version.hash == version.regulation.hash
    assert (version.proposed_by, version.put_in_force_by) == (officer.id, second.id)
    assert not SchemeDraft.objects.exists()
    refused = Entry.objects.filter(result="geweigerd").values_list("action", "reason")
    assert ("put-in-force", "own-proposal") in list(refused)


def test_who_can_put_it_in_force_hears_once_per_proposal_and_the_proposer_does_not() -> None:
    officer, second = an_officer(), a_second_person()
    scheme = a_draft_scheme(actor=officer)
    check_draft(actor=officer, scheme=scheme.key)
    propose_version(actor=officer, scheme=scheme.key)
    [message] = messages_of(second.id)
    assert scheme.title in message.subject
    assert message.path == f"/beheer/regelingen/{scheme.key}"
    assert messages_of(officer.id) == []
    take_back_version(actor=officer, scheme=scheme.key)
    with clock.at(clock.now() + timedelta(hours=1)):
        propose_version(actor=officer, scheme=scheme.key)
    assert len(messages_of(second.id)) == 2


def test_what_waits_for_the_second_person_does_not_change_unless_it_is_taken_back() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    check_draft(actor=officer, scheme=scheme.key)
    propose_version(actor=officer, scheme=scheme.key)
    with pytest.raises(NotNow, match="Haal het voorstel terug"):
        write_draft(actor=officer, scheme=scheme.key, revision=1, document={"summary": "Anders"})
    take_back_version(actor=officer, scheme=scheme.key)
    draft = write_draft(actor=officer, scheme=scheme.key, revision=1, document={"summary": "Anders"})
    assert draft.checked == "", "what was checked is not this any more"


def test_a_version_in_force_is_never_edited() -> None:
    version, officer = a_version_in_force(), an_officer()
    before = version.hash
    with pytest.raises(NotNow, match="Maak een nieuwe versie") as refusal:
        write_draft(actor=officer, scheme=version.scheme.key, revision=1, document={"title": "Iets heel anders"})
    assert refusal.value.code == "in-force"
    entry = Entry.objects.filter(action="write-scheme").latest("pk")
    assert (entry.result, entry.reason) == ("geweigerd", "in-force")
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(hash="x" * 64)
    assert SchemeVersion.objects.get(pk=version.pk).hash == before == version.regulation.hash
    assert connection.vendor in ("sqlite", "postgresql")


def test_the_database_refuses_one_person_as_both() -> None:
    version = a_version_in_force()
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersion.objects.create(
            scheme=version.scheme,
            number=2,
            in_force=version.in_force,
            document=version.document,
            hash=version.hash,
            proposed_by="a",
            put_in_force_by="a",
        )


def test_a_new_version_counts_from_its_day_and_the_old_one_stays() -> None:
    old, officer = a_version_in_force(), an_officer()
    draft = draft_version(actor=officer, scheme=old.scheme.key)
    with pytest.raises(NotNow, match="al een nieuwe versie"):
        draft_version(actor=officer, scheme=old.scheme.key)
    write_draft(
        actor=officer, scheme=old.scheme.key, revision=draft.revision, document={"changed_because": "Een les uit de praktijk."}
    )
    check_draft(actor=officer, scheme=old.scheme.key)
    propose_version(actor=officer, scheme=old.scheme.key)
    new = put_in_force(actor=a_second_person(), scheme=old.scheme.key)
    assert new.number == 2
    assert version_on(old.scheme) == new
    assert SchemeVersion.objects.get(pk=old.pk).document == old.document


def test_a_draft_with_an_unknown_criterion_is_not_put_forward() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    rules = scheme.draft.document["rules"]
    wrong = [{**rules[0], "when": {"fact": "aantal_leden", "at_least": 5}}, *rules[1:]]
    write_draft(actor=officer, scheme=scheme.key, revision=1, document={"rules": wrong})
    checked = check_draft(actor=officer, scheme=scheme.key)
    assert checked.problems == ("Regel in-de-provincie vraagt naar aantal_leden. Die vraag bestaat niet.",)
    with pytest.raises(NotNow):
        propose_version(actor=officer, scheme=scheme.key)


def test_a_case_that_comes_out_otherwise_is_shown_with_the_difference() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    amounts = {**scheme.draft.document["amounts"], "tables": [{"share": "50%", "least": 5_000, "most": 25_000}]}
    write_draft(actor=officer, scheme=scheme.key, revision=1, document={"amounts": amounts})
    checked = check_draft(actor=officer, scheme=scheme.key)
    assert not checked.good
    differences = [line for result in checked.results for line in result.differences]
    assert "Het bedrag is €\u00a010.000,00. U verwachtte €\u00a015.000,00." in differences


def test_a_file_comes_in_as_it_goes_out() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    document, cases = scheme.draft.document, scheme.draft.cases
    discard_draft(actor=officer, scheme=scheme.key)
    assert not Scheme.objects.exists()
    again = import_scheme(actor=officer, province=PROVINCE, text=written.write(document), cases=written.write(cases))
    assert again.key == scheme.key
    assert (again.draft.document, again.draft.cases) == (document, cases)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"regulation": None}, "Vul nog in: regulation"),
        ({"province": "PV20"}, "andere provincie"),
        ({"criteria": [{"key": "x", "name": "X", "weight": "50%"}]}, "50 procent"),
        ({"vragen": []}, "kennen we niet"),
    ],
)
def test_a_wrong_file_changes_nothing_and_the_trail_knows(change: dict[str, Any], words: str) -> None:
    officer = an_officer()
    document = {**a_draft_scheme(actor=officer).draft.document, "regulation": "pv99/uit-een-bestand", **change}
    text = written.write({key: value for key, value in document.items() if value is not None})
    with pytest.raises(NotValid) as refusal:
        import_scheme(actor=officer, province=PROVINCE, text=text)
    assert any(words in line for line in (refusal.value.message, *refusal.value.details)), refusal.value.details
    assert Scheme.objects.count() == 1
    assert Entry.objects.filter(action="import-scheme", result="geweigerd").exists()


def test_a_title_that_is_taken_or_no_name_is_refused() -> None:
    officer = an_officer()
    a_draft_scheme(title="Een mooie regeling", actor=officer)
    for title, code in (("Een mooie regeling", "name-taken"), ("Ha", "no-title"), ("!!!!!!", "no-title")):
        with pytest.raises(NotValid) as refusal:
            start_scheme(actor=officer, province=PROVINCE, title=title, example=EXAMPLE)
        assert refusal.value.code == code
    with pytest.raises(NotFound):
        start_scheme(actor=officer, province=PROVINCE, title="Een andere naam", example="gelderland/bestaat-niet")


def test_who_saves_an_older_draft_loses_nothing_and_is_told() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    write_draft(actor=officer, scheme=scheme.key, revision=1, document={"summary": "Van de eerste."})
    with pytest.raises(NotNow) as refusal:
        write_draft(actor=officer, scheme=scheme.key, revision=1, document={"summary": "Van de tweede."})
    assert refusal.value.code == "stale"
    assert SchemeDraft.objects.get().document["summary"] == "Van de eerste."


def test_a_phase_steers_questions_and_texts_and_keeps_its_history() -> None:
    officer = an_officer()
    version = a_version_in_force("gelderland/sociale-initiatieven-covid-19")
    crisis = start_crisis(actor=officer, province=PROVINCE, name="COVID 19", reason="Het virus is er.")
    assert crisis.key == version.document["phases"]["crisis"]
    acute = {fact.key for fact in regulation_now(version).rules.facts}
    change_phase(actor=officer, crisis=crisis.public_id, phase="bridging", reason="Het ergste is voorbij.")
    later = {fact.key for fact in regulation_now(version).rules.facts}
    assert (acute - later, later - acute) == ({"nu_nodig"}, {"blijft_bestaan"})
    assert regulation_now(version).rules.summary.startswith("Geld om uw initiatief")
    with pytest.raises(NotNow):
        change_phase(actor=officer, crisis=crisis.public_id, phase="bridging", reason="Nog eens.")
    with pytest.raises(NotValid):
        change_phase(actor=officer, crisis=crisis.public_id, phase="recovery", reason="")
    end_crisis(actor=officer, crisis=crisis.public_id)
    with pytest.raises(NotNow):
        end_crisis(actor=officer, crisis=crisis.public_id)
    assert [change.phase for change in crisis.changes.all()] == ["acute", "bridging"]
    assert isinstance(regulation_now(version), Regulation)


def test_a_scheme_ends_once_nothing_runs_on_it_any_more() -> None:
    officer = an_officer()
    call = a_planned_call()
    key = call.scheme.key
    with pytest.raises(NotNow, match="openstelling"):
        close_scheme(actor=officer, scheme=key)
    drop_call(actor=officer, call=call.public_id)
    draft_version(actor=officer, scheme=key)
    with pytest.raises(NotNow, match="versie gemaakt"):
        close_scheme(actor=officer, scheme=key)
    discard_draft(actor=officer, scheme=key)
    assert close_scheme(actor=officer, scheme=key).state == "closed"
    for act in (lambda: close_scheme(actor=officer, scheme=key), lambda: draft_version(actor=officer, scheme=key)):
        with pytest.raises(NotNow):
            act()
    with pytest.raises(NotNow, match="gestopt"):
        a_planned_call(SchemeVersion.objects.get(scheme__key=key))
