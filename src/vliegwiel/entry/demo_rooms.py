"""What each room builds for a demo, by its real actions and in an order in which one may lean on another."""

from contextlib import suppress
from datetime import timedelta

import click

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow

#: The made-up people were there before what they did.
_WORKED_SINCE = timedelta(days=500)
#: The province whose history `--full` lives again.
HISTORY_PROVINCE = "PV20"
#: The file in `VLIEGWIEL_HOME/demo` with made-up places of a real province; it is there only when they are.
PLACES = "verzonnen_plaatsen.gpkg"


def complete() -> None:
    """What a demo holds beside its figures, people and history; harmless when repeated."""
    from vliegwiel.entry import warm

    _release_outcomes()
    _build_surveys()
    _build_fieldwork()
    _build_facilities()
    _build_budgets()
    _build_letters()
    _build_schemes()
    _build_applications()
    _build_afterwards()
    _build_funders()
    _build_direct_grants()
    _build_archive()
    _build_offers()
    _build_initiatives()
    _build_supporters()
    _build_desk()
    _build_experts()
    _build_challenges()
    _build_outreach()
    _build_confidential()
    for line in warm.prepare():
        click.echo(f"  {line}")


def one_province() -> None:
    """A home holds one demo: figures of a made-up province beside a real one would look real. NotNow names what to do."""
    from django.conf import settings

    from vliegwiel.foundation.people import demo as people

    others = people.provinces() - {settings.VLIEGWIEL_PROVINCE}
    if others:
        raise NotNow(
            f"In {settings.VLIEGWIEL_HOME} staat al een voorbeeld van {', '.join(sorted(others))}. "
            f"Een voorbeeld van {settings.VLIEGWIEL_PROVINCE} heeft een eigen map nodig. Er is niets veranderd.",
            code="another-province",
            details=(
                f"Zet dit voor uw opdracht: VLIEGWIEL_HOME=var-{settings.VLIEGWIEL_PROVINCE.lower()}",
                f"Of gooi {settings.VLIEGWIEL_HOME} weg en begin opnieuw.",
            ),
        )


def build_people() -> None:
    """The made-up people of the province, who were there before what they did."""
    from django.conf import settings

    from vliegwiel.foundation.people import demo as people
    from vliegwiel.kernel import clock

    with clock.at(clock.now() - _WORKED_SINCE):
        count = people.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen mensen, een per rol. Inloggen kan op /inloggen.")


def _build_surveys() -> None:
    from django.conf import settings

    from vliegwiel.see.surveys import demo as surveys

    count = surveys.build(settings.VLIEGWIEL_PROVINCE)
    if count:  # in a real province nobody's answers are made up
        click.echo(f"  {count} verzonnen metingen van een enquête. Bekijk ze op /enquetes.")


def _build_fieldwork() -> None:
    from django.conf import settings

    from vliegwiel.see.fieldwork import demo as fieldwork

    count = fieldwork.build(settings.VLIEGWIEL_PROVINCE)
    if count:  # in a real province nobody is asked in our name
        click.echo(f"  {count} verzonnen enquêtes in het veld. Doe mee op /meedoen.")


def _build_facilities() -> None:
    from django.conf import settings

    from vliegwiel.see.facilities import demo as facilities

    count = facilities.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen voorzieningen, met wegen. Bekijk ze op /voorzieningen.")


def _build_budgets() -> None:
    from django.conf import settings

    from vliegwiel.foundation.budgets import demo as budgets

    count = budgets.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen programma, met krediet, een plafond en betalingen. Bekijk het op /geld.")


def _build_schemes() -> None:
    from django.conf import settings

    from vliegwiel.support.schemes import demo as schemes

    click.echo(f"  {schemes.build(settings.VLIEGWIEL_PROVINCE)} verzonnen regelingen. Bekijk ze op /regelingen.")


def _build_applications() -> None:
    from django.conf import settings

    from vliegwiel.support.grants import demo as grants

    count = grants.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen aanvragen, in elke stand. Log in als programmamedewerker.")


def _build_afterwards() -> None:
    from django.conf import settings

    from vliegwiel.support.objections import demo as objections
    from vliegwiel.support.settlements import demo as settlements

    grants, against = settlements.build(settings.VLIEGWIEL_PROVINCE), objections.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {grants} verzonnen subsidies na het besluit en {against} bezwaren. Log in als programmamedewerker.")


def _build_funders() -> None:
    from django.conf import settings

    from vliegwiel.support.funders import demo as funders

    count = funders.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen afspraken met een fonds. Log in als programmamedewerker of als fonds.")


def _build_direct_grants() -> None:
    from django.conf import settings

    from vliegwiel.support.direct_grants import demo as direct_grants

    count = direct_grants.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen subsidies zonder regeling. Log in als programmamedewerker.")


def _build_initiatives() -> None:
    """A few dozen; in the province of the history 1,500 over three years, telling every hundred how far it is."""
    from django.conf import settings

    from vliegwiel.support.initiatives import demo as initiatives

    full = settings.VLIEGWIEL_PROVINCE == HISTORY_PROVINCE

    def _told(done: int, wanted: int) -> None:
        if full and done % 100 == 0:
            click.echo(f"  {done} van {wanted} verzonnen initiatieven")

    count = initiatives.build(settings.VLIEGWIEL_PROVINCE, initiatives.FULL if full else initiatives.USUAL, _told)
    click.echo(f"  {count} verzonnen initiatieven, met plekken en aanbod. Bekijk ze op /initiatieven.")


def _build_supporters() -> None:
    from django.conf import settings

    from vliegwiel.support.supporters import demo as supporters

    count = supporters.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen dorpsondersteuners, met vragen aan overheden. Bekijk het op /ruimte-en-rugdekking.")


def _build_archive() -> None:
    from django.conf import settings

    from vliegwiel.support.archive import demo as archive

    click.echo(f"  {archive.build(settings.VLIEGWIEL_PROVINCE)} dossier dat altijd blijft. Log in als archivaris.")


def _build_offers() -> None:
    from django.conf import settings

    from vliegwiel.support.offers import demo as offers

    click.echo(f"  1 aanbod van hulp aan {offers.build(settings.VLIEGWIEL_PROVINCE)} gemeenten. Bekijk het op /beheer/aanbod.")


def _build_desk() -> None:
    from django.conf import settings

    from vliegwiel.support.desk import demo as desk

    click.echo(f"  {desk.build(settings.VLIEGWIEL_PROVINCE)} verzonnen vragen aan het loket. Vertel uw idee op /loket.")


def _build_outreach() -> None:
    from django.conf import settings

    from vliegwiel.support.outreach import demo as outreach

    count = outreach.build(settings.VLIEGWIEL_PROVINCE)
    click.echo(f"  {count} verzonnen taken om ergens naartoe te gaan. Bekijk ze op /werk/bereik, als adviseur.")


def _build_confidential() -> None:
    from django.conf import settings

    from vliegwiel.support.confidential import demo as confidential

    confidential.build(settings.VLIEGWIEL_PROVINCE)
    click.echo("  1 verzonnen vertrouwelijk team met zaken. Log in als medewerker van een vertrouwelijk team.")


def _build_experts() -> None:
    """Each request at the next made-up case that runs, asked by its adviser."""
    from django.conf import settings

    from vliegwiel.support.desk import demo as desk
    from vliegwiel.support.experts import demo as experts

    count = experts.build(settings.VLIEGWIEL_PROVINCE, desk.asker_of_experts(settings.VLIEGWIEL_PROVINCE))
    click.echo(f"  {count} verzonnen verzoeken om een deskundige. Bekijk de pool op /deskundigen.")


def _build_challenges() -> None:
    from django.conf import settings

    from vliegwiel.support.challenges import demo as challenges

    click.echo(f"  {challenges.build(settings.VLIEGWIEL_PROVINCE)} verzonnen uitdagingen. Bekijk ze op /uitdagingen.")


def _build_letters() -> None:
    from django.conf import settings

    from vliegwiel.foundation.papers import demo as papers

    click.echo(f"  {papers.build(settings.VLIEGWIEL_PROVINCE)} verzonnen brieven om mee te oefenen.")


def _release_outcomes() -> None:
    """Every outcome of the index, laid before the municipalities so long ago that everybody may see it today."""
    from django.conf import settings

    from vliegwiel.kernel import clock
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.monitor import outcomes
    from vliegwiel.see.monitor.actions.release_index import release_index

    with clock.at(clock.now() - timedelta(days=30)):
        for year in areas.years():
            if outcomes.standing_of(settings.VLIEGWIEL_PROVINCE, year).release is None:
                with suppress(NotNow):  # of most years too little is known
                    release_index(actor=Actor.system("demo"), province=settings.VLIEGWIEL_PROVINCE, year=year)
