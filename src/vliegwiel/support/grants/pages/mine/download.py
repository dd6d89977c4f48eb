"""Everything of an application in one file: what was filled in, to read and for a program, with all documents and letters."""

import io
import json
import zipfile

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from vliegwiel.foundation.papers.public import letters_of, open_letter_pdf, open_paper, papers_of, safe_name
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import plain
from vliegwiel.support.grants.content import whole_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import NAMES
from vliegwiel.support.grants.pages.apply.review import seen_whole
from vliegwiel.support.grants.pages.visitors import readable
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.grants.terms import events_of


@require_GET
def download(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/download`: a zip. Documents that may not be opened yet are named in the text."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    draft = Draft(readable(actor, application))
    name = draft.application.number or "concept"
    answer = HttpResponse(packed(draft, actor), content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"aanvraag-{name}.zip") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def packed(draft: Draft, actor: Actor) -> bytes:
    """The zip: aanvraag.html, aanvraag.json, stukken/ and brieven/."""
    out, found = io.BytesIO(), draft.application
    about = reference(found)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        context = {"application": found, "state": NAMES[found.stands], "made_up": found.made_up, **seen_whole(draft)}
        archive.writestr("aanvraag.html", render_to_string("support/grants/pages/mine/copy.html", context))
        archive.writestr("aanvraag.json", json.dumps(_record(draft), ensure_ascii=False, indent=1))
        for place, paper in enumerate(papers_of(about), 1):
            if paper.readable:
                opened = open_paper(actor=actor, paper=paper.id)
                archive.writestr(f"stukken/{place:02d}-{safe_name(opened.facts.name, 'stuk')}", opened.data)
        for letter in letters_of(about):
            facts, pdf = open_letter_pdf(actor=actor, letter=letter.id)
            archive.writestr(f"brieven/{facts.dated.isoformat()}-{safe_name(f'{facts.kind}.pdf', 'brief')}", pdf)
    return out.getvalue()


def _record(draft: Draft) -> dict[str, object]:
    """The application for a program: plain values, amounts in cents."""
    found = draft.application
    record: dict[str, object] = plain(
        {
            "nummer": found.number,
            "regeling": found.scheme_title,
            "versie": found.regulation_hash,
            "stand": found.state,
            "ontvangen": found.received_at or found.received_on,
            "uiterlijk": found.due_on,
            "inhoud": whole_of(found),
            "termijn": [
                {"soort": event.kind, "dag": event.on, "tot": event.until, "artikel": event.article, "reden": event.reason}
                for event in events_of(found)
            ],
            "handtekeningen": [{"naam": item.name, "moment": item.at} for item in found.signatures.all()],
        }
    )
    return record
