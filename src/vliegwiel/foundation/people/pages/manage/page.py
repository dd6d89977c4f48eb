"""Managing organisations, people and their roles, and the report of who has access."""

from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.catalogue.roles import given_roles, roles, verbs
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.models import Organisation, OrganisationKind, Role
from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter
from vliegwiel.foundation.people.queries import current
from vliegwiel.foundation.trail.public import Result, record
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.spreadsheet import Rows

_PLACE = Fields(province="province", municipality="municipality")
_COLUMNS = [
    "organisatie",
    "soort",
    "account",
    "e-mail",
    "rol",
    "mag",
    "provincie",
    "gemeente",
    "sinds",
    "tot",
    "laatst ingelogd",
    "tweede stap",
]


def manage_page(request: HttpRequest, *, wrong: NotValid | None = None, form: str = "") -> HttpResponse:
    """`/beheer/mensen`: organisations with the people who act for them; `?zoek=` narrows the list."""
    actor = actor_of(request)
    demand_somewhere(actor, "manage-roles")
    text = request.GET.get("zoek", "").strip()[:80]
    organisations = may_filter(actor, "manage-organisations", Organisation.objects.order_by("name"), _PLACE)
    found = _roles(actor)
    shown = organisations.filter(name__icontains=text) if text else organisations
    by_organisation: dict[int, list[tuple[str, Role]]] = {}
    for role in found:
        name = roles()[role.kind].name if role.kind in roles() else role.kind
        by_organisation.setdefault(role.organisation_id, []).append((name, role))
    context = {
        "text": text,
        "groups": [(item, by_organisation.get(item.pk, [])) for item in shown],
        "organisations": list(organisations),
        "kinds": OrganisationKind.choices,
        "role_kinds": given_roles(),
        "province": settings.VLIEGWIEL_PROVINCE,
        "wrong": wrong,
        "wrong_form": form,
        "given": request.POST if wrong else {},
        "given_email": request.POST.get("e-mail", "") if wrong else "",
    }
    return render(request, "foundation/people/pages/manage/page.html", context, status=400 if wrong else 200)


@require_POST
def organisation_added(request: HttpRequest) -> HttpResponse:
    """`/beheer/mensen/organisatie`."""
    try:
        add_organisation(
            actor=actor_of(request),
            name=request.POST.get("naam", ""),
            kind=request.POST.get("soort", ""),
            province=request.POST.get("provincie", "").strip().upper(),
            municipality=request.POST.get("gemeente", "").strip().upper(),
        )
    except NotValid as refusal:
        return manage_page(request, wrong=refusal, form="organisation")
    return redirect("manage")


@require_POST
def role_given(request: HttpRequest) -> HttpResponse:
    """`/beheer/mensen/rol`."""
    try:
        give_role(
            actor=actor_of(request),
            email=request.POST.get("e-mail", ""),
            organisation=request.POST.get("organisatie", ""),
            kind=request.POST.get("rol", ""),
            province=request.POST.get("provincie", "").strip().upper(),
            municipality=request.POST.get("gemeente", "").strip().upper(),
            until=_end_of(request.POST.get("tot", "")),
        )
    except NotValid as refusal:
        return manage_page(request, wrong=refusal, form="role")
    return redirect("manage")


@require_POST
def role_withdrawn(request: HttpRequest, role: str) -> HttpResponse:
    """`/beheer/mensen/rol/<id>/intrekken`."""
    withdraw_role(actor=actor_of(request), role=role)
    return redirect("manage")


def access_report(request: HttpRequest) -> HttpResponse:
    """`/beheer/mensen/toegang.csv`: who has access to what (BIO2 5.18.02); making it is recorded."""
    actor = actor_of(request)
    demand_somewhere(actor, "export-access")
    found = list(_roles(actor, verb="export-access"))
    secured = set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="toegang-{clock.today().isoformat()}.csv"'
    writer = Rows(response)
    writer.write([*_COLUMNS, _("let op")] if settings.VLIEGWIEL_DEMO else _COLUMNS)
    for role in found:
        row = _row(role, secured=role.person_id in secured)
        writer.write([*row, "VERZONNEN VOORBEELD"] if settings.VLIEGWIEL_DEMO else row)
    subject = Reference("access-report", clock.today().isoformat(), "", "")
    record(actor=actor, action="export-access", subject=subject, result=Result.READ, facts={"rows": len(found)})
    return response


def _row(role: Role, *, secured: bool) -> list[str]:
    kind = roles().get(role.kind)
    return [
        role.organisation.name,
        role.organisation.kind,
        role.person.public_id,
        role.person.email,
        kind.name if kind else role.kind,
        "; ".join(verbs()[key].name for key in sorted(kind.verbs)) if kind else "",
        role.province,
        role.municipality,
        _day(role.since),
        _day(role.until),
        _day(role.person.last_login),
        "ja" if secured else "nee",
    ]


def _roles(actor: Actor, *, verb: str = "manage-roles") -> QuerySet[Role]:
    held = Role.objects.filter(current()).select_related("person", "organisation")
    return may_filter(actor, verb, held, _PLACE).order_by("organisation__name", "person__email", "kind")


def _day(moment: datetime | None) -> str:
    return clock.legal_date(moment).isoformat() if moment else ""


def _end_of(text: str) -> datetime | None:
    """The end of a day in Amsterdam, as the first moment of the next; None when nothing was filled in."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise NotValid(_("Schrijf de einddatum zo: 2027-12-31."), code="no-date") from None
    return datetime.combine(day + timedelta(days=1), time(), clock.AMSTERDAM)
