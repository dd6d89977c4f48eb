"""Begin a scheme: from an example, from a version in force, or from a file."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.catalogue import regulations
from vliegwiel.catalogue.reader import provinces
from vliegwiel.engines.rulebook import Regulation, read_cases, written
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.schemes.lifecycle import SchemeState
from vliegwiel.support.schemes.models import Scheme, SchemeDraft
from vliegwiel.support.schemes.queries import place_name, scheme_named, version_on


@trail.recorded("start-scheme", kind="scheme", about=lambda arguments: str(arguments["example"]))
@transaction.atomic
def start_scheme(*, actor: Actor, province: str, title: str, example: str, made_up: bool = False) -> Scheme:
    """Begin a scheme as a copy of an example (name in the catalogue, as `gelderland/dorpendeal`), with the cases beside it.

    Raises NotAllowed, NotFound for an unknown example, NotValid for a title that is no name or is taken.
    """
    demand(actor, "manage-schemes", Subject(province=province))
    path = regulations.path_of(example)
    document = dict(Regulation.load(path).document)
    cases = written.read(regulations.cases_beside(path).read_text(encoding="utf-8"), path.name)
    today = clock.today().isoformat()
    document = {**_of_province(document, province), "legal_basis": document["legal_basis"]}
    document |= {"title": title.strip(), "province": province, "in_force": today}
    document.pop("lapsed", None)
    cases = [{**case, "day": today} for case in cases]
    return _begin(actor, province, title, document, cases, made_up)


@trail.recorded("import-scheme", kind="scheme")
@transaction.atomic
def import_scheme(*, actor: Actor, province: str, text: str, cases: str = "", made_up: bool = False) -> Scheme:
    """Begin a scheme, or a new version of one, from a regulation file. Raises NotValid with one line per problem."""
    demand(actor, "manage-schemes", Subject(province=province))
    if not text.strip():
        raise NotValid(_("Kies een regelingbestand."), code="no-file")
    document = dict(Regulation.parse(text).document)
    if document["province"] != province:
        raise NotValid(_("Dit bestand is van een andere provincie ({code}).").format(code=document["province"]), code="province")
    records = written.read(cases, "De voorbeeldgevallen") if cases.strip() else []
    read_cases(records)
    known = Scheme.objects.filter(key=document["regulation"], province=province).first()
    if known is None:
        return _begin(actor, province, document["title"], document, records, made_up, key=document["regulation"])
    _new_draft(actor, known, document, records)
    return known


@trail.recorded("draft-version", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def draft_version(*, actor: Actor, scheme: str) -> SchemeDraft:
    """Begin a new version as a copy of the latest one. Raises NotNow when one is already being written or none was ever in force."""
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    if found.state == SchemeState.CLOSED:
        raise NotNow(_("Deze regeling is gestopt. Begin een nieuwe met deze als voorbeeld."), code="closed-scheme")
    latest = version_on(found) or found.versions.first()
    if latest is None:
        raise NotNow(_("Deze regeling heeft nog geen versie die geldt."), code="no-version")
    document = {**latest.document, "in_force": clock.today().isoformat()}
    document.pop("changed_because", None)
    return _new_draft(actor, found, document, latest.cases)


def _of_province(value: Any, province: str) -> Any:
    """What names the province of the example names this one instead."""
    if isinstance(value, dict):
        return {key: _of_province(item, province) for key, item in value.items()}
    if isinstance(value, list):
        return [_of_province(item, province) for item in value]
    if isinstance(value, str):
        for code, name in provinces().items():
            if code != province and name in value:
                value = value.replace(name, provinces().get(province, _("deze provincie")))
    return value


def _begin(
    actor: Actor, province: str, title: str, document: dict[str, Any], cases: list[Any], made_up: bool, key: str = ""
) -> Scheme:
    name = slugify(title)[:60].strip("-")
    if len(title.strip()) < 5 or not name:
        raise NotValid(_("Geef de regeling een naam van ten minste vijf letters."), code="no-title")
    key = key or f"{place_name(province)}/{name}"
    try:
        with transaction.atomic():
            scheme = Scheme.objects.create(key=key, province=province, title=title.strip()[:120], made_up=made_up)
    except IntegrityError as error:
        raise NotValid(_("Er is al een regeling met deze naam. Kies een andere naam."), code="name-taken") from error
    _new_draft(actor, scheme, {**document, "regulation": key}, cases)
    return scheme


def _new_draft(actor: Actor, scheme: Scheme, document: dict[str, Any], cases: list[Any]) -> SchemeDraft:
    if SchemeDraft.objects.filter(scheme=scheme).exists():
        raise NotNow(_("Aan deze regeling wordt al een nieuwe versie gemaakt. Werk daarin verder."), code="draft-exists")
    draft = SchemeDraft.objects.create(scheme=scheme, document=document, cases=cases)
    trail.record(
        actor=actor,
        action="draft-version",
        subject=Reference("scheme", scheme.key, "", ""),
        facts={"in-force": document["in_force"]},
        province=scheme.province,
    )
    return draft
