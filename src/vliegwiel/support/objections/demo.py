"""Objections in the demo, by the real actions: one that just came, one with a hearing planned, one that was dismissed, and one that was
upheld with its costs; and someone who writes that we are late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms.holidays import next_ordinary_day
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.demo import application_of
from vliegwiel.support.grants.public import DecisionFacts, decisions_of, grant_of
from vliegwiel.support.objections.actions.ask_costs import ask_costs
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.actions.handle_objection import take_objection
from vliegwiel.support.objections.actions.hear_objection import invite_to_hearing, report_hearing
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.costs import Reimbursement
from vliegwiel.support.objections.models import DefaultNotice, Objection
from vliegwiel.support.objections.outcomes import ProposedOutcome
from vliegwiel.support.objections.tasks import issue_notice_receipt, issue_receipt
from vliegwiel.support.schemes.demo import acting

_DECIDED, _PLANNED, _NEW = "Een tuin op het dak", "Een avond met verhalen", "Een ruilkast bij de bushalte"
_UPHELD, _LATE = "Een bank bij de brug", "Een schommel voor groot en klein"
_GROUNDS = {
    _DECIDED: "Wij kochten alleen zaden, om te proberen of er iets groeit. Dat is toch nog geen begin?",
    _PLANNED: "De stoelen die u noemt, had onze vereniging al. Wij kochten niets voor dit plan.",
    _UPHELD: "Het hout op de foto is van de buurman. Wij kochten nog niets.",
    _NEW: "De kast kregen wij gratis. Wij waren dus nog niet begonnen.",
}
_PLACE = "Het provinciehuis van Verzonnenland, kamer 1"


def build(province: str) -> int:
    """Make the objections that are not there yet; returns how many there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen bezwaren horen alleen in een voorbeeld.", code="no-demo")
    names = {title: application_of(province, title) for title in _GROUNDS}
    for title, name in names.items():
        if not name or Objection.objects.filter(application=name).exists():
            continue
        made = _lodged(title, name)
        if title == _UPHELD:
            _upheld(province, made)
        elif title != _NEW:
            _invited(province, made)
        if title == _DECIDED:
            _concluded(province, made)
    _late(application_of(province, _LATE))
    return Objection.objects.filter(province=province).count()


@contextmanager
def _after(name: str, days: int) -> Iterator[DecisionFacts]:
    """So many days after the decision on this application."""
    decision = decisions_of(name)[0]
    with clock.at(min((decision.taken_at or clock.now()) + timedelta(days=days), clock.now())):
        yield decision


def _lodged(title: str, name: str) -> Objection:
    """Two or three weeks after the decision, by the applicant herself."""
    with _after(name, 20 if title == _NEW else 14) as decision:
        actor = Actor("person", grant_of(name).applicant, origin="demo")
        made = lodge_objection(actor=actor, decision=decision.id, grounds=_GROUNDS[title])
        issue_receipt.call(objection=made.public_id)  # the job would do it too, but on the day on which the demo is built
        return made


def _invited(province: str, objection: Objection) -> None:
    """Taken by an officer who was not involved, who invites for a day a month later."""
    officer = acting("tweede-programma", province)
    with _after(objection.application, 30):
        take_objection(actor=officer, objection=objection.public_id)
        on = next_ordinary_day(clock.today() + timedelta(days=30), equated_days())
        invite_to_hearing(actor=officer, objection=objection.public_id, on=on, time="14.00", place=_PLACE)


def _concluded(province: str, objection: Objection) -> None:
    """Heard on that day, and dismissed by a signatory who was not involved."""
    officer = acting("tweede-programma", province)
    with _after(objection.application, 60):
        report_hearing(
            actor=officer,
            objection=objection.public_id,
            hearers=[officer.id],
            chair=officer.id,
            present="de aanvrager",
            report="De aanvrager vertelde wat er in mei al was gekocht. Dat waren ook bakken en aarde.",
            held_on=clock.today(),
        )
    with _after(objection.application, 70):
        dismissed = ProposedOutcome(
            "dismissed",
            "Wij blijven bij ons besluit.",
            "Tijdens het gesprek vertelde u dat u ook bakken en aarde had gekocht. Daarmee was het plan begonnen.",
        )
        waiting = propose_outcome(actor=officer, objection=objection.public_id, proposal=dismissed)
        signer = acting("tweede-tekenbevoegde", province)
        decide_objection(actor=signer, objection=objection.public_id, seen=waiting.content_hash)


def _upheld(province: str, objection: Objection) -> None:
    """Someone with a helper who asked for the costs, was heard, and got the grant after all; the costs wait to be paid."""
    officer, own = acting("tweede-programma", province), Actor("person", objection.objector, origin="demo")
    with _after(objection.application, 20):
        ask_costs(
            actor=own, objection=objection.public_id, text="Een jurist van de wijk schreef mee en ging mee naar het gesprek."
        )
        take_objection(actor=officer, objection=objection.public_id)
        on = clock.today() + timedelta(days=14)
        invite_to_hearing(actor=officer, objection=objection.public_id, on=on, time="10.30", place=_PLACE)
    with _after(objection.application, 34):
        report_hearing(
            actor=officer,
            objection=objection.public_id,
            hearers=[officer.id],
            chair=officer.id,
            present="de aanvrager en een jurist",
            report="De aanvrager liet zien dat het hout van een buurman is. Er was niets gekocht.",
            held_on=clock.today(),
        )
    with _after(objection.application, 45):
        granted = ProposedOutcome(
            "upheld",
            "U krijgt het geld alsnog.",
            "Wij dachten dat u al hout had gekocht. Dat bleek niet zo. Uw plan was nog niet begonnen en past bij de regeling.",
            awarded=Money.euros(5_400),
            public_title=_UPHELD,
            costs=Reimbursement(
                ours=True,
                acts=("objection", "hearing"),
                weight="light",
                others=(("travel", 18_60),),
                why="Wij hadden u eerst moeten vragen van wie het hout was.",
            ),
        )
        waiting = propose_outcome(actor=officer, objection=objection.public_id, proposal=granted)
        signer = acting("tweede-tekenbevoegde", province)
        decide_objection(actor=signer, objection=objection.public_id, seen=waiting.content_hash)


def _late(name: str) -> None:
    """Three days ago the applicant wrote that our decision is late."""
    if not name or DefaultNotice.objects.filter(application=name).exists():
        return
    grant = grant_of(name)
    with clock.at(clock.now() - timedelta(days=3)):
        if grant.pending and grant.due_on is not None and grant.due_on < clock.today():
            actor = Actor("person", grant.applicant, origin="demo")
            made = give_notice(actor=actor, application=name, text="Wij wachten nu ruim acht weken. Wanneer horen wij iets?")
            issue_notice_receipt.call(notice=made.public_id)
