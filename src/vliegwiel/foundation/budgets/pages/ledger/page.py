"""The entries of a budget line, found by kind, file and day; as a table for the financial administration; and correcting one."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.correct_entry import correct
from vliegwiel.foundation.budgets.files import table
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import BudgetLine, Entry
from vliegwiel.foundation.budgets.named_files import NamedFile, ids_of, with_files
from vliegwiel.foundation.budgets.pages.asking import Asked, ask
from vliegwiel.foundation.budgets.pages.trail_of import to_post
from vliegwiel.foundation.budgets.queries import budget_line, entry_named
from vliegwiel.foundation.budgets.rules import BUCKETS
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import Kind as Asking
from vliegwiel.foundation.questions.public import Question, date_of
from vliegwiel.kernel.money import Money

_ON_A_PAGE, _MOST_IN_A_FILE = 50, 100_000
COLUMNS = (
    "nummer",
    "boeking",
    "dag",
    "geboekt op",
    "soort",
    "dossier soort",
    "dossier",
    "dossiernummer",
    "plafond",
    "artikel",
    "statenbesluit",
    "corrigeert",
    "bedrag",
    *("krediet", "vrij", "gereserveerd", "vastgelegd", "betaald", "terugontvangen", "vervallen"),
)


def entries_page(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/boekingen`; `?soort=`, `?dossier=`, `?van=` and `?tot=` narrow, `?formaat=csv` gives a table."""
    actor, found = actor_of(request), budget_line(post)
    at = Subject(province=found.province)
    demand(actor, "read-budgets", at)
    wish = {name: request.GET.get(name, "").strip() for name in ("soort", "dossier", "van", "tot")}
    entries = narrowed(found, wish)
    made_up = found.instrument.line.programme.made_up
    if request.GET.get("formaat") == "csv":
        name = f"boekingen-{found.code or found.public_id}"
        rows = (_row(entry, file) for entry, file in with_files(actor, entries[:_MOST_IN_A_FILE]))
        return table(name, COLUMNS, rows, made_up=made_up)
    number = max(int(text) if (text := request.GET.get("pagina", "")).isdecimal() else 1, 1)
    there = list(entries[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE + 1])
    query = {name: value for name, value in wish.items() if value}
    context = {
        "post": found,
        "entries": with_files(actor, there[:_ON_A_PAGE]),
        "count": None if query else found.last_number,
        "newer": urlencode({**query, "pagina": number - 1}) if number > 1 else "",
        "older": urlencode({**query, "pagina": number + 1}) if len(there) > _ON_A_PAGE else "",
        "wish": wish,
        "query": urlencode(query),
        "kinds": Kind.choices,
        "above": to_post(found),
        "may_correct": bool(may(actor, "correct-ledger", at)),
        "made_up": made_up,
    }
    return render(request, "foundation/budgets/pages/ledger/page.html", context)


def narrowed(post: BudgetLine, wish: dict[str, str]) -> QuerySet[Entry]:
    """The entries that fit, the newest first."""
    found = Entry.objects.select_related("ceiling", "words", "corrects", "corrected_by", "decision")
    if wish["soort"] in Kind.values:
        found = found.filter(kind=wish["soort"])
    if wish["dossier"]:  # found apart: asked in one question with their order, the whole line would be read
        of_file = post.entries.filter(about_id__in=ids_of(wish["dossier"]))
        found = found.filter(pk__in=list(of_file.order_by().values_list("pk", flat=True)))
    else:
        found = found.filter(line=post)
    if since := date_of(wish["van"]):
        found = found.filter(on__gte=since)
    if until := date_of(wish["tot"]):
        found = found.filter(on__lte=until)
    return found.order_by("-on", "-number") if since or until else found.order_by("-number")


def entry_correct(request: HttpRequest, entry: str) -> HttpResponse:
    """`/beheer/budgetten/boekingen/<id>/corrigeren`."""
    actor, found = actor_of(request), entry_named(entry)
    demand(actor, "correct-ledger", Subject(province=found.province))
    post = budget_line(found.line.public_id)
    ((_entry, file),) = with_files(actor, [found])

    def act(given: dict[str, Any], _key: str) -> str:
        made = correct(actor=actor, entry=entry, reason=given["reden"])
        return f"{reverse('entries', args=[post.public_id])}#boeking-{made.number}"

    asked = Asked(
        _("Boeking {number} corrigeren").format(number=found.number),
        [Question("reden", Asking.LONG_TEXT, _("Wat was er fout?"), required=True)],
        _("Boek de tegenboeking"),
        to_post(post),
        lead=_("{kind}: {amount}, dossier {file}.").format(
            kind=found.get_kind_display().capitalize(), amount=Money(found.cents).dutch(), file=file.number
        ),
        notes=[_("De boeking zelf blijft staan. Er komt een tegenboeking bij, met de dag van vandaag.")],
        made_up=post.instrument.line.programme.made_up,
    )
    return ask(request, asked, act)


def _row(entry: Entry, file: NamedFile) -> list[object]:
    return [
        entry.number,
        entry.public_id,
        entry.on,
        entry.at.isoformat(timespec="seconds"),
        entry.get_kind_display(),
        entry.about_kind,
        entry.about_id,
        file.number,
        entry.ceiling.name if entry.ceiling else "",
        entry.article,
        entry.decision.number if entry.decision else "",
        entry.corrects.number if entry.corrects else "",
        Money(entry.cents),
        *(Money(getattr(entry, bucket)) for bucket in BUCKETS),
    ]
