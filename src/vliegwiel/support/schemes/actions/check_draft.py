"""Check a draft: does the document hold together, and does every case come out as it should."""

from dataclasses import dataclass

from django.db import transaction

from vliegwiel.catalogue.reader import themes
from vliegwiel.engines.rulebook import CaseResult, Regulation, problems_of, read_cases, run_cases
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.schemes.models import SchemeDraft
from vliegwiel.support.schemes.queries import draft_of, scheme_named


@dataclass(frozen=True)
class Checked:
    """What checking found: problems with the document, one line each, and per case what differs."""

    problems: tuple[str, ...]
    results: tuple[CaseResult, ...]

    @property
    def good(self) -> bool:
        """Whether it can be put in force."""
        return not self.problems and not any(result.differences for result in self.results)


@trail.recorded("check-scheme", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def check_draft(*, actor: Actor, scheme: str) -> Checked:
    """Run the cases of the draft (*controleer*) and keep that this content came out right. Raises NotAllowed, NotNow without a draft."""
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    draft = draft_of(found)
    checked = examined(draft)
    SchemeDraft.objects.filter(pk=draft.pk, revision=draft.revision).update(checked=content_of(draft) if checked.good else "")
    trail.record(
        actor=actor,
        action="check-scheme",
        subject=Reference("scheme", found.key, "", ""),
        facts={
            "good": checked.good,
            "problems": len(checked.problems),
            "cases": len(checked.results),
            "wrong-cases": sum(bool(result.differences) for result in checked.results),
        },
        province=found.province,
    )
    return checked


def examined(draft: SchemeDraft) -> Checked:
    """What checking would find, without keeping it."""
    problems = problems_of(draft.document)
    if not problems:
        problems = [f"Het thema {key} bestaat niet." for key in draft.document.get("themes", ()) if key not in themes()]
    if problems:
        return Checked(tuple(problems), ())
    try:
        return Checked((), tuple(run_cases(Regulation(draft.document), read_cases(draft.cases))))
    except NotValid as refusal:
        return Checked((refusal.message, *refusal.details), ())


def content_of(draft: SchemeDraft) -> str:
    """The hash of what was checked: document and cases together."""
    return content_hash({"document": draft.document, "cases": draft.cases})
