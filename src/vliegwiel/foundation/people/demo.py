"""The made-up people of the demo: one for every role, of organisations that cannot exist, made by the real actions."""

from dataclasses import dataclass

from django.conf import settings

from vliegwiel.catalogue.roles import RoleKind, given_roles, mandate_matters, roles
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.models import Mandate, Organisation, Person, Role
from vliegwiel.foundation.people.queries import current
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money

RESIDENT = "inwoner"
_ORGANISATIONS = {
    "provincie": (
        "Provincie Verzonnenland",
        ("programma", "tekenbevoegde", "controller", "griffie", "bezwaarcommissie", "beheerder"),
    ),
    "gemeente": ("Gemeente Nergensdam", ("gemeente",)),
    "steunorganisatie": ("Steunpunt Denkbeeldig", ("adviseur", "dorpsondersteuner", "deskundige")),
    "fonds": ("Fonds Luchtkasteel", ("fonds",)),
    "instituut": ("Instituut Zogenaamd", ("onderzoeker", "auditor", "adviescommissie")),
    "kennisorganisatie": ("Kennishuis Misschien", ("kennisorganisatie",)),
    "partner": ("Woonvereniging Papierdorp", ("dealpartner",)),
}


@dataclass(frozen=True)
class Button:
    """A button of the demo: sign in as this role, at this organisation."""

    role: RoleKind
    organisation: str


def build(province: str) -> int:
    """Make the organisations and people that are not there yet; returns how many people there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen mensen horen alleen in een voorbeeld.", code="no-demo")
    actor = Actor.system("demo")
    open_account(actor=actor, email=_address(RESIDENT), called=_called(roles()[RESIDENT]), made_up=True)
    for kind, (name, keys) in _ORGANISATIONS.items():
        found = Organisation.objects.filter(name=name, province=province).first()
        organisation = found or add_organisation(actor=actor, name=name, kind=kind, province=province, made_up=True)
        for key in keys:
            if not Role.objects.filter(current(), person__email=_address(key), kind=key).exists():
                give_role(
                    actor=actor,
                    email=_address(key),
                    organisation=organisation.public_id,
                    kind=key,
                    province=province,
                    called=_called(roles()[key]),
                    made_up=True,
                )
    _give_mandates(actor, province)
    return Person.objects.filter(made_up=True).count()


def _give_mandates(actor: Actor, province: str) -> None:
    """The programme officer decides on grants up to 25,000 euros, the signatory on everything without a highest amount."""
    for key, most, matters in (("programma", Money.euros(25_000), ["grants"]), ("tekenbevoegde", None, mandate_matters())):
        role = Role.objects.filter(current(), person__email=_address(key), kind=key, province=province).first()
        if role is None or Mandate.objects.filter(person=role.person).exists():
            continue
        for matter in matters:
            give_mandate(
                actor=actor,
                person=role.person.public_id,
                organisation=role.organisation.public_id,
                province=province,
                matter=matter,
                resolution="Verzonnen mandaatbesluit, nummer 1",
                most=most,
            )


def buttons() -> list[Button]:
    """One button for every role that has a made-up person now; the resident first."""
    names = dict(
        Role.objects.filter(current(), person__made_up=True, person__email__in=[_address(role.key) for role in given_roles()])
        .order_by("pk")
        .values_list("kind", "organisation__name")
    )
    resident = [Button(roles()[RESIDENT], "")] if Person.objects.filter(email=_address(RESIDENT)).exists() else []
    return resident + [Button(role, names[role.key]) for role in given_roles() if role.key in names]


def person_for(key: str) -> Person | None:
    """The made-up person of a role."""
    return Person.objects.filter(email=_address(key), made_up=True, is_active=True).first() if key in roles() else None


def _address(key: str) -> str:
    return f"{key}@voorbeeld.invalid"


def _called(role: RoleKind) -> str:
    return f"Verzonnen {role.name.split(' of ')[0]}"
