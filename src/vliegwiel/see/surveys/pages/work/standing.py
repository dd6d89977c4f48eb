"""How far a wave is, in one word and with what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.see.surveys.models import Review, Run, Wave


@dataclass(frozen=True)
class Stand:
    """A wave in a list: its state in words, and the name of the page to go on."""

    words: str
    page: str


def stand_of(wave: Wave) -> Stand:
    """From what was fetched with the wave; asks nothing more."""
    if wave.described_at is None:
        return Stand(_("moet nog worden beschreven"), "wave_description")
    runs = sorted(wave.runs.all(), key=lambda run: run.asked_at, reverse=True)
    reviews = [review for run in runs for review in run.reviews.all()]
    if any(review.state == Review.State.PROPOSED for review in reviews):
        return Stand(_("wacht op vrijgave"), "wave_run")
    if any(review.release for review in reviews):
        return Stand(_("openbaar"), "wave")
    if any(review.state == Review.State.RELEASED for review in reviews):
        return Stand(_("bij de gemeenten, straks openbaar"), "wave")
    if not runs:
        return Stand(_("klaar om te wegen"), "wave_weights")
    return Stand(
        {
            Run.State.WAITING: _("wacht tot er wordt gerekend"),
            Run.State.RUNNING: _("er wordt gerekend"),
            Run.State.DONE: _("uitgerekend"),
            Run.State.FAILED: _("rekenen mislukt"),
        }[Run.State(runs[0].state)],
        "wave_run",
    )
