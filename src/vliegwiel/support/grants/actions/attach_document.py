"""Add a document to a draft, or to an application that must be completed; say that one follows; take one away."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import PaperFacts, Upload, receive, remove_papers
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.grants.drafts import SCAN, Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.readiness import Document, documents_of
from vliegwiel.support.grants.standing import attaching, begin, find, finish, named, reference

_ABOUT = named("application")
#: A document that answers a request to complete and is none of those the scheme names.
COMPLETION = "aanvulling"


@trail.recorded("attach-document", kind="application", about=_ABOUT)
def attach_document(*, actor: Actor, application: str, key: str, upload: Upload) -> PaperFacts:
    """Keep a document of the kind `key` that the scheme asks; it takes the place of an earlier one.

    The file is checked and scanned before the transaction, and whether it may be added is asked again within it. Call it outside a
    transaction. Raises NotFound for a kind that is not asked, NotAllowed, NotNow, and NotValid as `papers.receive` does.
    """
    found = find(application)
    begin(actor, attaching(actor, found), found)
    wanted = _wanted(found, key)
    return receive(
        actor=actor,
        province=found.province,
        about=reference(found),
        kind=key,
        upload=upload,
        confidential=wanted.confidential,
        along=lambda paper: _keep(actor, application, key, paper),
    )


def _keep(actor: Actor, application: str, key: str, paper: PaperFacts) -> None:
    """The application as it stands now, for meanwhile it may have been sent, holds this document and no promise of it."""
    found = find(application)
    begin(actor, attaching(actor, found), found)
    later = [item for item in found.later if item != key]
    finish(actor, attaching(actor, found), found, facts={"document": key, "paper": paper.id}, later=later)


@trail.recorded("promise-document", kind="application", about=_ABOUT)
@transaction.atomic
def promise_document(*, actor: Actor, application: str, key: str, follows: bool) -> Application:
    """Say that a document follows (or no longer): the province then asks for it, and the term stands still meanwhile (Awb 4:5, 4:15).

    What counts for the points of a tender cannot follow after the closing. Raises NotFound, NotAllowed, NotNow.
    """
    found = find(application)
    begin(actor, attaching(actor, found), found)
    wanted = _wanted(found, key)
    if follows and wanted.affects_scores and Draft(found).call.method == "tender":
        raise NotNow(_("Op dit stuk krijgt u punten. Het moet er zijn als de regeling sluit."), code="affects-scores")
    others = [item for item in found.later if item != key]
    return finish(
        actor,
        attaching(actor, found),
        found,
        facts={"document": key, "follows": follows},
        later=[*others, key] if follows else others,
    )


@trail.recorded("remove-document", kind="application", about=_ABOUT)
@transaction.atomic
def remove_document(*, actor: Actor, application: str, key: str) -> Application:
    """Truly delete a document of a draft, all its versions. Raises NotFound, NotAllowed, and NotNow once it was sent."""
    found = find(application)
    begin(actor, attaching(actor, found), found)
    if found.stands is not State.DRAFT:
        raise NotNow(_("Wat u verstuurde, blijft in het dossier. U kunt er een nieuw stuk bij doen."), code="state")
    _wanted(found, key)
    remove_papers(actor=actor, about=reference(found), kind=key)
    return finish(actor, attaching(actor, found), found, facts={"document": key})


def _wanted(application: Application, key: str) -> Document:
    listed = {item.key: item for item in documents_of(Draft(application))}
    if application.channel != Channel.WEB:
        listed[SCAN] = Document(SCAN, _("Scan van de aanvraag op papier"), "", True, False, False)
    if application.stands is State.INCOMPLETE:
        listed[COMPLETION] = Document(COMPLETION, _("Aanvulling"), "", False, False, False)
    if key not in listed:
        raise NotFound(_("Om dit stuk vraagt de regeling niet."))
    return listed[key]
