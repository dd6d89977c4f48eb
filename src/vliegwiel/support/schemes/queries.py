"""Reads of schemes and calls."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import provinces
from vliegwiel.engines.rulebook import Regulation
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.schemes.lifecycle import CallState, SchemeState
from vliegwiel.support.schemes.models import Call, Crisis, Scheme, SchemeDraft, SchemeVersion


def scheme_named(key: str) -> Scheme:
    """By key or public id; raises NotFound with the list of schemes as the place to go."""
    field = "key" if "/" in key else "public_id"
    found = Scheme.objects.filter(**{field: key}).first()
    if found is None:
        raise NotFound(_("Deze regeling kennen we niet."), nearest=((_("Alle regelingen"), "/regelingen"),))
    return found


def call_named(call: str) -> Call:
    """By public id; raises NotFound."""
    found = Call.objects.select_related("scheme", "version").filter(public_id=call).first()
    if found is None:
        raise NotFound(_("Deze openstelling kennen we niet."), nearest=((_("Alle regelingen"), "/regelingen"),))
    return found


def version_named(version: str) -> SchemeVersion:
    """By public id; raises NotFound."""
    found = SchemeVersion.objects.select_related("scheme").filter(public_id=version).first()
    if found is None:
        raise NotFound(_("Deze versie kennen we niet."))
    return found


def draft_of(scheme: Scheme) -> SchemeDraft:
    """The version being written; raises NotNow when nothing is: what is in force is never changed."""
    found = SchemeDraft.objects.filter(scheme=scheme).first()
    if found is None:
        raise NotNow(
            _("Deze versie geldt. Wat geldt, verandert niet meer. Maak een nieuwe versie en pas die aan."), code="in-force"
        )
    return found


def version_on(scheme: Scheme, day: date | None = None) -> SchemeVersion | None:
    """The version that holds on a day, today without one; None before the first and after the last day."""
    when = day or clock.today()
    found = scheme.versions.filter(in_force__lte=when).first()
    if found is None or not found.regulation.in_force(when):
        return None
    return found


def phase_of(province: str, crisis: str) -> str:
    """The phase a crisis is in now, or "" when it is over or not known here."""
    found = Crisis.objects.filter(province=province, key=crisis, ended_on=None).values_list("phase", flat=True).first()
    return str(found or "")


def regulation_now(version: SchemeVersion) -> Regulation:
    """The regulation as it reads now: for a scheme of a crisis in the phase that crisis is in, or was in last."""
    whole = _regulation(version.hash, "")
    phases = whole.document.get("phases")
    if not phases:
        return whole
    known = Crisis.objects.filter(province=version.scheme.province, key=phases["crisis"]).values_list("phase", flat=True).first()
    return _regulation(version.hash, str(known or phases["shown_in"][0]))


@lru_cache(maxsize=256)
def _regulation(content: str, phase: str) -> Regulation:
    """By the hash of its document: what has the same hash reads the same, for ever."""
    regulation = SchemeVersion.objects.filter(hash=content)[0].regulation
    return regulation.in_phase(phase) if phase else regulation


def calls_of(province: str, states: Sequence[CallState] = tuple(CallState)) -> list[Call]:
    """The calls of a province in these states by the clock, the first to close first."""
    found = Call.objects.filter(province=province).select_related("scheme", "version").order_by("closes_at", "pk")
    return [call for call in found if call.stands in states]


def schemes_in(province: str) -> QuerySet[Scheme]:
    """The schemes of a province (of all, without one) that were ever in force, with their calls; documents are read by hash."""
    calls = Call.objects.select_related("scheme", "version").defer("version__document", "version__cases")
    found = Scheme.objects.exclude(state=SchemeState.DRAFT.value).prefetch_related(Prefetch("calls", queryset=calls))
    return found.filter(province=province) if province else found


def place_name(province: str) -> str:
    """The name of a province for an address, as `noord-holland`."""
    return slugify(provinces().get(province, province))
