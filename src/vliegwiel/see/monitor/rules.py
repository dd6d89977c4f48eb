"""Pure decisions of the monitor: whether a scan can still change, and which answers are right."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from vliegwiel.catalogue.scan import ScanForm
from vliegwiel.kernel.verdict import Reason, Verdict

LONGEST_WHY = 600


class ScanFacts(Protocol):
    """What the rules need to know of a scan."""

    closed_at: Any


def may_change_scan(scan: ScanFacts) -> Verdict:
    """A scan can be changed until it is closed; who may do so is decided by role."""
    if scan.closed_at is not None:
        return Verdict.no(Reason("closed", _("Deze scan is afgerond. Begin een nieuwe scan als het plan is veranderd.")))
    return Verdict.yes()


def wrong_answers(form: ScanForm, effects: Mapping[str, Mapping[str, str]], groups: Mapping[str, Mapping[str, str]]) -> list[str]:
    """One Dutch line per answer that cannot be: an unknown theme, time, group or effect, or a text that is too long."""
    known = {f"{theme}/{time}" for theme, time in form.cells}
    problems = [_("Het vak {key} kennen we niet.").format(key=key) for key in effects if key not in known]
    problems += [_("De groep {key} kennen we niet.").format(key=key) for key in groups if key not in form.groups]
    for key, answer in [*effects.items(), *groups.items()]:
        if answer.get("effect") not in form.effects:
            problems.append(_("Kies bij {name} een van de antwoorden.").format(name=name_of(form, key)))
        if len(answer.get("why", "")) > LONGEST_WHY:
            problems.append(
                _("De uitleg bij {name} is langer dan {longest} tekens. Maak hem korter.").format(
                    name=name_of(form, key), longest=LONGEST_WHY
                )
            )
        if answer.get("effect") in ("gunstig", "ongunstig", "beide") and not answer.get("why", "").strip():
            problems.append(_("Leg bij {name} in een zin uit waarom.").format(name=name_of(form, key)))
    return problems


def name_of(form: ScanForm, key: str) -> str:
    """The words for a cell or group: *Wonen en voorzieningen, later*."""
    theme, _slash, time = key.partition("/")
    if time and theme in form.themes and time in form.times:
        return f"{form.themes[theme].name}, {form.times[time].name.lower()}"
    return form.groups[key].name if key in form.groups else key
