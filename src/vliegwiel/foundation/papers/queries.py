"""Reads of papers and letters, as facts that other rooms may show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from vliegwiel.foundation.papers.models import Batch, BatchLetter, Letter, Paper, ScanState, Sending
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.reading import once

_BATCHES = 100


@dataclass(frozen=True)
class PaperFacts:
    """What is known of a document that came in. `current` is false for a version that a later one took the place of."""

    id: str
    name: str
    kind: str
    size: int
    media_type: str
    scan_state: str
    scan_words: str
    version: int
    confidential: bool
    received_at: datetime
    received_by: str
    current: bool
    path: str

    @property
    def readable(self) -> bool:
        """Whether it may be opened: not while it waits for the scanner, and never what the scanner refused."""
        return self.scan_state in (ScanState.CLEAN, ScanState.NOT_SCANNED)


@dataclass(frozen=True)
class LetterFacts:
    """What is known of a letter that was issued. `html` is the same letter as a piece of a page; `sha256` is of its PDF.

    `until` is the last day to object that it names. `way` is "mail" or "post", empty while nobody decided; `sent_on` is the legal date
    on which it was made known (Awb 3:41): none while it waits for the printer.
    """

    id: str
    kind: str
    title: str
    reference: str
    sha256: str
    pages: int
    html: str
    dated: date
    until: date | None
    issued_at: datetime
    way: str
    sent_on: date | None
    path: str
    pdf_path: str


def paper_facts(paper: Paper, newest: Mapping[str, int] | None = None) -> PaperFacts:
    """The facts of one paper; `newest` gives the newest version per kind when the caller has it."""
    last = newest[paper.kind] if newest else _newest(paper)
    return PaperFacts(
        id=paper.public_id,
        name=paper.name,
        kind=paper.kind,
        size=paper.size,
        media_type=paper.media_type,
        scan_state=paper.scan_state,
        scan_words=ScanState(paper.scan_state).label,
        version=paper.version,
        confidential=paper.confidential,
        received_at=paper.received_at,
        received_by=paper.received_by,
        current=paper.version == last,
        path=reverse("paper", args=[paper.public_id]),
    )


def papers_of(about: Reference) -> list[PaperFacts]:
    """All papers about a record, by kind, newest version first. The caller decides who may see the list."""
    return once(("papers", about.kind, about.id), lambda: _papers_of(about))


def _papers_of(about: Reference) -> list[PaperFacts]:
    found = list(Paper.objects.filter(about_kind=about.kind, about_id=about.id).order_by("kind", "-version"))
    newest: dict[str, int] = {}
    for paper in found:
        newest.setdefault(paper.kind, paper.version)
    return [paper_facts(paper, newest) for paper in found]


def letters_of(about: Reference) -> list[LetterFacts]:
    """All letters about a record, newest first. The caller decides who may see the list."""
    found = Letter.objects.filter(about_kind=about.kind, about_id=about.id).prefetch_related("sendings")
    return once(("letters", about.kind, about.id), lambda: [letter_facts(letter) for letter in found.order_by("-pk")])


def sent_days(letters: Iterable[str]) -> dict[str, date]:
    """The legal date on which each of these letters (public ids) was sent or posted, without those that wait for it; one question."""
    sent = Sending.objects.filter(letter__public_id__in=list(letters), copy=False, sent_at__isnull=False)
    return {name: clock.legal_date(at) for name, at in sent.values_list("letter__public_id", "sent_at") if at is not None}


def waiting_for_post(province: str) -> QuerySet[Sending]:
    """Letters of this province that are still to be printed and posted, oldest first."""
    return Sending.objects.filter(province=province, sent_at=None).order_by("pk")


def counts_by_batch(province: str) -> list[tuple[Batch, dict[str, int]]]:
    """The batches of this province, newest first, with how many letters are in each state: two questions, however many there are."""
    batches = list(Batch.objects.filter(province=province).order_by("-pk")[:_BATCHES])
    counted = (
        BatchLetter.objects.filter(batch__in=batches).values_list("batch_id", "state").annotate(number=Count("pk")).order_by()
    )
    counts: dict[int, dict[str, int]] = {}
    for batch, state, number in counted:
        counts.setdefault(batch, {})[state] = number
    return [(batch, counts.get(batch.pk, {})) for batch in batches]


def letter_facts(letter: Letter) -> LetterFacts:
    """The facts of one letter."""
    sending = next((item for item in letter.sendings.all() if not item.copy), None)
    return LetterFacts(
        id=letter.public_id,
        kind=letter.kind,
        title=letter.title,
        reference=letter.reference,
        sha256=letter.sha256,
        pages=letter.pages,
        html=letter.html,
        dated=letter.dated,
        until=letter.until,
        issued_at=letter.issued_at,
        way=sending.way if sending else "",
        sent_on=clock.legal_date(sending.sent_at) if sending and sending.sent_at else None,
        path=reverse("letter", args=[letter.public_id]),
        pdf_path=reverse("letter_pdf", args=[letter.public_id]),
    )


def as_trail_facts(paper: Paper) -> dict[str, Any]:
    """What the trail holds of a paper: codes and a hash, never its name."""
    return {
        "about-kind": paper.about_kind,
        "about": paper.about_id,
        "paper-kind": paper.kind,
        "version": paper.version,
        "bytes": paper.size,
        "sha256": paper.sha256,
        "scan": paper.scan_state,
    }


def _newest(paper: Paper) -> int:
    same = Paper.objects.filter(about_kind=paper.about_kind, about_id=paper.about_id, kind=paper.kind)
    return same.order_by("-version").values_list("version", flat=True)[0]
