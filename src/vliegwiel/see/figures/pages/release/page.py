"""One release for who works on it: where it comes from, and its withdrawal by two persons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.people.public import actor_of, demand, may
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.confirm_withdrawal import confirm_withdrawal
from vliegwiel.see.figures.actions.drop_withdrawal import drop_withdrawal
from vliegwiel.see.figures.actions.propose_withdrawal import LONGEST, propose_withdrawal
from vliegwiel.see.figures.models import Release, Withdrawal


@require_GET
def release_page(request: HttpRequest, release: str) -> HttpResponse:
    """`/beheer/cijfers/leveringen/<id>`."""
    return _page(request, release)


@require_POST
def withdrawal_proposed(request: HttpRequest, release: str) -> HttpResponse:
    """`/beheer/cijfers/leveringen/<id>/intrekken`."""
    try:
        propose_withdrawal(actor=actor_of(request), release=release, reason=request.POST.get("reden", ""))
    except NotValid as refusal:
        return _page(request, release, wrong=refusal)
    return redirect("release", release=release)


@require_POST
def withdrawal_confirmed(request: HttpRequest, release: str) -> HttpResponse:
    """`/beheer/cijfers/leveringen/<id>/intrekken/bevestigen`."""
    confirm_withdrawal(actor=actor_of(request), release=release)
    return redirect("release", release=release)


@require_POST
def withdrawal_dropped(request: HttpRequest, release: str) -> HttpResponse:
    """`/beheer/cijfers/leveringen/<id>/intrekken/terug`."""
    drop_withdrawal(actor=actor_of(request), release=release)
    return redirect("release", release=release)


def _page(request: HttpRequest, name: str, *, wrong: NotValid | None = None) -> HttpResponse:
    actor = actor_of(request)
    demand(actor, "import-figures")
    release = Release.objects.filter(public_id=name).first()
    if release is None:
        raise NotFound(_("Deze levering bestaat niet."), nearest=((_("Leveringen van cijfers"), "/beheer/cijfers"),))
    withdrawal = Withdrawal.objects.filter(release=release).first()
    known = queries.indicators()
    keys = dict.fromkeys(release.columns.order_by("pk").values_list("indicator", flat=True))
    context = {
        "release": release,
        "withdrawal": withdrawal,
        "own": withdrawal is not None and withdrawal.proposed_by == actor.id,
        "may_withdraw": bool(may(actor, "withdraw-figures")),
        "current": release.public_id in queries.current_releases(),
        "indicators": [known[key] for key in keys if key in known],
        "unknown": list(release.unknown_areas.order_by("code").values_list("code", flat=True)),
        "longest": LONGEST,
        "wrong": wrong,
        "given": request.POST.get("reden", "") if wrong else "",
        "made_up": release.made_up,
    }
    return render(request, "see/figures/pages/release/page.html", context)
