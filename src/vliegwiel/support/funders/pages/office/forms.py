"""The form of an agreement: its questions, how they are read as terms, and how terms stand in it again."""

import re
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.state_aid import aid_routes
from vliegwiel.foundation.budgets.public import ceilings_in
from vliegwiel.foundation.people.public import organisations_who_may
from vliegwiel.foundation.questions.public import Kind as Answer
from vliegwiel.foundation.questions.public import Option, Question, amount_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import AgreementTerms, Handler, Kind
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.rules import AID_ROUTES, Promise, TermsIn
from vliegwiel.support.funders.standing import SEE
from vliegwiel.support.schemes.public import calls_in


def questions_of(province: str, *, new: bool) -> list[Question]:
    """What is asked; the scheme and the fund only the first time."""
    schemes = {call.scheme: call.scheme_title for call in calls_in(province)}
    ceilings = tuple(
        Option(item.id, item.name, hint=_("vrij: {free}").format(free=item.free.dutch(cents=False)))
        for item in ceilings_in(province)
    )
    funds = tuple(Option(key, name) for key, name in organisations_who_may(SEE, province))
    first = [
        Question(
            "regeling",
            Answer.SINGLE,
            _("Voor welke regeling?"),
            options=tuple(Option(key, title) for key, title in schemes.items()),
            required=True,
        ),
        Question("fonds", Answer.SINGLE, _("Met welk fonds of platform?"), options=funds, required=True),
    ]
    return [
        *(first if new else []),
        Question(
            "hoe",
            Answer.SINGLE,
            _("Hoe betaalt u samen?"),
            options=tuple(Option(key, str(name)[:1].upper() + str(name)[1:]) for key, name in Kind.choices),
            required=True,
        ),
        Question(
            "wie",
            Answer.SINGLE,
            _("Wie behandelt de aanvragen?"),
            options=tuple(Option(key, str(name)[:1].upper() + str(name)[1:]) for key, name in Handler.choices),
            required=True,
        ),
        Question("van", Answer.DATE, _("Eerste dag"), required=True),
        Question("tot", Answer.DATE, _("Laatste dag"), required=True),
        Question(
            "inleg",
            Answer.LONG_TEXT,
            _("Wat legt ieder in, per jaar?"),
            hint=_("Een regel per jaar: jaar; provincie; fonds. Bijvoorbeeld 2026; 250.000; 250.000."),
            required=True,
            longest=1_000,
        ),
        Question(
            "per-besluit",
            Answer.AMOUNT,
            _("Hoogste bedrag per besluit"),
            hint=_("Van beide samen. Leggen inwoners in, dan van de provincie."),
            required=True,
        ),
        Question("per-initiatief", Answer.AMOUNT, _("Hoogste bedrag per initiatief in een jaar"), required=True),
        Question(
            "eerst",
            Answer.NUMBER,
            _("Hoeveel procent leggen inwoners eerst in?"),
            hint=_("Alleen als inwoners inleggen. Bijvoorbeeld 25."),
        ),
        Question(
            "daarna",
            Answer.NUMBER,
            _("Hoeveel procent geeft de provincie daarna?"),
            hint=_("Alleen als inwoners inleggen. Bijvoorbeeld 50; de rest halen inwoners op."),
        ),
        Question(
            "plafond",
            Answer.SINGLE,
            _("Uit welk plafond betaalt de provincie haar deel?"),
            hint=_("Nodig als het fonds behandelt. Anders telt de aanvraag zelf onder haar plafond."),
            options=ceilings,
        ),
        Question(
            "koppen",
            Answer.LONG_TEXT,
            _("Hoe noemt het fonds onze soorten kosten?"),
            hint=_("Een regel per soort: onze soort = kop van het fonds. Uren van vrijwilligers heten ‘uren’."),
            longest=2_000,
        ),
        Question(
            "noemen", Answer.LONG_TEXT, _("Hoe worden beide gevers genoemd?"), hint=_("Dit staat in het register."), required=True
        ),
        Question("grond", Answer.TEXT, _("Op welk besluit rust het deel van de provincie?"), required=True, longest=240),
        Question("weg", Answer.SINGLE, _("Langs welke weg mag dit geld?"), options=_routes(), required=True),
        Question(
            "steun",
            Answer.TEXT,
            _("Waarom?"),
            hint=_("Waarom dit geen staatssteun is, of waarom deze weg past."),
            required=True,
            longest=240,
        ),
        Question(
            "publiek",
            Answer.YES_NO,
            _("Is het geld van het fonds geld van de overheid?"),
            hint=_("Alleen geld van de overheid kan staatssteun zijn. Bij een fonds van particulieren is het antwoord nee."),
            required=True,
        ),
        Question(
            "volgen",
            Answer.YES_NO,
            _("Volgt de provincie de vaststelling van het fonds als dat meer betaalt?"),
            required=True,
        ),
        Question("volgen-tot", Answer.AMOUNT, _("Tot welk bedrag van de provincie volgt u?"), hint=_("Alleen bij volgen.")),
    ]


def terms_of(given: dict[str, Any]) -> TermsIn:
    """The form as terms. Raises NotValid for a line that is no year with two amounts, or no pair of headings."""
    return TermsIn(
        kind=given["hoe"],
        handled_by=given["wie"],
        starts=given["van"],
        ends=given["tot"],
        promised=_promised(given["inleg"]),
        per_award=given["per-besluit"],
        per_initiative=given["per-initiatief"],
        naming=given["noemen"],
        ground=given["grond"],
        aid=given["steun"],
        aid_route=given["weg"],
        public_money=given["publiek"] is True,
        ceiling=given.get("plafond") or "",
        unlock=_percent(given.get("eerst"), 25),
        share=_percent(given.get("daarna"), 50),
        headings=_headings(given.get("koppen") or ""),
        follow=given["volgen"] is True,
        follow_most=given.get("volgen-tot"),
    )


def as_given(terms: AgreementTerms) -> dict[str, Any]:
    """Terms as they stand in the form again."""
    lines = [f"{year}; {_plain(sides[PROVINCE])}; {_plain(sides[FUND])}" for year, sides in sorted(terms.promised.items())]
    crowd = terms.kind == Kind.CROWD
    return {
        "hoe": terms.kind,
        "wie": terms.handled_by,
        "tot": terms.ends.isoformat(),
        "inleg": "\n".join(lines),
        "per-besluit": terms.per_award,
        "per-initiatief": terms.per_initiative,
        **({"eerst": terms.unlock, "daarna": terms.share} if crowd else {}),
        "plafond": terms.ceiling,
        "koppen": "\n".join(f"{ours} = {theirs}" for ours, theirs in terms.headings),
        "noemen": terms.naming,
        "grond": terms.ground,
        "weg": terms.aid_route,
        "steun": terms.aid,
        "publiek": terms.public_money,
        "volgen": terms.follow,
        "volgen-tot": terms.follow_most,
    }


def _routes() -> tuple[Option, ...]:
    names = {key: aid_routes()[key].name for key in AID_ROUTES}
    return tuple(Option(key, name[:1].upper() + name[1:]) for key, name in names.items())


def _promised(text: str) -> dict[int, Promise]:
    found: dict[int, Promise] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = [part.strip() for part in line.split(";")]
        amounts = [amount_of(part) for part in parts[1:]]
        if len(parts) != 3 or not re.fullmatch(r"20[0-9]{2}", parts[0]) or None in amounts:
            raise NotValid(_("Deze regel begrijpen we niet: {line}. Schrijf jaar; provincie; fonds.").format(line=line[:60]))
        if int(parts[0]) in found:
            raise NotValid(_("Het jaar {year} staat er twee keer.").format(year=parts[0]))
        province, fund = (amount or Money(0) for amount in amounts)
        found[int(parts[0])] = Promise(province, fund)
    return found


def _headings(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        ours, sign, theirs = (part.strip() for part in line.partition("="))
        if not (ours and sign and theirs):
            raise NotValid(_("Deze regel begrijpen we niet: {line}. Schrijf onze soort = kop.").format(line=line[:60]))
        found.append((ours[:80], theirs[:80]))
    return tuple(found)


def _percent(value: Any, usual: int) -> int:
    return usual if value is None else int(value)


def _plain(cents: int) -> str:
    return Money(cents).dutch().replace("€\u00a0", "")
