"""Made-up partners and tasks of the demo, in each state, made by the real actions."""

from datetime import timedelta

from django.conf import settings

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.outreach.actions.ask_outreach import OutreachWish, ask_outreach
from vliegwiel.support.outreach.actions.do_outreach import note_contact, stop_outreach, take_outreach
from vliegwiel.support.outreach.actions.keep_partners import PartnerContact, register_partner
from vliegwiel.support.outreach.models import OutreachTask
from vliegwiel.support.outreach.reach import Wish, reach_list
from vliegwiel.support.schemes.demo import acting

_PARTNERS = (
    ("Verzonnen moskee De Maan", ("faith", "newcomers"), "Kookt elke vrijdag voor de straat."),
    ("Verzonnen voetbalclub Altijd Buiten", ("young", "parents"), "Kent bijna alle jongeren van het dorp."),
    ("Verzonnen kapsalon Krul", ("alone", "older"), "Hoort wat er speelt."),
)


def build(province: str) -> int:
    """Make the partners and tasks that are not there yet; returns how many tasks there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen taken horen alleen in een voorbeeld.", code="no-demo")
    adviser, officer = acting("adviseur", province), acting("programma", province)
    if not OutreachTask.objects.filter(province=province).exists():
        agreed = PartnerContact("V. Zonnen", "", "0600000000", "zei het aan de telefoon")
        partners = [
            register_partner(actor=adviser, province=province, name=name, about=about, groups=groups, contact=agreed)
            for name, groups, about in _PARTNERS
        ]
        rows = reach_list(province, Wish())[:4]
        made = []
        for number, row in enumerate(rows):
            with clock.at(clock.now() - timedelta(days=10 - number)):
                wish = OutreachWish(
                    row.area.code,
                    adviser.id,
                    clock.today() + timedelta(days=40),
                    groups=("young", "alone"),
                    partner=partners[number % len(partners)].public_id,
                )
                made.append(ask_outreach(actor=officer, province=province, wish=wish).public_id)
        for task in made[1:]:
            with clock.at(clock.now() - timedelta(days=5)):
                take_outreach(actor=adviser, task=task)
        for task in made[2:]:
            note_contact(
                actor=adviser,
                task=task,
                on=clock.today() - timedelta(days=2),
                how="street",
                told="Mensen missen een plek om elkaar te zien. Een paar willen zelf wel iets beginnen.",
                people=6,
            )
        for task in made[3:]:
            stop_outreach(actor=officer, task=task, reason="De mensen daar willen eerst hun eigen feest afmaken.")
    return OutreachTask.objects.filter(province=province).count()
