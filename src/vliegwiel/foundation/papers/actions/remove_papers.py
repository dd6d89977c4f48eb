"""Delete documents of a record that never was, such as a draft that is thrown away."""

from django.db import transaction

from vliegwiel.foundation.papers import access
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.unnamed import clear_bytes
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference


@recorded("remove-papers", kind="paper", about=lambda arguments: str(arguments["about"].id))
def remove_papers(*, actor: Actor, about: Reference, kind: str = "") -> int:
    """Truly delete the documents about a record, of one kind or all; returns how many.

    That the record may lose them is for the calling action; this room asks only whether the actor may add papers to it. The bytes go
    after the transaction, when no other document or letter has the same. Raises NotAllowed.
    """
    access.demand(access.may_add(actor, about.kind, about.id))
    found = Paper.objects.filter(about_kind=about.kind, about_id=about.id)
    papers = list(found.filter(kind=kind) if kind else found)
    with transaction.atomic():
        for paper in papers:
            facts = {"about-kind": about.kind, "about": about.id, "sha256": paper.sha256}
            subject = Reference("paper", paper.public_id, "", "")
            record(actor=actor, action="remove-paper", subject=subject, facts=facts, province=paper.province)
            paper.delete()
        transaction.on_commit(
            lambda: clear_bytes({paper.sha256 for paper in papers} - {""}, {paper.token for paper in papers} - {""})
        )
    return len(papers)
