"""Setting up: a new programme, line, instrument and budget line, and the page of an instrument."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import instrument_kinds, phases, province_roles
from vliegwiel.foundation.budgets.actions.add_programme import (
    add_budget_line,
    add_instrument,
    add_programme,
    add_programme_line,
)
from vliegwiel.foundation.budgets.actions.set_roles import set_roles
from vliegwiel.foundation.budgets.overview import line_of
from vliegwiel.foundation.budgets.pages.asking import Asked, ask
from vliegwiel.foundation.budgets.pages.trail_of import to_budgets, to_instrument
from vliegwiel.foundation.budgets.queries import instrument_named, positions_of, programme_line_named, programme_named
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel import clock


def programme_new(request: HttpRequest) -> HttpResponse:
    """`/beheer/budgetten/nieuw`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, "manage-budgets", Subject(province=province))

    def act(given: dict[str, Any], _key: str) -> str:
        added = add_programme(
            actor=actor,
            province=province,
            title=given["titel"],
            goal=given.get("doel", ""),
            starts=given["van"],
            ends=given.get("tot"),
        )
        return f"{reverse('budgets')}#programma-{added.public_id}"

    questions = [
        _title(),
        Question("doel", Kind.LONG_TEXT, _("Doel"), hint=_("Wat wil de provincie hiermee bereiken?")),
        Question("van", Kind.DATE, _("Eerste dag"), required=True),
        Question("tot", Kind.DATE, _("Laatste dag"), hint=_("Leeg: het programma heeft nog geen einde.")),
    ]
    return ask(request, Asked(_("Nieuw programma"), questions, _("Voeg dit programma toe"), to_budgets()), act)


def programme_line_new(request: HttpRequest, programme: str) -> HttpResponse:
    """`/beheer/budgetten/programmas/<id>/lijn`."""
    actor, of = actor_of(request), programme_named(programme)
    demand(actor, "manage-budgets", Subject(province=of.province))

    def act(given: dict[str, Any], _key: str) -> str:
        add_programme_line(actor=actor, programme=programme, title=given["titel"], goal=given.get("doel", ""))
        return f"{reverse('budgets')}#programma-{programme}"

    questions = [_title(), Question("doel", Kind.LONG_TEXT, _("Doel van deze lijn"))]
    asked = Asked(
        _("Nieuwe programmalijn"),
        questions,
        _("Voeg deze lijn toe"),
        to_budgets(),
        lead=_("Deze lijn hoort bij {title}.").format(title=of.title),
        made_up=of.made_up,
    )
    return ask(request, asked, act)


def instrument_new(request: HttpRequest, line: str) -> HttpResponse:
    """`/beheer/budgetten/lijnen/<id>/instrument`."""
    actor, of = actor_of(request), programme_line_named(line)
    demand(actor, "manage-budgets", Subject(province=of.province))

    def act(given: dict[str, Any], _key: str) -> str:
        added = add_instrument(
            actor=actor,
            line=line,
            kind=given["soort"],
            title=given["titel"],
            summary=given.get("wat", ""),
            starts=given.get("van"),
            ends=given.get("tot"),
        )
        return reverse("instrument", args=[added.public_id])

    questions = [
        _title(),
        Question(
            "soort",
            Kind.SINGLE,
            _("Soort instrument"),
            hint=_("Elke soort heeft een eigen juridisch kader. Dat staat straks bij het instrument."),
            required=True,
            options=tuple(Option(kind.key, kind.name.capitalize()) for kind in instrument_kinds().values()),
        ),
        Question("wat", Kind.LONG_TEXT, _("Wat is het?"), hint=_("Een of twee zinnen die een inwoner begrijpt.")),
        Question("van", Kind.DATE, _("Eerste dag")),
        Question("tot", Kind.DATE, _("Laatste dag")),
    ]
    asked = Asked(
        _("Nieuw instrument"),
        questions,
        _("Voeg dit instrument toe"),
        to_budgets(),
        lead=_("Dit instrument hoort bij {title}.").format(title=of.title),
        made_up=of.programme.made_up,
    )
    return ask(request, asked, act)


def instrument_roles(request: HttpRequest, instrument: str) -> HttpResponse:
    """`/beheer/budgetten/instrumenten/<id>/rollen`: agenda-setting, connecting, lobbying, … per phase (ACC-4)."""
    actor, of = actor_of(request), instrument_named(instrument)
    demand(actor, "manage-budgets", Subject(province=of.province))

    def act(given: dict[str, Any], _key: str) -> str:
        set_roles(actor=actor, instrument=instrument, roles={phase: given.get(phase, []) for phase in phases()})
        return reverse("instrument", args=[instrument])

    roles = tuple(Option(key, name.capitalize()) for key, name in province_roles().items())
    questions = [
        Question(key, Kind.MULTIPLE, _("Bij {phase}").format(phase=name), options=roles) for key, name in phases().items()
    ]
    asked = Asked(
        _("Rol van de provincie"),
        questions,
        _("Bewaar deze rollen"),
        to_instrument(of),
        lead=_("Wat doet de provincie in elke fase? Kies wat past; meer mag."),
        given=of.roles,
        in_columns=True,
        made_up=of.line.programme.made_up,
    )
    return ask(request, asked, act)


def budget_post_new(request: HttpRequest, instrument: str) -> HttpResponse:
    """`/beheer/budgetten/instrumenten/<id>/post`."""
    actor, of = actor_of(request), instrument_named(instrument)
    demand(actor, "manage-budgets", Subject(province=of.province))

    def act(given: dict[str, Any], _key: str) -> str:
        added = add_budget_line(
            actor=actor,
            instrument=instrument,
            title=given["titel"],
            code=given.get("nummer", ""),
            starts=given["van"],
            ends=given["tot"],
        )
        return reverse("budget_post", args=[added.public_id])

    year = clock.today().year
    questions = [
        _title(),
        Question("nummer", Kind.TEXT, _("Nummer in de financiële administratie"), longest=30),
        Question("van", Kind.DATE, _("Eerste dag"), required=True),
        Question("tot", Kind.DATE, _("Laatste dag"), hint=_("Na deze dag kunt u de post afsluiten."), required=True),
    ]
    asked = Asked(
        _("Nieuwe budgetpost"),
        questions,
        _("Voeg deze post toe"),
        to_instrument(of),
        lead=_("Een post heeft eerst geen krediet. Dat komt er met een statenbesluit."),
        given={"van": f"{year}-01-01", "tot": f"{year}-12-31"},
        made_up=of.line.programme.made_up,
    )
    return ask(request, asked, act)


def instrument_page(request: HttpRequest, instrument: str) -> HttpResponse:
    """`/beheer/budgetten/instrumenten/<id>`: its legal frame, the roles of the province, what it costs, what the Council asked about it."""
    actor, found = actor_of(request), instrument_named(instrument)
    demand(actor, "read-budgets", Subject(province=found.province))
    posts = list(found.budget_lines.order_by("starts", "title"))
    stands = positions_of(posts, clock.today())
    names = province_roles()
    context = {
        "instrument": found,
        "kind": instrument_kinds()[found.kind],
        "roles": [
            (name, ", ".join(names[key] for key in found.roles[phase]))
            for phase, name in phases().items()
            if found.roles.get(phase)
        ],
        "posts": [(post, line_of(stands[post.pk])) for post in posts],
        "items": found.council_items.order_by("-raised_on"),
        "above": to_budgets(),
        "may_manage": bool(may(actor, "manage-budgets", Subject(province=found.province))),
        "made_up": found.line.programme.made_up,
    }
    return render(request, "foundation/budgets/pages/setup/instrument.html", context)


def _title() -> Question:
    return Question("titel", Kind.TEXT, _("Naam"), required=True, longest=120)
