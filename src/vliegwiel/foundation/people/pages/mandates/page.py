"""Who may decide what in the name of the province, and up to which amount."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.catalogue.roles import mandate_matters
from vliegwiel.foundation.people.actions.give_mandate import end_mandate, give_mandate
from vliegwiel.foundation.people.models import Mandate, Role
from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter
from vliegwiel.foundation.people.queries import current
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

_PLACE = Fields(province="province")


def mandates_page(request: HttpRequest, *, wrong: NotValid | None = None) -> HttpResponse:
    """`/beheer/mandaten`: what counts now or later; `?ook=voorbij` adds what ended."""
    actor = actor_of(request)
    demand_somewhere(actor, "manage-mandates")
    today = clock.today()
    found = may_filter(actor, "manage-mandates", Mandate.objects.select_related("person", "organisation"), _PLACE)
    with_ended = request.GET.get("ook") == "voorbij"
    if not with_ended:
        found = found.exclude(until__lt=today)
    held = Role.objects.filter(current()).select_related("person", "organisation")
    people = {
        (role.person.public_id, role.organisation.public_id): f"{role.person.name} · {role.organisation.name}"
        for role in may_filter(actor, "manage-mandates", held, _PLACE).order_by("organisation__name", "person__email")
    }
    context = {
        "rows": [
            (item, mandate_matters()[item.matter], None if item.most is None else Money(item.most).dutch(cents=False))
            for item in found.order_by("matter", "organisation__name", "-most")
        ],
        "with_ended": with_ended,
        "today": today,
        "people": [(f"{person}/{organisation}", name) for (person, organisation), name in people.items()],
        "matters": list(mandate_matters().items()),
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, "foundation/people/pages/mandates/page.html", context)


@require_POST
def mandate_given(request: HttpRequest) -> HttpResponse:
    """`/beheer/mandaten/geven`."""
    posted, actor = request.POST, actor_of(request)
    person, _slash, organisation = posted.get("wie", "").partition("/")
    try:
        at = Role.objects.filter(organisation__public_id=organisation).first()
        give_mandate(
            actor=actor,
            person=person,
            organisation=organisation,
            province=at.province if at else "",
            matter=posted.get("waarover", ""),
            resolution=posted.get("besluit", ""),
            most=_amount(posted.get("hoogste", "")),
            since=_day(posted.get("van", "")),
            until=_day(posted.get("tot", "")),
        )
    except NotValid as refusal:
        return mandates_page(request, wrong=refusal)
    return redirect("mandates")


@require_POST
def mandate_ended(request: HttpRequest, mandate: str) -> HttpResponse:
    """`/beheer/mandaten/<id>/beeindigen`."""
    end_mandate(actor=actor_of(request), mandate=mandate)
    return redirect("mandates")


def _amount(text: str) -> Money | None:
    """Whole euros as a person writes them, `25.000` or `25000`; None when empty."""
    digits = text.replace(".", "").replace("€", "").strip()
    if not digits:
        return None
    if not digits.isdecimal():
        raise NotValid(_("Schrijf het hoogste bedrag in hele euro’s, zoals 25.000."), code="no-amount")
    return Money.euros(int(digits))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise NotValid(_("Schrijf de dag zo: 2027-12-31."), code="no-date") from None
