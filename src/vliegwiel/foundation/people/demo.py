"""The made-up people of the demo: one for every role, of organisations that cannot exist, made by the real actions."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

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
#: Someone with an account alone, who helps others with what they know.
EXPERT = "deskundige"
#: Roles with a second person in the demo, because what they do takes two.
_IN_PAIRS = ("onderzoeker", "adviescommissie", "programma", "tekenbevoegde", "archivaris", "vertrouwelijk")
SECOND = "tweede-"
_ORGANISATIONS = {
    "provincie": (
        "Provincie Verzonnenland",
        ("programma", "tekenbevoegde", "controller", "griffie", "bezwaarcommissie", "archivaris", "beheerder"),
    ),
    "gemeente": ("Gemeente Nergensdam", ("gemeente", "vertrouwelijk", "teamcoordinator")),
    "steunorganisatie": ("Steunpunt Denkbeeldig", ("adviseur", "dorpsondersteuner", "coordinator")),
    "fonds": ("Fonds Luchtkasteel", ("fonds",)),
    "instituut": ("Instituut Zogenaamd", ("onderzoeker", "veldwerk", "telefonist", "auditor", "adviescommissie")),
    "kennisorganisatie": ("Kennishuis Misschien", ("kennisorganisatie",)),
    "partner": ("Woonvereniging Papierdorp", ("dealpartner",)),
}


@dataclass(frozen=True)
class Button:
    """A button of the demo: sign in as this role, at this organisation. `key` says which person: the role, or the second in it."""

    role: RoleKind
    organisation: str
    key: str
    called: str


def build(province: str) -> int:
    """Make the organisations and people that are not there yet; returns how many people there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen mensen horen alleen in een voorbeeld.", code="no-demo")
    actor = Actor.system("demo")
    for key in (RESIDENT, EXPERT):
        open_account(actor=actor, email=_address(key), called=_called(key), made_up=True)
    for kind, (name, keys) in _ORGANISATIONS.items():
        found = Organisation.objects.filter(name=name, province=province).first()
        organisation = found or add_organisation(actor=actor, name=name, kind=kind, province=province, made_up=True)
        for key in _people_of(keys):
            kind_of_role = key.removeprefix(SECOND)
            if not Role.objects.filter(current(), person__email=_address(key), kind=kind_of_role).exists():
                give_role(
                    actor=actor,
                    email=_address(key),
                    organisation=organisation.public_id,
                    kind=kind_of_role,
                    province=province,
                    called=_called(key),
                    made_up=True,
                )
    _give_mandates(actor, province)
    return Person.objects.filter(made_up=True).count()


def provinces() -> set[str]:
    """The provinces of which made-up organisations are here already."""
    return set(Organisation.objects.filter(made_up=True).values_list("province", flat=True))


def _give_mandates(actor: Actor, province: str) -> None:
    """Programme officers decide on grants up to 25,000 euros, signatories on everything without a highest amount."""
    given = {"programma": (Money.euros(25_000), ["grants"]), "tekenbevoegde": (None, mandate_matters())}
    for key in _people_of(tuple(given)):
        kind = key.removeprefix(SECOND)
        most, matters = given[kind]
        role = Role.objects.filter(current(), person__email=_address(key), kind=kind, province=province).first()
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
    """One button for every role that has a made-up person now, and for the second person in it; the resident and the expert first."""
    people = [key for role in given_roles() for key in _people_of((role.key,))]
    found = Role.objects.filter(current(), person__made_up=True, person__email__in=[_address(key) for key in people])
    names = dict(found.order_by("pk").values_list("person__email", "organisation__name"))
    alone = Person.objects.filter(email__in=[_address(RESIDENT), _address(EXPERT)], made_up=True)
    there = set(alone.values_list("email", flat=True))
    residents = [_button(RESIDENT, "")] if _address(RESIDENT) in there else []
    if _address(EXPERT) in there:
        residents.append(Button(roles()[RESIDENT], "", EXPERT, _("deskundige uit de pool")))
    return residents + [_button(key, names[_address(key)]) for key in people if _address(key) in names]


def person_for(key: str) -> Person | None:
    """The made-up person of a role, or the second one in it."""
    known = key.removeprefix(SECOND) in roles() or key == EXPERT
    return Person.objects.filter(email=_address(key), made_up=True, is_active=True).first() if known else None


def acting(key: str, province: str) -> Actor:
    """The made-up person of a role, or the second one in it, for its organisation; the resident acts for nobody else."""
    person = person_for(key)
    held = (
        Role.objects.filter(person=person, kind=key.removeprefix(SECOND), province=province)
        .select_related("organisation")
        .first()
    )
    if person is None or (held is None and key != RESIDENT):
        raise NotNow("Maak eerst de verzonnen mensen.", code="no-people")
    if held is None:
        return Actor("person", person.public_id, origin="demo")
    return Actor("person", person.public_id, held.organisation.public_id, origin="demo", province=province)


def _people_of(keys: tuple[str, ...]) -> list[str]:
    """The made-up people of these roles: one each, and a second where a decision takes two."""
    return [person for key in keys for person in ((key, f"{SECOND}{key}") if key in _IN_PAIRS else (key,))]


def _button(key: str, organisation: str) -> Button:
    role = roles()[key.removeprefix(SECOND)]
    return Button(role, organisation, key, role.name if role.key == key else _("tweede {name}").format(name=role.name))


def _address(key: str) -> str:
    return f"{key}@voorbeeld.invalid"


def _called(key: str) -> str:
    if key == EXPERT:
        return "Verzonnen deskundige"
    name = roles()[key.removeprefix(SECOND)].name.split(" of ")[0]
    return f"Verzonnen {name}" if key in roles() else f"Verzonnen tweede {name}"
