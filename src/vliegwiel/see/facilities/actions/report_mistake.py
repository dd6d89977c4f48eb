"""Say that something is wrong at a facility (*klopt dit niet?*), and answer who said it."""

from collections.abc import Mapping
from typing import Any

from django.core.signing import Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use, demand, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.import_facilities import VERB
from vliegwiel.see.facilities.models import MistakeReport

#: What may be wrong, in words.
ABOUT: Mapping[str, Any] = {
    "place": gettext_lazy("de plek of het adres"),
    "opening": gettext_lazy("wanneer het open is"),
    "cost": gettext_lazy("wat het kost"),
    "access": gettext_lazy("of u er met een rolstoel in kunt"),
    "closed": gettext_lazy("deze voorziening is er niet meer"),
    "other": gettext_lazy("iets anders"),
}
_REPORTS_AN_HOUR = 10


def _about(arguments: Mapping[str, Any]) -> str:
    return str(arguments.get("report", ""))[:12]


def key_of(report: MistakeReport) -> str:
    """What stands behind a report in the link that only who made it gets."""
    return Signer(salt="facilities.report").signature(report.public_id)


def report_opened(name: str, key: str) -> MistakeReport:
    """The report with this link. Raises NotFound when the key is not its own."""
    found = MistakeReport.objects.select_related("facility").filter(public_id=name[:12]).first()
    if found is None or not constant_time_compare(key_of(found), key):
        raise NotFound(_("Deze melding kennen we niet. Klopt de link?"))
    return found


@trail.recorded("report-mistake", kind="mistake-report")
@transaction.atomic
def report_mistake(*, actor: Actor, facility: str, about: str, text: str, network: str = "") -> MistakeReport:
    """Keep what somebody says is wrong, and tell who keeps the register there. Nobody needs an account for it.

    `network` says which network asks, for who has no account. Raises NotFound, NotValid, and NotNow when it is done too often.
    """
    demand(actor, "read-public")
    found = queries.facility_named(facility)
    text = text.strip()
    if about not in ABOUT:
        raise NotValid(_("Kies wat er niet klopt."), code="no-subject")
    if not text and about != "closed":
        raise NotValid(_("Schrijf op wat er wel klopt. Dan kunnen wij het verbeteren."), code="no-text")
    if len(text) > 600:
        raise NotValid(_("Uw tekst is langer dan 600 tekens. Maak hem korter."), code="too-long")
    count_use(what="facility-report", whose=actor.id or network, most=_REPORTS_AN_HOUR, hourly=True)
    person = actor.id if actor.kind == "person" else ""
    report = MistakeReport.objects.create(facility=found, about=about, text=text, person=person)
    subject = Reference("mistake-report", report.public_id, found.name, "/werk/voorzieningen/meldingen")
    for keeper in who_may(VERB, Subject(province=found.province, municipality=found.municipality)):
        facts = {"facility": found, "about": ABOUT[about]}
        tell(
            about=subject,
            moment="reported",
            template="see/facilities/texts/reported",
            facts=facts,
            province=found.province,
            person=keeper,
            kind="work",
        )
    trail.record(
        actor=actor, action="report-mistake", subject=subject, facts={"facility": found.public_id}, province=found.province
    )
    return report


@trail.recorded("answer-report", kind="mistake-report", about=_about)
@transaction.atomic
def answer_report(*, actor: Actor, report: str, state: str, answer: str) -> MistakeReport:
    """Answer a report once: mended, it was right already, or passed on. Raises NotAllowed, NotFound, NotNow, NotValid."""
    found = MistakeReport.objects.select_related("facility").filter(public_id=report[:12]).first()
    if found is None:
        raise NotFound(_("Deze melding kennen we niet."))
    demand(actor, VERB, Subject(province=found.facility.province, municipality=found.facility.municipality))
    if state not in dict(MistakeReport.STATES) or state == "open":
        raise NotValid(_("Kies wat u met de melding deed."), code="no-state")
    if not answer.strip() or len(answer) > 600:
        raise NotValid(_("Schrijf een antwoord van hoogstens 600 tekens."), code="no-answer")
    changes = {"state": state, "answer": answer.strip(), "by": actor.id[:12], "answered_at": clock.now()}
    if not MistakeReport.objects.filter(pk=found.pk, state="open").update(**changes):
        raise NotNow(_("Deze melding is al beantwoord."), code="answered")
    found.refresh_from_db()
    about = Reference(
        "mistake-report", found.public_id, found.facility.name, f"/voorzieningen/meldingen/{found.public_id}/{key_of(found)}"
    )
    if found.person:
        facts = {"facility": found.facility, "report": found}
        tell(
            about=about,
            moment="answered",
            template="see/facilities/texts/answered",
            facts=facts,
            province=found.facility.province,
            person=found.person,
        )
    trail.record(actor=actor, action="answer-report", subject=about, facts={"state": state}, province=found.facility.province)
    return found
