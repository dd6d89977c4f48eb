"""What may go stands on a list, another person approves it, and nothing goes that anyone still needs."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.budgets.models import Payment
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.archive import tasks
from vliegwiel.support.archive.actions.carry_out import carry_out
from vliegwiel.support.archive.actions.decide_list import approve_list, hash_of, leave_out, return_list
from vliegwiel.support.archive.actions.export_file import export_file
from vliegwiel.support.archive.actions.keep_file import end_keeping, keep_file
from vliegwiel.support.archive.actions.propose_list import propose_list
from vliegwiel.support.archive.files import File
from vliegwiel.support.archive.models import DestructionList, Keeping, ListedFile
from vliegwiel.support.archive.queries import candidates, tombstone_of
from vliegwiel.support.archive.tests.given import (
    BEGIN,
    JOB,
    a_list,
    a_withdrawn_file,
    an_archivist,
    approved,
    carried_out,
    years_later,
)
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import a_call, an_officer
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.objections.actions.note_appeal import note_appeal, note_ruling
from vliegwiel.support.objections.tests import given as objecting
from vliegwiel.support.settlements.tests.given import a_claim, a_grant, later, paid, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beginning(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(BEGIN):
        yield


def _obstacles(years: int) -> list[tuple[str, ...]]:
    with years_later(years):
        return [item.obstacles for item in candidates(PROVINCE)]


def test_a_file_is_due_on_the_day_its_term_ends_and_not_the_day_before() -> None:
    found = a_withdrawn_file()
    for days, due in ((-1, []), (0, [found.number])):
        with years_later(1, days=days):
            assert [item.number for item in candidates(PROVINCE)] == due
    with years_later(1, days=-1):
        assert [(item.number, item.over) for item in candidates(PROVINCE, soon=True)] == [(found.number, False)]
        with pytest.raises(NotNow):
            a_list()


def test_while_money_is_open_a_file_of_a_grant_waits() -> None:
    later(reported(paid(a_grant())))
    assert Payment.objects.filter(state="asked").exists()
    assert _obstacles(11) == [("er staat nog geld open",)]


def test_while_money_must_come_back_the_file_waits() -> None:
    a_claim()
    assert _obstacles(11) == [("er moet nog geld terugkomen",)]


def test_while_an_objection_or_a_case_runs_the_file_stays_and_afterwards_the_term_begins_again() -> None:
    objection = objecting.an_objection(objecting.a_refusal())
    assert _obstacles(6) == [("er loopt een bezwaar",)]
    with clock.at(clock.now() + timedelta(days=30)):
        objecting.concluded(objecting.not_heard(objecting.taken(objection)))
        handler = objecting.a_handler()
        appeal = {"court": "Rechtbank Nergenshuizen", "case_number": "NIET 26/1", "lodged_on": clock.today()}
        lodged = note_appeal(actor=handler, objection=objection.public_id, **appeal)
    assert _obstacles(6) == [("er loopt een zaak bij de rechter",)]
    with years_later(2):
        ruling = {"outcome": "Het beroep is ongegrond.", "ruled_on": clock.today()}
        note_ruling(actor=handler, objection=objection.public_id, appeal=lodged.pk, **ruling)
    assert _obstacles(6) == []
    assert _obstacles(8) == [()]


def test_who_proposed_a_list_never_approves_it_and_nothing_goes_before() -> None:
    found = a_withdrawn_file()
    with years_later(1):
        waiting = a_list()
        before = snapshot("archive")
        with pytest.raises(NotAllowed) as refusal:
            approved(waiting, by=an_archivist(1))
        assert refusal.value.code == "own-list"
        with pytest.raises(NotNow):
            carry_out(actor=JOB, on=waiting.public_id)
        assert snapshot("archive") == before
        assert Application.objects.filter(pk=found.pk).exists()


def test_what_was_read_is_what_is_approved() -> None:
    call = a_call()
    first, second = a_withdrawn_file(call=call), a_withdrawn_file("ander@voorbeeld.invalid", call)
    with years_later(1):
        waiting = a_list()
        seen = hash_of(waiting)
        leave_out(actor=an_archivist(2), on=waiting.public_id, file=first.public_id, why="Nodig voor onderzoek")
        with pytest.raises(NotNow) as refusal:
            approve_list(actor=an_archivist(2), on=waiting.public_id, seen=seen)
        assert refusal.value.code == "stale"
        assert carried_out(waiting) == 1
    assert list(Application.objects.all()) == [first]
    assert tombstone_of([second.number or ""]) is not None


def test_a_list_that_is_given_back_frees_its_files_for_another() -> None:
    a_withdrawn_file()
    with years_later(1):
        waiting = a_list()
        with pytest.raises(NotNow):
            a_list()
        with pytest.raises(NotValid):
            return_list(actor=an_archivist(2), on=waiting.public_id, why=" ")
        return_list(actor=an_archivist(2), on=waiting.public_id, why="De termijn klopt niet")
        assert carried_out(a_list()) == 1


def test_a_run_that_is_killed_goes_on_where_it_was_and_no_file_goes_half(monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call()
    for number in range(3):
        a_withdrawn_file(f"bewoner{number}@voorbeeld.invalid", call)
    with years_later(1):
        waiting = a_list()
        approved(waiting)
        real, seen = File.destroy, list[str]()

        def dies_at_the_second(self: File) -> int:
            seen.append(self.id)
            gone = real(self)
            if len(seen) == 2:
                raise KeyboardInterrupt
            return gone

        monkeypatch.setattr(File, "destroy", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            carry_out(actor=JOB, on=waiting.public_id)
        assert (Application.objects.count(), ListedFile.objects.filter(state="done").count()) == (2, 1)
        assert File("application", seen[1]).documents, "the file at which it stopped is whole"
        monkeypatch.setattr(File, "destroy", real)
        assert tasks.carry_on_lists.call() == 2
        before = snapshot("archive")
        assert carry_out(actor=JOB, on=waiting.public_id) == 0
        assert snapshot("archive") == before
    assert DestructionList.objects.get().state == "done"


def test_what_changed_after_the_approval_is_looked_at_again() -> None:
    found = a_withdrawn_file()
    with years_later(1):
        waiting = a_list()
        approved(waiting)
        keep_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "", why="Verzoek om inzage")
        assert carry_out(actor=JOB, on=waiting.public_id) == 0
    row = ListedFile.objects.get()
    assert (row.state, row.why) == ("refused", "de termijn of de bestemming is veranderd")
    assert File("application", found.public_id).documents


def test_a_file_that_is_kept_longer_stays_until_that_ends() -> None:
    found = a_withdrawn_file()
    with years_later(1):
        until = clock.today() + timedelta(days=100)
        kept = keep_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "", why="Woo-verzoek", until=until)
        assert [item.obstacles for item in candidates(PROVINCE)] == [("blijft bewaard: Woo-verzoek",)]
        with pytest.raises(NotNow):
            keep_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "", why="Nog een keer")
        end_keeping(actor=an_archivist(2), keeping=kept.public_id)
        assert [item.ready for item in candidates(PROVINCE)] == [True]
        keep_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "", why="Woo-verzoek", until=until)
    with years_later(2):
        assert [item.ready for item in candidates(PROVINCE)] == [True]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"why": "  "}, NotValid),
        ({"until": BEGIN.date()}, NotValid),
        ({"number": "2026-999999"}, NotFound),
        ({"number": "'; DROP"}, NotFound),
    ],
)
def test_what_is_wrong_with_keeping_longer_is_said_and_nothing_changes(changes: dict[str, Any], refusal: type[Exception]) -> None:
    found, archivist = a_withdrawn_file(), an_archivist()
    before = snapshot("archive")
    with pytest.raises(refusal):
        keep_file(actor=archivist, province=PROVINCE, **{"number": found.number, "why": "Onderzoek", "until": None, **changes})
    assert snapshot("archive") == before


def test_what_stays_for_ever_is_handed_over_with_its_metadata_and_goes_here_only_with_a_receipt() -> None:
    found = a_withdrawn_file()
    number = found.number or ""
    keep_file(actor=an_archivist(1), province=PROVINCE, number=number, why="Eerste aanvraag van het programma")
    with years_later(1):
        made = zipfile.ZipFile(io.BytesIO(export_file(actor=an_archivist(1), province=PROVINCE, number=number)))
        with pytest.raises(NotNow):
            a_list()
        waiting = a_list(how="transfer")
        with pytest.raises(NotValid) as refusal:
            approved(waiting)
        assert refusal.value.code == "no-receipt"
        approved(waiting, receipt="Verzonnen verklaring 12")
        assert carry_out(actor=JOB, on=waiting.public_id) == 1
    row = ListedFile.objects.get()
    assert made.read("controlegetal.txt").decode().strip() == row.record_hash
    names = made.namelist()
    assert [
        name for name in names if name.startswith("brieven/") and name.endswith(".pdf.mdto.xml")
    ] or "gegevens/grants.json" in names
    assert any(item["model"] == "grants.application" for item in json.loads(made.read("gegevens/grants.json")))
    space = {"m": "https://www.nationaalarchief.nl/mdto"}
    about = ElementTree.fromstring(made.read("dossier.mdto.xml"))
    assert about.findtext("m:informatieobject/m:identificatie/m:identificatieKenmerk", namespaces=space) == number
    assert about.findtext("m:informatieobject/m:waardering/m:begripCode", namespaces=space) == "B"
    order = [child.tag.rsplit("}", 1)[-1] for child in about[0]]
    assert order == sorted(order, key=_SCHEMA.index), "the elements stand in the order of the schema"
    assert "bewaartermijn" not in order, "what is kept for ever has no term that ends"
    for name in names:
        if name.endswith(".mdto.xml"):
            empty = [
                item.tag
                for item in ElementTree.fromstring(made.read(name)).iter()
                if not len(item) and not (item.text or "").strip()
            ]
            assert empty == [], (name, empty)


#: The elements of an *informatieobject* that we write, in the order of MDTO-XML 1.0.1.
_SCHEMA = [
    "identificatie",
    "naam",
    "aggregatieniveau",
    "omschrijving",
    "dekkingInTijd",
    "taal",
    "waardering",
    "bewaartermijn",
    "informatiecategorie",
    "heeftRepresentatie",
    "archiefvormer",
    "beperkingGebruik",
]


def test_the_same_file_gives_the_same_package() -> None:
    found = a_withdrawn_file()
    keep_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "", why="Bijzonder")
    first, second = (export_file(actor=an_archivist(1), province=PROVINCE, number=found.number or "") for _time in (1, 2))
    assert first == second


def test_the_trail_knows_the_list_the_hash_and_who_but_no_name() -> None:
    found = a_withdrawn_file()
    with years_later(1):
        carried_out(a_list())
    entry = Entry.objects.get(action="destroy-file")
    row = ListedFile.objects.get()
    assert (entry.object_id, entry.province, entry.facts["list"]) == (found.public_id, PROVINCE, row.on.number)
    assert (entry.facts["sha256"], entry.facts["term"]) == (row.record_hash, "untreated-file")


ACTS = ("propose", "approve", "return", "leave", "keep", "end", "export", "carry")


def test_the_matrix_of_who_may_is_whole_and_a_refusal_changes_nothing() -> None:
    call = a_call()
    first, second, third = (a_withdrawn_file(f"bewoner{number}@voorbeeld.invalid", call) for number in range(3))
    keep_file(actor=an_archivist(1), province=PROVINCE, number=third.number or "", why="Bijzonder")
    kinds = [role.key for role in given_roles() if role.key != "archivaris"]
    people = {kind: acting(a_role(kind, email=f"{kind}.bewaren@voorbeeld.invalid")) for kind in kinds}
    people["elders"] = acting(a_role("archivaris", province="PV98", email="elders@voorbeeld.invalid"))
    people["bezoeker"], people["inwoner"] = Actor("visitor"), Actor("person", first.applicant)
    people["officer"] = an_officer()
    with years_later(1):
        waiting = propose_list(
            actor=an_archivist(1), province=PROVINCE, key="untreated-file", how="destroy", only=[first.public_id]
        )
        kept = third.number or ""
        keeping = Keeping.objects.get().public_id
        before = snapshot("archive")
        for actor in people.values():
            for act in ACTS:
                with pytest.raises(NotAllowed):
                    _do(act, actor, waiting, first, kept, keeping)
        assert snapshot("archive") == before
        for act in ("propose", "keep", "export"):
            _do(act, an_archivist(1), waiting, second, kept, keeping)
        for act in ("leave", "end", "return"):
            _do(act, an_archivist(2), waiting, first, kept, keeping)


def _do(act: str, actor: Actor, waiting: DestructionList, file: Application, kept: str, keeping: str) -> None:
    on = waiting.public_id
    if act == "propose":
        propose_list(actor=actor, province=PROVINCE, key="untreated-file", how="destroy")
    elif act == "approve":
        approve_list(actor=actor, on=on, seen=hash_of(waiting))
    elif act == "return":
        return_list(actor=actor, on=on, why="Nee")
    elif act == "leave":
        leave_out(actor=actor, on=on, file=file.public_id, why="Nee")
    elif act == "keep":
        keep_file(actor=actor, province=PROVINCE, number=file.number or "", why="Nee")
    elif act == "end":
        end_keeping(actor=actor, keeping=keeping)
    elif act == "export":
        export_file(actor=actor, province=PROVINCE, number=kept)
    else:
        carry_out(actor=actor, on=on)


def test_bytes_go_only_when_nothing_else_has_them() -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        call = a_call()
        first, second = (a_withdrawn_file(f"bewoner{number}@voorbeeld.invalid", call) for number in range(2))
    shared = set(Paper.objects.filter(about_id=first.public_id).values_list("sha256", flat=True))
    assert shared == set(Paper.objects.filter(about_id=second.public_id).values_list("sha256", flat=True))
    with years_later(1), TestCase.captureOnCommitCallbacks(execute=True):
        made = propose_list(actor=an_archivist(1), province=PROVINCE, key="untreated-file", how="destroy", only=[first.public_id])
        carried_out(made)
    assert all(default_storage.exists(f"{digest[:2]}/{digest}") for digest in shared)
