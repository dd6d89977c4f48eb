"""A new direct grant: who, what for, how much, from which budget line, and on which ground."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.budgets.public import lines_without_ceiling
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.direct_grants.actions.make_direct_grant import VERB, Intended, make_direct_grant
from vliegwiel.support.direct_grants.queries import grounds
from vliegwiel.support.grants.public import Recipient


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """`/werk/directe-subsidies/nieuw`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))

    def act(given: dict[str, Any]) -> str:
        recipient = Recipient(
            given["naam"],
            given["straat"],
            given["plaats"],
            kvk=given.get("kvk", "") or "",
            municipality=given.get("gemeente", "") or "",
            account=given.get("rekening", "") or "",
        )
        intended = Intended(
            title=given["waarvoor"],
            line=given["post"],
            amount=given["bedrag"],
            starts=given["van"],
            ends=given["tot"],
            ground=given["grond"],
            proof=given["bewijs"],
            most=given.get("hoogste"),
            recurring=given.get("jaarlijks") is True,
            chapter=given.get("afdeling", "") or "",
            adopted_on=given.get("begroting"),
        )
        return make_direct_grant(actor=actor, province=province, recipient=recipient, intended=intended).number

    lines = lines_without_ceiling(province, clock.today())
    asked = ask(request, "maak", _questions(province, lines), act)
    if asked.done:
        return redirect("direct_grant", number=asked.done)
    context = {"fields": asked.fields, "problems": asked.problems, "lines": lines}
    status = 400 if asked.problems else 200
    return render(request, "support/direct_grants/pages/office/new.html", context, status=status)


def _questions(province: str, lines: list[tuple[str, str, Any]]) -> list[Question]:
    towns = tuple(Option(code, name) for code, name in municipalities_of(province))
    posts = tuple(Option(key, title, hint=_("vrij: {free}").format(free=free.dutch(cents=False))) for key, title, free in lines)
    return [
        Question(
            "naam", Kind.TEXT, _("Wie krijgt de subsidie?"), hint=_("De naam van de organisatie."), required=True, longest=120
        ),
        Question("straat", Kind.TEXT, _("Straat en huisnummer"), required=True, longest=100),
        Question("plaats", Kind.TEXT, _("Postcode en plaats"), required=True, longest=90),
        *([Question("gemeente", Kind.SINGLE, _("In welke gemeente?"), options=towns)] if 0 < len(towns) <= 60 else []),
        Question("kvk", Kind.TEXT, _("KvK-nummer"), longest=8),
        Question(
            "rekening", Kind.TEXT, _("Rekeningnummer (IBAN)"), hint=_("Mag later. Zonder rekening kan er niets worden betaald.")
        ),
        Question(
            "waarvoor", Kind.TEXT, _("Waarvoor is de subsidie?"), hint=_("Dit staat in het register."), required=True, longest=120
        ),
        Question("bedrag", Kind.AMOUNT, _("Hoeveel wilt u geven?"), required=True),
        Question("van", Kind.DATE, _("Eerste dag van de subsidie"), required=True),
        Question("tot", Kind.DATE, _("Laatste dag van de subsidie"), required=True),
        Question("post", Kind.SINGLE, _("Uit welke budgetpost?"), options=posts, required=True),
        Question(
            "grond",
            Kind.SINGLE,
            _("Waarom kan dit zonder regeling?"),
            hint=_("De wet noemt vier gronden (artikel 4:23, derde lid, Awb)."),
            options=tuple(Option(key, name[:1].upper() + name[1:]) for key, name in grounds()),
            required=True,
        ),
        Question(
            "bewijs",
            Kind.TEXT,
            _("Waaruit blijkt dat?"),
            hint=_(
                "De post in de begroting, waarom dit bijzonder is, welke regeling er komt, of welk programma. Dit staat in de brief."
            ),
            required=True,
        ),
        Question(
            "hoogste",
            Kind.AMOUNT,
            _("Hoogste bedrag in de begroting"),
            hint=_("Alleen als de begroting de ontvanger noemt."),
        ),
        Question("jaarlijks", Kind.YES_NO, _("Komt deze subsidie elk jaar terug?"), required=True),
        Question(
            "afdeling",
            Kind.TEXT,
            _("Is afdeling 4.2.8 van de Awb van toepassing verklaard?"),
            hint=_("Alleen bij elk jaar. Noem het artikel van de verordening; leeg is: nee."),
        ),
        Question(
            "begroting",
            Kind.DATE,
            _("Wanneer stellen Provinciale Staten de begroting vast?"),
            hint=_("Alleen als dat nog moet gebeuren. De subsidie krijgt dan een begrotingsvoorbehoud (artikel 4:34 Awb)."),
        ),
    ]
