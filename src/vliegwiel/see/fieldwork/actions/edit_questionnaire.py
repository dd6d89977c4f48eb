"""Make a questionnaire: begin one, and save what changed. Locked words stay as they are."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork.document import Document, Page, problems_of
from vliegwiel.see.fieldwork.models import Questionnaire
from vliegwiel.see.fieldwork.queries import MAKE, questionnaire_named
from vliegwiel.see.fieldwork.steady import locked_problems


@trail.recorded("start-questionnaire", kind="questionnaire")
def start_questionnaire(*, actor: Actor, province: str, document: Document, made_up: bool = False) -> Questionnaire:
    """A new questionnaire under the title of the document; one with pages is judged like any other save.

    Raises NotAllowed, NotValid without a title or with something that is wrong, NotNow when the title is there already.
    """
    demand(actor, MAKE, Subject(province=province))
    title = " ".join(document.title.split())[:120]
    if not title:
        raise NotValid(_("Geef de vragenlijst een naam."), code="no-title")
    if not document.pages:
        document = Document(title, document.intro, document.thanks, (Page("blad1", _("Eerste blad")),))
    _refuse_wrong(document)
    there = NotNow(_("Er is al een vragenlijst {title}. Kies een andere naam.").format(title=title), code="title-taken")
    if Questionnaire.objects.filter(province=province, title=title).exists():
        raise there
    try:
        with transaction.atomic():
            made = Questionnaire.objects.create(
                province=province, title=title, draft=document.plain(), made_up=made_up or settings.VLIEGWIEL_DEMO,
                changed_by=actor.id, changed_at=clock.now(),
            )  # fmt: skip
            _record(actor, "start-questionnaire", made, document)
    except IntegrityError:
        raise there from None
    return made


@trail.recorded("save-questionnaire", kind="questionnaire", about=lambda given: str(given.get("questionnaire", "")))
def save_questionnaire(*, actor: Actor, questionnaire: str, document: Document, revision: int) -> Questionnaire:
    """Keep what changed, when nobody saved since `revision`. What was in the field stays as it was: that is a version of its own.

    Raises NotValid with a sentence per mistake, among them a changed word of a locked scale; NotNow when someone else was first.
    """
    found = questionnaire_named(questionnaire)
    demand(actor, MAKE, Subject(province=found.province))
    _refuse_wrong(document)
    with transaction.atomic():
        saved = Questionnaire.objects.filter(pk=found.pk, revision=revision).update(
            draft=document.plain(), revision=revision + 1, changed_by=actor.id, changed_at=clock.now()
        )
        if not saved:
            raise NotNow(_("Iemand anders bewaarde deze vragenlijst intussen. Kijk wat er nu staat."), code="stale")
        _record(actor, "save-questionnaire", found, document)
    found.refresh_from_db()
    return found


def _refuse_wrong(document: Document) -> None:
    problems = [*locked_problems(document), *(problems_of(document) if any(True for _item in document) else [])]
    if problems:
        raise NotValid(
            _("De vragenlijst klopt nog niet. Er is niets bewaard."), code="bad-questionnaire", details=tuple(problems[:20])
        )


def _record(actor: Actor, action: str, questionnaire: Questionnaire, document: Document) -> None:
    subject = Reference("questionnaire", questionnaire.public_id, "", "")
    facts: dict[str, str | int | bool | None] = {"hash": document.hash, "questions": sum(1 for _item in document)}
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=questionnaire.province)
