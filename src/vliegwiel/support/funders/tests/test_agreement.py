"""An agreement takes two persons, is dated, and never changes unseen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.agree_terms import propose_terms, return_terms, sign_terms
from vliegwiel.support.funders.models import AgreementTerms
from vliegwiel.support.funders.rules import Promise, followed_amount, problems_of, shared_again
from vliegwiel.support.funders.stand import terms_now
from vliegwiel.support.funders.tests.given import EURO, agreed, booked, changed, proposed, terms
from vliegwiel.support.grants.tests.officers import a_signer, an_officer, days_later

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_terms_hold_only_once_a_second_person_with_a_mandate_for_all_of_it_signed() -> None:
    waiting = proposed()
    assert terms_now(waiting.agreement) is None
    with pytest.raises(NotAllowed):
        sign_terms(actor=an_officer(), terms=waiting.public_id, seen=waiting.content_hash)
    with pytest.raises(NotValid):
        sign_terms(actor=a_signer(), terms=waiting.public_id, seen="anders")
    done = sign_terms(actor=a_signer(), terms=waiting.public_id, seen=waiting.content_hash)
    assert terms_now(done.agreement) == done
    with pytest.raises(NotNow):
        sign_terms(actor=a_signer(), terms=waiting.public_id, seen=waiting.content_hash)


def test_terms_that_were_sent_back_do_not_hold_and_make_way_for_a_new_proposal() -> None:
    first = proposed()
    with pytest.raises(NotNow, match="Er ligt al een voorstel"):
        propose_terms(actor=an_officer(), province=PROVINCE, agreement=first.agreement.public_id, terms=terms())
    return_terms(actor=a_signer(), terms=first.public_id, why="Te veel.")
    second = propose_terms(actor=an_officer(), province=PROVINCE, agreement=first.agreement.public_id, terms=terms())
    assert (second.number, terms_now(first.agreement)) == (2, None)


def test_new_terms_hold_from_their_day_and_what_was_before_keeps_its_own() -> None:
    agreement = agreed()
    first = terms_now(agreement)
    with days_later(10):
        later = changed(agreement, per_award=EURO(5_000))
        assert terms_now(agreement) == later
        assert terms_now(agreement, clock.today() - timedelta(days=1)) == first
        with pytest.raises(NotValid, match="nog niet compleet") as refusal:
            changed(agreement, starts=clock.today() - timedelta(days=1))
        assert "op zijn vroegst vandaag" in " ".join(refusal.value.details)
    assert AgreementTerms.objects.filter(agreement=agreement).count() == 2


def test_nobody_promises_less_than_was_put_in() -> None:
    agreement = agreed()
    booked(agreement)
    with pytest.raises(NotValid) as refusal:
        changed(agreement, promised={YEAR: Promise(EURO(2_000), EURO(2_000))})
    assert "al € 3.000,00 ingelegd".replace("€ ", "€\u00a0") in " ".join(refusal.value.details)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "iets"}, "Kies hoe"),
        ({"handled_by": "iemand"}, "Kies wie"),
        ({"kind": "apart"}, "eigen deel"),
        ({"kind": "crowd", "handled_by": "province"}, "platform"),
        ({"promised": {}}, "Vul voor 2026"),
        ({"promised": {YEAR: Promise(EURO(1), EURO(2))}}, "verdubbelt"),
        ({"promised": {YEAR: Promise(EURO(1), EURO(1)), 2031: Promise(EURO(1), EURO(1))}}, "2031"),
        ({"per_initiative": EURO(1)}, "hoogste bedrag"),
        ({"kind": "crowd", "unlock": 60, "share": 50}, "100 procent"),
        ({"ceiling": ""}, "plafond"),
        ({"naming": " "}, "gevers"),
        ({"ground": ""}, "besluit"),
        ({"aid": ""}, "staatssteun"),
        ({"follow": True}, "welk bedrag"),
        ({"headings": (("niets", "Iets"),)}, "niets"),
    ],
)
def test_what_lacks_in_terms_is_said_in_one_line(change: dict[str, Any], said: str) -> None:
    lacks = problems_of(terms(**change), cost_kinds=("materiaal",))
    assert len(lacks) == 1
    assert said in lacks[0]


def test_what_is_settled_lower_is_shared_in_proportion_to_the_cent() -> None:
    for total in range(0, 101):
        province, fund = shared_again(Money(total), Money(51), Money(50))
        assert (province + fund, province.cents <= 51, fund.cents <= 50) == (Money(total), True, True)
    assert followed_amount(Money(100), Money(300), Money(300)) == Money(100)
