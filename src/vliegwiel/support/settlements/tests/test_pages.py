"""The pages of a grant after its decision, as a browser asks for them: from the advance to the last cent that came back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_signer, an_assessor, an_officer
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import LaterDecision, Report
from vliegwiel.support.settlements.tests.given import (
    OURS,
    a_claim,
    a_grant,
    a_grant_by_costs,
    after,
    heard,
    paid,
    recipient,
    reported,
    the_bank_pays,
)

pytestmark = pytest.mark.django_db
DUTY = DutyIn("obligation", "4:37", "U hangt een bord op.", evidence="Een foto")
NOTE = {"gedaan": "ja", "klaar-op": "1-3-2026", "verhaal": "Er waren drie avonden."}


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def posted(client: Client, address: str, **form: Any) -> int:
    return client.post(address, form).status_code


def test_from_advance_to_determination_by_the_pages_alone() -> None:
    file = a_grant(duties=(DUTY,))
    at_work, mine, signs = browser(an_officer()), browser(recipient(file)), browser(a_signer())
    number, base = file.grant.number, f"/mijn/aanvragen/{file.name}/geld"
    due = at_work.get("/werk/uitbetalingen").content.decode()
    assert "6.000,00" in due
    assert posted(at_work, "/werk/uitbetalingen", betaling=f"{file.name}/{file.instalments[0].id}") == 302
    the_bank_pays()
    told = mine.get(base).content.decode()
    assert "6.000,00" in told
    assert "U hangt een bord op." in told
    assert posted(mine, f"{base}/verplichting/{file.duties[0].id}", tekst="Het hangt.") == 302
    assert (
        posted(at_work, f"/werk/vaststellingen/{number}/verslag", doe="bewijs", verplichting=file.duties[0].id, oordeel="ja")
        == 302
    )
    assert posted(mine, f"{base}/tussenbericht", doe="versturen", gaat="Het gaat goed.") == 302
    assert posted(mine, f"{base}/verslag", doe="bewaren", gedaan="ja") == 302
    assert posted(mine, f"{base}/verslag", doe="versturen", gedaan="ja") == 400
    assert posted(mine, f"{base}/verslag", doe="versturen", **NOTE) == 302
    assert "Vast te stellen" in at_work.get("/werk/vaststellingen").content.decode()
    proposal = {"doe": "voorstellen", "grond": "as-granted", "kort": "U houdt alles.", "motivering": "Alles is gedaan."}
    assert posted(at_work, f"/werk/vaststellingen/{number}/besluit", **proposal) == 302
    waiting = LaterDecision.objects.get()
    read = signs.get(f"/werk/vaststellingen/{number}/besluit").content.decode()
    assert "Onderteken en verstuur" in read
    assert waiting.content_hash in read
    sign = {"doe": "ondertekenen", "besluit": waiting.public_id, "gelezen": waiting.content_hash}
    assert posted(signs, f"/werk/vaststellingen/{number}/besluit", **sign) == 302
    the_bank_pays()
    assert GrantFile(file.name).money.paid == Money.euros(8_000)
    assert "Uw subsidie is" in mine.get(base).content.decode()
    assert verify().broken == []


def test_lower_with_a_reaction_and_money_that_comes_back_by_the_pages_alone() -> None:
    file = reported(paid(a_grant()))
    at_work, mine, signs = browser(an_officer()), browser(recipient(file)), browser(a_signer())
    place, base = f"/werk/vaststellingen/{file.grant.number}", f"/mijn/aanvragen/{file.name}/geld"
    told = {"doe": "horen", "voornemen": "Wij verlagen.", "reden": "Eén avond ging niet door.", "dag": "2026-01-26"}
    assert posted(at_work, f"{place}/besluit", **told) == 302
    assert "Reageer op wat wij van plan zijn" in mine.get(base).content.decode()
    assert posted(mine, f"{base}/reageren", reactie=" ") == 400
    assert posted(mine, f"{base}/reageren", reactie="De zaal was dicht.") == 302
    lower = {"doe": "voorstellen", "grond": "lower-a", "bedrag": "4.000", "kort": "Het wordt minder.", "motivering": "Eén avond."}
    assert posted(at_work, f"{place}/besluit", **lower) == 400
    assert posted(at_work, f"{place}/besluit", **lower, reactie="Dat verandert het niet.") == 302
    _signed(signs, place)
    back = {"doe": "voorstellen", "grond": "undue", "rekening": OURS, "kort": "U betaalt terug.", "motivering": "Te veel."}
    assert posted(at_work, f"{place}/besluit", **back) == 302
    _signed(signs, place)
    claim = GrantFile(file.name).claims[0]
    assert "U betaalt nog terug" in mine.get(base).content.decode()
    received = {"doe": "ontvangen", "vordering": claim.public_id, "bedrag": "2.000", "dag": "2026-01-05", "afschrift": "12"}
    assert posted(at_work, f"{place}/vordering", **received) == 302
    assert "Alles is binnen" in at_work.get(f"{place}/vordering").content.decode()
    assert verify().broken == []


def _signed(signs: Client, place: str) -> None:
    waiting = LaterDecision.objects.get(taken_at=None, returned_at=None)
    sign = {"doe": "ondertekenen", "besluit": waiting.public_id, "gelezen": waiting.content_hash}
    assert posted(signs, f"{place}/besluit", **sign) == 302


def test_costs_are_typed_beside_the_plan_and_must_add_up() -> None:
    file = paid(a_grant_by_costs())
    mine = browser(recipient(file))
    place = f"/mijn/aanvragen/{file.name}/geld/verslag"
    seen = mine.get(place).content.decode()
    assert "In het plan:" in seen
    form = {**NOTE, "deelnemers": "40", "bereikt": "Buren kennen elkaar.", "post-1": "9.000", "anderen": "500"}
    answer = mine.post(place, {**form, "samen": "9.001", "doe": "versturen"})
    assert answer.status_code == 400
    assert "Kijk welke post niet klopt" in answer.content.decode()
    assert posted(mine, place, **form, samen="negen", doe="versturen") == 400
    assert posted(mine, place, **form, samen="9.000", doe="bewaren") == 302
    assert "9000,00" in mine.get(place).content.decode()
    assert posted(mine, place, **form, samen="9.000", doe="versturen") == 302
    report = Report.objects.get(sent_on__isnull=False)
    assert (report.total, report.others_money) == (Money.euros(9_000), Money.euros(500))


def test_a_change_and_another_account_are_asked_on_their_own_page() -> None:
    file = paid(a_grant())
    mine, at_work = browser(recipient(file)), browser(an_officer())
    base = f"/mijn/aanvragen/{file.name}/geld"
    assert posted(mine, f"{base}/wijzigen", wat="Later.", waarom="") == 400
    until = (clock.today() + timedelta(days=200)).strftime("%d-%m-%Y")
    assert posted(mine, f"{base}/wijzigen", wat="Later klaar.", waarom="Ziekte.", einde=until) == 302
    assert "Verzoeken om iets te veranderen" in at_work.get("/werk/vaststellingen").content.decode()
    decided = {"doe": "wijziging", "besluit": "ja", "motivering": "Dat kan."}
    assert posted(at_work, f"/werk/vaststellingen/{file.grant.number}/verslag", **decided) == 302
    assert posted(mine, f"{base}/rekening", rekening="NL00", naam="X") == 400
    assert posted(mine, f"{base}/rekening", rekening="BE68539007547034", naam="Vereniging Verzonnen Plein") == 302
    assert "BE68539007547034" in mine.get(base).content.decode()


PARTS = ("geld", "verslag", "besluit", "vordering")


def test_every_part_of_the_file_opens_in_every_stage_for_who_settles_and_who_signs() -> None:
    claim = a_claim(reported(paid(a_grant(duties=(DUTY,)))))
    files = [a_grant(), paid(a_grant_by_costs()), heard(reported(paid(a_grant()))), GrantFile(claim.application)]
    for actor in (an_officer(), a_signer()):
        client = browser(actor)
        for file in files:
            for part in PARTS:
                assert client.get(f"/werk/vaststellingen/{file.grant.number}/{part}").status_code == 200, (file.grant.state, part)
    with after(400):
        late = browser(an_officer())
        assert "te laat" in late.get("/werk/vaststellingen").content.decode()
        assert "rente" in late.get(f"/werk/vaststellingen/{claim.number}/vordering").content.decode()


def test_only_who_it_is_for_opens_a_page() -> None:
    file = paid(a_grant())
    base, place = f"/mijn/aanvragen/{file.name}/geld", f"/werk/vaststellingen/{file.grant.number}"
    for path in (base, place, "/werk/uitbetalingen", "/werk/vaststellingen", "/werk/misbruik"):
        assert Client().get(path).status_code in (302, 403), path
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    for actor in (a_resident("vreemde@voorbeeld.invalid"), an_assessor(), elsewhere):
        client = browser(actor)
        assert client.get(base).status_code == 403
        assert client.get(place).status_code == 403
    assert browser(an_officer()).get(base).status_code == 403
    assert browser(recipient(file)).get(place).status_code == 403
    assert browser(a_signer()).get("/werk/uitbetalingen").status_code == 403


def test_misuse_is_kept_after_hearing_and_read_by_two_roles_only() -> None:
    file = paid(a_grant())
    controller: Actor = acting(a_role("controller", email="controller@voorbeeld.invalid"))
    client = browser(controller)
    entry = {"nummer": file.grant.number, "wat": "Het geld ging naar iets anders."}
    assert posted(client, "/werk/misbruik", **entry) == 400
    heard(file, views="Dat klopt niet.")
    assert posted(client, "/werk/misbruik", **entry) == 400
    assert posted(client, "/werk/misbruik", **entry, reactie="De bonnen laten het zien.") == 302
    assert "iets anders" in client.get("/werk/misbruik").content.decode()
    for actor in (an_officer(), a_signer(), recipient(file)):
        assert browser(actor).get("/werk/misbruik").status_code == 403
