"""Make a protection profile of one's own: when a group is too small, as the province decides, with its reason."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.engines.estimation.profiles import PROFILES, Profile
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.models import OwnProfile

#: No profile lets smaller groups be shown than these: fewer answers tell of persons.
FEWEST, FEWEST_IN_GROUP, ALMOST_ALL = 3, 10, 0.95


@trail.recorded("make-profile", kind="survey-profile")
def make_profile(*, actor: Actor, province: str, title: str, reason: str, rules: Mapping[str, Any]) -> OwnProfile:
    """Keep a named profile; it is never changed, so that a run can always be explained. `rules`: minimum, minimum_domain, dominance,
    group, rounding (as in the engine).

    Raises NotValid for rules that protect too little or contradict themselves, NotNow for a name that is taken.
    """
    demand(actor, VERB, Subject(province=province))
    words = " ".join(title.split())[:60]
    name = f"eigen-{slugify(words)}"[:40]
    if not slugify(words) or not reason.strip():
        raise NotValid(_("Geef het profiel een naam, en schrijf op waarom u het maakt."), code="no-name")
    minimum = int(rules.get("minimum", 0))
    made = Profile.of(
        {
            **rules,
            "name": name,
            "title": words,
            "source": reason.strip()[:300],
            "interval": float(max(minimum, 2)),
            "interval_share": 0.1,
        }
    )
    problems = []
    if made.minimum < FEWEST:
        problems.append(_("Een vak heeft ten minste {fewest} antwoorden.").format(fewest=FEWEST))
    if made.minimum_domain < FEWEST_IN_GROUP or made.minimum_domain < made.minimum:
        problems.append(
            _("Een groep heeft ten minste {fewest} antwoorden, en niet minder dan een vak.").format(fewest=FEWEST_IN_GROUP)
        )
    if made.group > ALMOST_ALL:
        problems.append(
            _("Geeft meer dan {most} procent hetzelfde antwoord? Dan verbergt elk profiel dat.").format(
                most=round(100 * ALMOST_ALL)
            )
        )
    if problems:
        raise NotValid(_("Dit profiel beschermt mensen niet genoeg."), code="too-open", details=tuple(problems))
    taken = NotNow(_("Er is al een profiel met deze naam. Kies een andere naam."), code="name-taken")
    if name in PROFILES:
        raise taken
    kept = {**{key: getattr(made, key) for key in Profile.__dataclass_fields__}}
    with transaction.atomic():
        try:
            with transaction.atomic():
                profile = OwnProfile.objects.create(
                    province=province, name=name, rules=kept, reason=reason.strip()[:300], made_by=actor.id, made_at=clock.now()
                )
        except IntegrityError:
            raise taken from None
        facts: dict[str, str | int] = {"minimum": made.minimum, "minimum-domain": made.minimum_domain}
        trail.record(
            actor=actor, action="make-profile", subject=Reference("survey-profile", name, "", ""), facts=facts, province=province
        )
    return profile
