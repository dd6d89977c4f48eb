"""Tables of facilities, money, schemes and what residents do, in the data catalogue: of rooms on both sides of it, so they meet here."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.budgets.models import Programme
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.monitor.public import OpenTable
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.schemes.models import Scheme


def _money_is_made_up() -> bool:
    return Programme.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _schemes_are_made_up() -> bool:
    return Scheme.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _facilities_are_made_up() -> bool:
    return Facility.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _licence_of_facilities() -> str:
    """What came from OpenStreetMap stays under its licence, also in a list of more."""
    from_map = Facility.objects.filter(province=settings.VLIEGWIEL_PROVINCE).filter(
        Q(source__icontains="openstreetmap") | Q(key__startswith="node/") | Q(key__startswith="way/")
    )
    return "ODbL 1.0" if from_map.exists() else "CC0 1.0"


def _register_is_made_up() -> bool:
    return RegisterEntry.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _initiatives_are_made_up() -> bool:
    return Initiative.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _places_are_made_up() -> bool:
    return MeetingPlace.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


def _challenges_are_made_up() -> bool:
    return Challenge.objects.filter(province=settings.VLIEGWIEL_PROVINCE, made_up=True).exists()


TABLES = [
    OpenTable(
        "voorzieningen",
        _("Voorzieningen"),
        _("Scholen, huisartsen, winkels, dorpshuizen en meer: waar ze staan, wanneer ze open zijn en wat het kost."),
        "/api/v1/voorzieningen",
        ("voorziening", "zorg", "onderwijs", "ontmoetingsplek"),
        _facilities_are_made_up,
        ("HEAL", "SOCI"),
        _licence_of_facilities,
        "/ogc/v1/collections/voorzieningen/items",
    ),
    OpenTable(
        "initiatieven",
        _("Initiatieven van inwoners"),
        _("Wat inwoners beginnen: waarover, waar ongeveer en in welke fase."),
        "/api/v1/initiatieven",
        ("initiatief", "inwoners", "leefbaarheid"),
        _initiatives_are_made_up,
    ),
    OpenTable(
        "ontmoetingsplekken",
        _("Ontmoetingsplekken"),
        _("Waar mensen elkaar ontmoeten: wat er kan, en wie er naar binnen kan."),
        "/api/v1/ontmoetingsplekken",
        ("ontmoetingsplek", "dorpshuis", "toegankelijkheid"),
        _places_are_made_up,
    ),
    OpenTable(
        "uitdagingen",
        _("Uitdagingen van inwoners"),
        _("Inwoners die een taak van de overheid willen doen, met het antwoord en de redenen."),
        "/api/v1/uitdagingen",
        ("uitdaagrecht", "participatie"),
        _challenges_are_made_up,
    ),
    OpenTable(
        "subsidies",
        _("Subsidieregister"),
        _("Wie subsidie kreeg, waarvoor en hoeveel. Inwoners staan er zonder naam in."),
        "/api/v1/subsidies",
        ("subsidie", "subsidieregister"),
        _register_is_made_up,
    ),
    OpenTable(
        "regelingen",
        _("Regelingen voor subsidie"),
        _("Waarvoor er subsidie is, voor wie en hoeveel."),
        "/api/v1/regelingen",
        ("subsidie", "regeling"),
        _schemes_are_made_up,
    ),
    OpenTable(
        "openstellingen",
        _("Wanneer regelingen open zijn"),
        _("Van wanneer tot wanneer, hoeveel geld er is en wat er over is."),
        "/api/v1/openstellingen",
        ("subsidie", "openstelling", "plafond"),
        _schemes_are_made_up,
    ),
    OpenTable(
        "budgetten",
        _("Budgetten van de provincie"),
        _("Elke budgetpost met de stand op een dag: vrij, verleend en betaald."),
        "/api/v1/budgetten",
        ("budget", "krediet"),
        _money_is_made_up,
    ),
    OpenTable(
        "plafonds",
        _("Plafonds"),
        _("Het hoogste bedrag dat in een tijd verleend mag worden."),
        "/api/v1/plafonds",
        ("plafond", "subsidie"),
        _money_is_made_up,
    ),
    OpenTable(
        "instrumenten",
        _("Instrumenten van de provincie"),
        _("Waarmee de provincie aan een doel werkt: subsidie, een opdracht, een lening."),
        "/api/v1/instrumenten",
        ("instrument", "beleid"),
        _money_is_made_up,
    ),
]
