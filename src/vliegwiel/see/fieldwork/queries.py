"""Reads of fieldwork: questionnaires, what is in the field, and who may come in."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.document import Document
from vliegwiel.see.fieldwork.models import Door, Fielding, Panel, Questionnaire, QuestionnaireVersion

MAKE, RUN, INVITE = "make-questionnaires", "run-fieldwork", "send-invitations"
PHONE, KEEP = "enter-by-phone", "keep-panels"


def questionnaire_named(name: str) -> Questionnaire:
    """A questionnaire by its public id. Raises NotFound."""
    found = Questionnaire.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze vragenlijst is er niet."), nearest=((_("Alle vragenlijsten"), "/werk/vragenlijsten"),))
    return found


def fielding_named(name: str) -> Fielding:
    """Fieldwork by its public id, with its questionnaire. Raises NotFound."""
    found = Fielding.objects.filter(public_id=name[:12]).select_related("questionnaire", "version", "panel").first()
    if found is None:
        raise NotFound(_("Deze enquête is er niet, of niet meer."), nearest=((_("Meedoen aan een enquête"), "/meedoen"),))
    return found


def panel_named(name: str) -> Panel:
    """A panel by its public id. Raises NotFound."""
    found = Panel.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Dit panel is er niet."), nearest=((_("Meedoen aan een enquête"), "/meedoen"),))
    return found


def questionnaires_of(province: str) -> QuerySet[Questionnaire]:
    """All questionnaires of a province, with how many versions were in the field."""
    return Questionnaire.objects.filter(province=province).annotate(fielded=Count("versions")).order_by("title")


def fieldings_of(province: str) -> QuerySet[Fielding]:
    """All fieldwork of a province, the newest first."""
    return Fielding.objects.filter(province=province).select_related("questionnaire").order_by("-period", "title")


def fielded_before(questionnaire: Questionnaire) -> list[Document]:
    """What was in the field of this questionnaire, the newest first."""
    return [version.document for version in questionnaire.versions.order_by("-number")]


def newest_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The version that was in the field last."""
    return questionnaire.versions.order_by("-number").first()


def takes_answers(fielding: Fielding) -> bool:
    """Whether it is in the field, up to and including its last day."""
    return fielding.state == Fielding.State.OPEN and clock.today() <= fielding.closes_on


def open_to_all(province: str) -> QuerySet[Fielding]:
    """What everybody may take part in now."""
    return Fielding.objects.filter(
        province=province, state=Fielding.State.OPEN, route=Fielding.Route.OPEN, closes_on__gte=clock.today()
    ).order_by("closes_on", "title")


def door_of(code: str, fielding: Fielding) -> Door | None:
    """The door of this fieldwork that a code opens."""
    return Door.objects.filter(mark=codes.door_mark(fielding.salt, code), fielding=fielding).first()


def fielding_for(code: str) -> Fielding | None:
    """In which fieldwork that takes answers this code, of a letter or of who goes on later, fits."""
    found = Fielding.objects.filter(state=Fielding.State.OPEN, closes_on__gte=clock.today())
    for fielding in found.select_related("questionnaire", "version", "panel"):
        if door_of(code, fielding) or fielding.unsent.filter(mark=codes.unsent_mark(fielding.salt, code)).exists():
            return fielding
    return None
