"""A release is withdrawn by two persons; then it gives no figures anywhere, and everything else stays."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.confirm_withdrawal import confirm_withdrawal
from vliegwiel.see.figures.actions.drop_withdrawal import drop_withdrawal
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.actions.propose_withdrawal import propose_withdrawal
from vliegwiel.see.figures.columns import parquet_path
from vliegwiel.see.figures.models import Release, Withdrawal
from vliegwiel.see.figures.tests.given import a_delivery, changed, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
REASON = "De bron heeft de kolommen verwisseld."


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    """Two researchers."""
    return acting(a_role("onderzoeker", email="een@voorbeeld.invalid")), acting(
        a_role("onderzoeker", email="twee@voorbeeld.invalid")
    )


def inhabitants(code: str = "BU18760000") -> float | None:
    return queries.figure("inwoners", 2024, code).estimate.value


def two_vintages(folder: Path) -> tuple[Release, Release]:
    first = import_release(actor=CLI, path=a_delivery(folder)).release
    newer = a_delivery(folder, name="later_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4400"))
    return first, import_release(actor=CLI, path=newer, told=published("2026-12-01")).release


def withdraw(release: Release, people: tuple[Actor, Actor]) -> None:
    propose_withdrawal(actor=people[0], release=release.public_id, reason=REASON)
    confirm_withdrawal(actor=people[1], release=release.public_id)


def test_a_figure_falls_back_to_the_earlier_publication(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    first, newer = two_vintages(tmp_path)
    assert inhabitants() == 4400
    propose_withdrawal(actor=people[0], release=newer.public_id, reason=REASON)
    assert inhabitants() == 4400
    before = queries.stamp()
    confirm_withdrawal(actor=people[1], release=newer.public_id)
    assert inhabitants() == 4370
    assert queries.stamp() != before
    assert queries.current_releases() == {first.public_id}
    assert [release.public_id for release in queries.releases()] == [first.public_id]


def test_a_figure_without_an_earlier_publication_is_missing_with_a_reason(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    withdraw(only, people)
    estimate = queries.figure("inwoners", 2024, "BU18760000").estimate
    assert estimate.value is None
    assert estimate.missing is not None


def test_the_bytes_and_the_other_releases_stay_as_they_are(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    first, newer = two_vintages(tmp_path)
    bytes_before = {release.pk: parquet_path(release.content_hash).read_bytes() for release in (first, newer)}
    rows_before = list(Release.objects.order_by("pk").values())
    withdraw(newer, people)
    assert list(Release.objects.order_by("pk").values()) == rows_before
    assert {release.pk: parquet_path(release.content_hash).read_bytes() for release in (first, newer)} == bytes_before


def test_one_person_cannot_do_both(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    propose_withdrawal(actor=people[0], release=only.public_id, reason=REASON)
    with pytest.raises(NotAllowed, match="Een ander"):
        confirm_withdrawal(actor=people[0], release=only.public_id)
    with pytest.raises(NotAllowed, match="Een ander"):
        confirm_withdrawal(actor=CLI, release=only.public_id)
    assert inhabitants() == 4370
    proposed = Withdrawal.objects.filter(release=only)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposed.update(confirmed_by=people[0].id, confirmed_at=clock.now())


def test_a_withdrawal_needs_a_role_a_reason_and_a_release(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    with pytest.raises(NotAllowed):
        propose_withdrawal(actor=acting(a_role("gemeente")), release=only.public_id, reason=REASON)
    with pytest.raises(NotValid, match="Schrijf de reden"):
        propose_withdrawal(actor=people[0], release=only.public_id, reason="  fout  ")
    with pytest.raises(NotFound):
        propose_withdrawal(actor=people[0], release="bestaat-niet", reason=REASON)
    with pytest.raises(NotFound):
        confirm_withdrawal(actor=people[0], release=only.public_id)
    assert not Withdrawal.objects.exists()


def test_it_happens_once(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    withdraw(only, people)
    with pytest.raises(NotNow):
        propose_withdrawal(actor=people[1], release=only.public_id, reason=REASON)
    with pytest.raises(NotNow):
        confirm_withdrawal(actor=people[1], release=only.public_id)


def test_the_same_file_does_not_come_back_but_a_better_one_of_the_same_day_may(
    tmp_path: Path, people: tuple[Actor, Actor]
) -> None:
    path = a_delivery(tmp_path)
    withdraw(import_release(actor=CLI, path=path).release, people)
    with pytest.raises(NotNow, match="ingetrokken"):
        import_release(actor=CLI, path=path)
    better = a_delivery(tmp_path, name="beter_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4371"))
    import_release(actor=CLI, path=better)
    assert inhabitants() == 4371


def test_the_trail_names_both(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    withdraw(only, people)
    found = {entry.action: entry for entry in Entry.objects.filter(object_id=only.public_id)}
    assert found["propose-withdrawal"].actor_id == people[0].id
    assert found["confirm-withdrawal"].actor_id == people[1].id
    assert found["confirm-withdrawal"].facts == {"proposed-by": people[0].id}


def test_links_say_when_and_why_and_lists_leave_it_out(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    client = Client()
    root = f"/api/v1/leveringen/{only.public_id}"
    tag = client.get(root)["ETag"]
    withdraw(only, people)
    for path in (root, f"{root}/bestand", f"{root}/bestand?formaat=csv"):
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
        problem = answer.json()
        assert REASON in problem["detail"]
        assert str(clock.today().year) in problem["detail"]
        assert problem["code"] == "gone"
    assert client.get("/api/v1/leveringen").json()["resultaten"] == []
    for path in ("/data", "/methoden/inwoners"):
        assert REASON in client.get(path).content.decode()


@pytest.mark.parametrize("who", [0, 1])
def test_a_proposal_is_taken_back_or_declined_and_can_be_made_anew(tmp_path: Path, people: tuple[Actor, Actor], who: int) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    propose_withdrawal(actor=people[0], release=only.public_id, reason=REASON)
    drop_withdrawal(actor=people[who], release=only.public_id)
    assert inhabitants() == 4370
    assert not Withdrawal.objects.exists()
    with pytest.raises(NotFound):
        confirm_withdrawal(actor=people[1], release=only.public_id)
    propose_withdrawal(actor=people[1], release=only.public_id, reason=REASON)
    confirm_withdrawal(actor=people[0], release=only.public_id)
    assert inhabitants() is None
    entry = Entry.objects.get(action="drop-withdrawal", result="gedaan")
    assert (entry.actor_id, entry.facts) == (people[who].id, {"proposed-by": people[0].id})


def test_what_is_withdrawn_never_comes_back_and_a_stranger_drops_nothing(tmp_path: Path, people: tuple[Actor, Actor]) -> None:
    only = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    with pytest.raises(NotFound):
        drop_withdrawal(actor=people[0], release=only.public_id)
    propose_withdrawal(actor=people[0], release=only.public_id, reason=REASON)
    with pytest.raises(NotAllowed):
        drop_withdrawal(actor=acting(a_role("gemeente")), release=only.public_id)
    assert Withdrawal.objects.get().reason == REASON
    confirm_withdrawal(actor=people[1], release=only.public_id)
    with pytest.raises(NotNow, match="al ingetrokken"):
        drop_withdrawal(actor=people[0], release=only.public_id)
    assert Withdrawal.objects.get().confirmed_by == people[1].id
    assert Entry.objects.filter(action="drop-withdrawal", result="geweigerd").count() == 3
