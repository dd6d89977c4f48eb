"""One offer goes to all municipalities, each answers for itself, and every answer and silence is counted once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import provinces_of
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.offers.actions.answer_offer import answer_offer
from vliegwiel.support.offers.actions.send_offer import send_offer
from vliegwiel.support.offers.models import HelpOffer, OfferAnswer, OfferedTo
from vliegwiel.support.offers.queries import counted, stands_of
from vliegwiel.support.schemes.actions.steer_crisis import end_crisis, start_crisis
from vliegwiel.support.schemes.models import Crisis

pytestmark = pytest.mark.django_db
PLACES = [(f"GM990{number}", name) for number, name in enumerate(("Nergensdam", "Bedachtveen", "Fabeldam", "Sprookveen"), 1)]
DUE = date(2026, 1, 19)


@pytest.fixture(autouse=True)
def in_a_crisis(settings: Any, own_home: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    own_home.mkdir(parents=True, exist_ok=True)
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        _known(PLACES, own_home)
        start_crisis(actor=_officer(), province=PROVINCE, name="Verzonnen storm", reason="Het waait hard.")
        yield


def _known(places: list[tuple[str, str]], folder: Path) -> None:
    """These municipalities are in the made-up province."""
    rows = [(2024, code, name, PROVINCE) for code, name in places]
    import_areas(actor=SYSTEM, path=provinces_of(folder, rows), year=None, made_up=True)
    areas.stamp.forget()


def _officer() -> Actor:
    held = Role.objects.filter(kind="programma").first()
    return acting(held or a_role("programma"))


def _municipality(code: str) -> Actor:
    return acting(a_role("gemeente", municipality=code, email=f"{code.lower()}@voorbeeld.invalid"))


def _sent(**changes: Any) -> HelpOffer:
    usual = {"title": "Noodopvang voor inwoners", "text": "Wij betalen bedden en eten.", "due": DUE}
    return send_offer(actor=_officer(), province=PROVINCE, **{**usual, **changes})


def _counts(offer: HelpOffer) -> dict[str, int]:
    return {key: number for key, _words, number in counted(stands_of(offer))}


def test_everybody_who_may_answer_is_told_once_and_a_municipality_without_anybody_is_seen() -> None:
    first = _municipality("GM9901")
    offer = _sent()
    assert OfferedTo.objects.filter(offer=offer).count() == len(PLACES)
    notice = Notice.objects.get(about_kind="help-offer")
    assert (notice.receiver, notice.path) == (first.id, f"/gemeente/aanbod/{offer.public_id}/GM9901")
    page = browser(_officer()).get(f"/beheer/aanbod/{offer.public_id}").content.decode()
    assert page.count("niemand met een account") == len(PLACES) - 1


def test_answers_are_counted_and_no_answer_by_the_date_is_a_count_of_its_own() -> None:
    people = {code: _municipality(code) for code, _name in PLACES}
    offer = _sent()
    for code, kind, need in (("GM9901", "ja", ""), ("GM9902", "anders", "Een tolk"), ("GM9903", "nee", "")):
        answer_offer(actor=people[code], offer=offer.public_id, municipality=code, kind=kind, need=need)
    assert _counts(offer) == {"ja": 1, "anders": 1, "nee": 1, "wacht": 1}
    with clock.at(datetime(2026, 1, 20, 9, tzinfo=UTC)):
        assert _counts(offer) == {"ja": 1, "anders": 1, "nee": 1, "geen": 1}
        answer_offer(actor=people["GM9904"], offer=offer.public_id, municipality="GM9904", kind="ja")
        answer_offer(actor=people["GM9903"], offer=offer.public_id, municipality="GM9903", kind="ja")
        assert _counts(offer) == {"ja": 3, "anders": 1, "nee": 0}
    assert sorted(OfferAnswer.objects.values_list("late", flat=True)) == [False, False, False, True, True]
    rows = browser(_officer()).get(f"/beheer/aanbod/{offer.public_id}/antwoorden.csv").content.decode().splitlines()
    assert len(rows) == len(PLACES) + 1
    assert any("Een tolk" in row for row in rows)


def test_who_did_not_answer_is_reminded_two_days_before_and_who_did_is_not() -> None:
    people = {code: _municipality(code) for code in ("GM9901", "GM9902")}
    offer = _sent()
    answer_offer(actor=people["GM9901"], offer=offer.public_id, municipality="GM9901", kind="ja")
    with clock.at(datetime(2026, 1, 17, 9, tzinfo=UTC)):
        for _twice in (1, 2):
            send_reminders(actor=Actor.system("job"))
    told = Notice.objects.filter(moment__startswith="silent-")
    assert [notice.receiver for notice in told] == [people["GM9902"].id]


@pytest.mark.parametrize("changes", [{"title": " "}, {"text": ""}, {"due": None}, {"due": date(2026, 1, 5)}])
def test_an_offer_without_words_or_time_is_not_sent(changes: dict[str, Any]) -> None:
    before = snapshot("offers")
    with pytest.raises(NotValid):
        _sent(**changes)
    assert snapshot("offers") == before


def test_without_a_crisis_nothing_is_sent() -> None:
    end_crisis(actor=_officer(), crisis=Crisis.objects.get().public_id)
    with pytest.raises(NotNow):
        _sent()
    assert not HelpOffer.objects.exists()


def test_only_the_municipality_answers_for_itself_and_only_who_manages_schemes_sends() -> None:
    own, other = _municipality("GM9901"), _municipality("GM9902")
    offer = _sent()
    kinds = ("beheerder", "tekenbevoegde", "adviseur", "controller")
    others = [acting(a_role(kind, email=f"{kind}.aanbod@voorbeeld.invalid")) for kind in kinds]
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    before = snapshot("offers")
    for actor in (*others, elsewhere, own, Actor("visitor")):
        with pytest.raises(NotAllowed):
            send_offer(actor=actor, province=PROVINCE, title="Hulp", text="Hulp", due=DUE)
    for actor in (*others, elsewhere, other, _officer(), Actor("visitor")):
        with pytest.raises(NotAllowed):
            answer_offer(actor=actor, offer=offer.public_id, municipality="GM9901", kind="ja")
    for wrong, refusal in (
        ({"kind": "misschien"}, NotValid),
        ({"kind": "anders"}, NotValid),
        ({"offer": "bestaatniet"}, NotFound),
    ):
        with pytest.raises(refusal):
            answer_offer(actor=own, **{"offer": offer.public_id, "municipality": "GM9901", "kind": "ja", **wrong})
    assert snapshot("offers") == before


def test_a_municipality_answers_in_two_clicks() -> None:
    client = browser(_municipality("GM9901"))
    assert "Er is nu geen aanbod" in client.get("/gemeente/aanbod").content.decode()
    page = browser(_officer()).post(
        "/beheer/aanbod", {"titel": "Noodopvang", "tekst": "Bedden en eten.", "tot": f"{DUE.day}-{DUE.month}-{DUE.year}"}
    )
    path = f"/gemeente/aanbod/{page['Location'].rsplit('/', 1)[-1]}/GM9901"
    assert path in client.get("/gemeente/aanbod").content.decode()
    assert "Geef dit antwoord" in client.get(path, {"antwoord": "ja"}).content.decode()
    wrong = client.post(path, {"antwoord": "anders", "nodig": ""})
    assert (wrong.status_code, "Schrijf op wat uw gemeente nodig heeft" in wrong.content.decode()) == (400, True)
    assert client.post(path, {"antwoord": "ja"}).status_code == 302
    assert "Ja, wij willen deze hulp" in client.get(path).content.decode()
    assert client.get(path.replace("GM9901", "GM9902")).status_code == 403
    assert Client().get(path).status_code != 200


def test_many_municipalities_take_as_many_questions_as_few(own_home: Any) -> None:
    few = _sent()
    _known([(f"GM98{number:02d}", f"Denkdorp {number}") for number in range(20)], own_home)
    many = _sent()
    assert many.offered.count() >= 20
    counts = []
    for offer in (few, many):
        with CaptureQueriesContext(connection) as asked:
            counted(stands_of(offer))
        counts.append(len(asked))
    assert counts[0] == counts[1]
