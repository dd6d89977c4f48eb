"""What is told about a question: who asked it by e-mail or with an account, and who works on it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import lazy

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, tell
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.kernel.actor import Reference
from vliegwiel.support.desk import links
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.desk.standing import reference

TEXTS = "support/desk/texts"
_MOST = 20
#: Made only when a text is written: each turn of the worker passes everything that is due, and most of that was decided before.
_LINK, _DAY = lazy(links.full_address, str), lazy(day, str)


def reachable(enquiry: Enquiry) -> bool:
    """Whether a message reaches who asked by itself; otherwise an adviser phones or writes."""
    return bool(enquiry.person or enquiry.email)


def to_resident(
    enquiry: Enquiry, moment: str, text: str, facts: Mapping[str, object] | None = None, *, whole_path: bool = False
) -> bool:
    """Decide a message to who asked, once per moment, in the caller's transaction; False when nothing was decided. `whole_path`: the text
    is of another room."""
    if not reachable(enquiry):
        return False
    return tell(
        about=reference(enquiry),
        moment=moment,
        template=text if whole_path else f"{TEXTS}/{text}",
        facts=facts_of(enquiry, facts),
        province=enquiry.province,
        person=enquiry.person,
        address="" if enquiry.person else enquiry.email,
        kind="desk",
    )


def to_adviser(enquiry: Enquiry, moment: str, text: str, facts: Mapping[str, object] | None = None, *, but: str = "") -> None:
    """Decide a message to who works on it, once per moment: the adviser, else everyone of the organisation who may; not to `but`."""
    for person in workers(enquiry):
        if person != but:
            tell(
                about=reference(enquiry),
                moment=moment,
                template=f"{TEXTS}/{text}",
                facts=facts_of(enquiry, facts),
                province=enquiry.province,
                person=person,
                kind="work",
            )


def everything_handed(given: Sequence[Enquiry]) -> None:
    """One message to the adviser who got all these files in one act, however many they are."""
    if given:
        last = given[-1]
        tell(
            about=Reference("organisation", last.organisation, last.organisation_name, "/werk/loket"),
            moment=f"all-handed-{last.public_id}-{last.revision}",
            template=f"{TEXTS}/all_handed_work",
            facts={"count": len(given)},
            province=last.province,
            person=last.adviser,
            kind="work",
        )


def workers(enquiry: Enquiry) -> list[str]:
    """The adviser of a file; without one, who may do casework where it lies (at most twenty)."""
    if enquiry.adviser:
        return [enquiry.adviser]
    return who_may("do-casework", Subject(province=enquiry.province, municipality=enquiry.municipality))[:_MOST]


def due_to_resident(enquiry: Enquiry, moment: str, on: date, facts: Mapping[str, object] | None = None, paused: str = "") -> Due:
    """A reminder to who asked."""
    return Due(
        reference(enquiry),
        enquiry.province,
        moment,
        on,
        person=enquiry.person,
        address="" if enquiry.person else enquiry.email,
        facts=facts_of(enquiry, facts),
        paused=paused,
    )


def facts_of(enquiry: Enquiry, facts: Mapping[str, object] | None = None) -> dict[str, object]:
    """What every text knows: the question, its secret link, and the promised day in words."""
    return {
        "enquiry": enquiry,
        "link": _LINK(enquiry),
        "promised": _DAY(enquiry.promised_on, "week"),
        **(facts or {}),
    }
