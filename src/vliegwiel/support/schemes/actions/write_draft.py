"""Change the version that is being written, or throw it away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.schemes.lifecycle import SchemeState
from vliegwiel.support.schemes.models import Scheme, SchemeDraft
from vliegwiel.support.schemes.queries import draft_of, scheme_named


@trail.recorded("write-scheme", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def write_draft(
    *,
    actor: Actor,
    scheme: str,
    revision: int,
    document: Mapping[str, Any] | None = None,
    cases: Sequence[Mapping[str, Any]] | None = None,
) -> SchemeDraft:
    """Save parts of a draft; it need not be right yet, that is what checking is for.

    Raises NotAllowed; NotNow when a version is in force, waits for its second person, or was saved by someone else since `revision`;
    NotValid when it would become the scheme of another name or province.
    """
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    draft = draft_of(found)
    if draft.proposed_by:
        raise NotNow(
            _("Deze versie ligt bij een collega. Haal het voorstel terug als u nog iets wilt wijzigen."), code="proposed"
        )
    changed = {**draft.document, **(document or {})}
    if changed.get("regulation") != found.key or changed.get("province") != found.province:
        raise NotValid(_("De naam en de provincie van een regeling veranderen niet."), code="renamed")
    changes: dict[str, Any] = {"document": {key: value for key, value in changed.items() if value is not None}}
    if cases is not None:
        changes["cases"] = [dict(case) for case in cases]
    _save(draft, revision, checked="", **changes)
    title = str(changed.get("title", ""))[:120]
    if found.state == SchemeState.DRAFT and title:
        Scheme.objects.filter(pk=found.pk).update(title=title)
    trail.record(
        actor=actor,
        action="write-scheme",
        subject=Reference("scheme", found.key, "", ""),
        facts={"parts": len(document or {}), "revision": draft.revision},
        province=found.province,
    )
    return draft


@trail.recorded("discard-draft", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def discard_draft(*, actor: Actor, scheme: str) -> None:
    """Throw away what is being written; a scheme that never was in force goes with it. Raises NotAllowed, NotNow."""
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    draft_of(found).delete()
    trail.record(actor=actor, action="discard-draft", subject=Reference("scheme", found.key, "", ""), province=found.province)
    if found.state == SchemeState.DRAFT:
        found.delete()


def _save(draft: SchemeDraft, revision: int, **changes: Any) -> None:
    """One conditional update decides who saved first."""
    unchanged = SchemeDraft.objects.filter(pk=draft.pk, revision=revision, proposed_by=draft.proposed_by)
    if not unchanged.update(revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(
            _("Iemand anders heeft deze regeling net gewijzigd. Bekijk de nieuwe tekst en vul opnieuw in wat u wilt."),
            code="stale",
        )
    draft.refresh_from_db()
