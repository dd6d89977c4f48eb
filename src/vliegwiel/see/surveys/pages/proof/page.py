"""Even as good as R: our estimates beside those of R survey."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.see.surveys.proof import compared

#: The largest relative difference at which we say yes.
_GOOD = 1e-9


@require_GET
def as_r_page(request: HttpRequest) -> HttpResponse:
    """`/methoden/even-goed-als-r`: per sort of sample and kind of question the largest relative difference."""
    sorts = compared()
    rows = [row for sort in sorts for row in sort.rows]
    worst = max(row.largest for row in rows)
    digits = len(f"{1 / worst:.0f}") - 1 if worst else 15
    context = {
        "sorts": [(sort, [(row, _written(row.largest)) for row in sort.rows]) for sort in sorts],
        "count": sum(row.count for row in rows),
        "worst": _written(worst),
        "digits": digits,
        "good": worst < _GOOD,
    }
    return render(request, "see/surveys/pages/proof/page.html", context)


def _written(value: float) -> str:
    """A tiny number as it is written: 2,3 × 10⁻¹³."""
    if value == 0:
        return "0"
    head, _e, power = f"{value:.1e}".partition("e")
    return f"{head.replace('.', ',')} × 10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
