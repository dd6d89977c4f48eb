"""What happened to the made-up grants of the demo after their decision, by the real actions at moments that fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings

from vliegwiel.connect.bank import fake
from vliegwiel.foundation.budgets.actions.confirm_payments import confirm_payments
from vliegwiel.foundation.budgets.actions.release_batch import prepare_batch, release_batch, send_batch
from vliegwiel.foundation.budgets.files import payment_file
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.demo import application_of
from vliegwiel.support.schemes.demo import acting
from vliegwiel.support.settlements.actions.collect_claim import receive_money
from vliegwiel.support.settlements.actions.decide_later import propose_later_decision, sign_later_decision
from vliegwiel.support.settlements.actions.hear_recipient import answer_intention, tell_intention
from vliegwiel.support.settlements.actions.order_payment import order_payment
from vliegwiel.support.settlements.actions.send_report import send_report
from vliegwiel.support.settlements.files import GrantFile, due_payments
from vliegwiel.support.settlements.models import Claim, LaterDecision
from vliegwiel.support.settlements.proposals import Proposal

_RUNNING, _REPORTED = "Een speelplek bij het water", "Muziekles in de oude kerk"
_SETTLED, _CLAIMED = "Een bakfiets voor de buurt", "Een tentoonstelling over het dorp"
_ACCOUNT, _NAME = "NL18RABO0123459876", "Provincie Verzonnenland"
_TOLD = {
    "gedaan": "ja",
    "verhaal": "Wij deden wat in ons plan stond. Buren hielpen mee.",
    "deelnemers": 45,
    "bereikt": "Mensen die elkaar niet kenden, zien elkaar nu elke week.",
    "gaat": "Het gaat door. De groep is groter dan bij het begin.",
}


def build(province: str) -> int:
    """Bring grants of the demo to where officers meet them after the decision; returns how many. Harmless when repeated."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen vaststellingen horen alleen in een voorbeeld.", code="no-demo")
    names = {title: application_of(province, title) for title in (_RUNNING, _REPORTED, _SETTLED, _CLAIMED)}
    found = {title: name for title, name in names.items() if name}
    for title, name in found.items():
        if GrantFile(name).payments:
            continue
        _paid(province, name, 100 if title == _RUNNING else 21)
        if title != _RUNNING:
            _told(name)
        if title == _SETTLED:
            _settled(province, name)
        if title == _CLAIMED:
            _claimed(province, name)
    return len(found)


@contextmanager
def _after(name: str, days: int) -> Iterator[GrantFile]:
    """So many days after the decision on this grant; the file as it is then."""
    file = GrantFile(name)
    taken = file.decision.taken_at
    with clock.at(min((taken or clock.now()) + timedelta(days=days), clock.now())):
        yield file


def _paid(province: str, name: str, days: int) -> None:
    """The first part of the plan, so many days after the decision: in three weeks, or so late that we owe interest."""
    with _after(name, days) as file:
        first = due_payments(file)[0].instalment
        payment = order_payment(actor=acting("programma", province), application=name, instalment=first.id)
        _the_bank_pays(province, payment.id)


def _the_bank_pays(province: str, payment: str) -> None:
    """Put in a batch, released by a second person, sent, and confirmed the next day."""
    officer = acting("programma", province)
    batch = prepare_batch(
        actor=officer,
        province=province,
        payments=[payment],
        account=_ACCOUNT,
        account_name=_NAME,
        execute_on=clock.today(),
    )
    release_batch(actor=acting("tekenbevoegde", province), batch=batch.public_id)
    file = payment_file(send_batch(actor=officer, batch=batch.public_id))
    with clock.at(clock.now() + timedelta(days=1)):
        confirm_payments(actor=officer, province=province, content=fake.status_report(file, clock.today()))


def _told(name: str) -> None:
    """The recipient tells how it went, ten days after the end."""
    ends = GrantFile(name).ends
    days = (ends - clock.legal_date(GrantFile(name).decision.taken_at or clock.now())).days if ends else 0
    with _after(name, days + 10) as file:
        kind = file.report_kind
        if ends is None or kind is None:
            raise NotNow("Deze verzonnen subsidie vraagt geen verantwoording.", code="no-report")
        actor = Actor("person", file.grant.applicant, origin="demo")
        send_report(actor=actor, application=name, kind=kind, answers={**_TOLD, "klaar-op": ends.isoformat()}, costs=None)


def _decided(province: str, name: str, proposal: Proposal) -> LaterDecision:
    waiting = propose_later_decision(actor=acting("programma", province), application=name, proposal=proposal)
    return sign_later_decision(actor=acting("tekenbevoegde", province), decision=waiting.public_id, seen=waiting.content_hash)


def _settled(province: str, name: str) -> None:
    """Determined as it was granted; the last part is paid."""
    with _after(name, 130):
        why = "U deed wat in uw plan stond. Wij bekeken wat u ons vertelde."
        _decided(province, name, Proposal("as-granted", "U mag het hele bedrag houden. U krijgt nu de rest.", why))
    with _after(name, 140) as file:
        for payment in file.payments:
            if payment.state == "asked":
                _the_bank_pays(province, payment.id)


def _claimed(province: str, name: str) -> None:
    """Half of it did not go through: heard, determined lower, asked back; a part has come in."""
    officer, why = acting("programma", province), "De helft van de tentoonstelling ging niet door."
    with _after(name, 105):
        until = clock.today() + timedelta(days=14)
        told = "Wij willen uw subsidie lager vaststellen."
        tell_intention(actor=officer, application=name, intention=told, reason=why, until=until)
    with _after(name, 112) as file:
        views = "Dat klopt. De zaal was toch niet vrij. Wij hebben het geld nog."
        answer_intention(actor=Actor("person", file.grant.applicant, origin="demo"), application=name, views=views)
    with _after(name, 125):
        lower = Proposal(
            "lower-a",
            "Wij stellen uw subsidie lager vast.",
            f"{why} U kunt het geld nog teruggeven.",
            amount=Money.euros(4_500),
            views_answer="U schrijft dat u het geld nog hebt. Het bedrag blijft daarom zo.",
        )
        _decided(province, name, lower)
    with _after(name, 130):
        back = Proposal("undue", "Wij vragen terug wat u te veel kreeg.", why, pay_to=_ACCOUNT)
        made = Claim.objects.get(decision=_decided(province, name, back))
    with _after(name, 150):
        receive_money(
            actor=officer, claim=made.public_id, amount=Money.euros(1_000), on=clock.today(), statement="Afschrift V-12, regel 3"
        )
