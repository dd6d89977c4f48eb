"""The made-up crisis of the demo with one offer of help, and the answer of the municipality that people can sign in for."""

from datetime import timedelta

from django.conf import settings

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.offers.actions.answer_offer import answer_offer
from vliegwiel.support.offers.actions.send_offer import send_offer
from vliegwiel.support.offers.models import HelpOffer, OfferedTo
from vliegwiel.support.schemes.demo import acting
from vliegwiel.support.schemes.public import crisis_of, end_crisis, start_crisis


def build(province: str) -> int:
    """Send one offer and answer it for one municipality; returns to how many it went. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen hulp hoort alleen in een voorbeeld.", code="no-demo")
    if not HelpOffer.objects.filter(province=province).exists():
        officer, running = acting("programma", province), crisis_of(province)
        crisis = running or _a_storm(officer, province)
        offer = send_offer(
            actor=officer,
            province=province,
            title="Een opvangplek voor inwoners",
            text="Wij betalen bedden, eten en vrijwilligers. U zegt waar en vanaf wanneer.",
            due=clock.today() + timedelta(days=10),
        )
        first = offer.offered.order_by("municipality")[0].municipality
        answer_offer(actor=acting("gemeente", province), offer=offer.public_id, municipality=first, kind="ja")
        if not running:
            end_crisis(actor=officer, crisis=crisis)  # so that pages for everybody read as on a usual day
    return OfferedTo.objects.filter(offer__province=province).count()


def _a_storm(officer: Actor, province: str) -> str:
    reason = "Een oefening: het waait heel hard."
    return start_crisis(actor=officer, province=province, name="Verzonnen storm", reason=reason).public_id
