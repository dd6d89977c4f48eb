"""Say whether a grant is state aid, and by which route it may be given."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.state_aid.models import AidAssessment
from vliegwiel.support.state_aid.rules import Answered, is_aid, route_problems


@trail.recorded("assess-aid", kind="aid", about=lambda arguments: arguments["about"].id)
def assess_aid(
    *,
    actor: Actor,
    about: Reference,
    province: str,
    answers: Mapping[str, Answered],
    route: str,
    why: str,
    article: str = "",
    undertaking: str = "",
    declared_on: date | None = None,
    file: Mapping[str, str] | None = None,
) -> AidAssessment:
    """Keep the answers, the route and what it needs; a later assessment of the same file counts from then on.

    Raises NotAllowed, and NotValid with one line per thing that is missing: an answer without a reason, a route that does not fit.
    """
    demand(actor, "assess-applications", Subject(province=province))
    found = is_aid(answers)
    problems = [_("Schrijf bij elk antwoord waarom.")] if any(not item.why.strip() for item in answers.values()) else []
    if found.answer is Answer.UNKNOWN:
        problems.append(found.reasons[0].text)
    elif not problems:
        parts = file or {}
        problems += route_problems(
            aid=bool(found), route=route, article=article, undertaking=undertaking, declared_on=declared_on, file=parts
        )
    if not why.strip():
        problems.append(_("Schrijf op waarom deze weg past."))
    if problems:
        raise NotValid(_("De steuntoets is nog niet compleet."), code="aid-incomplete", details=tuple(problems))
    with transaction.atomic():
        kept = AidAssessment.objects.create(
            province=province,
            about_kind=about.kind,
            about_id=about.id,
            answers={key: {"yes": item.yes, "why": item.why.strip()} for key, item in answers.items()},
            is_aid=bool(found),
            route=route,
            why=why.strip(),
            article=article.strip(),
            undertaking=undertaking,
            declared_on=declared_on,
            file={key: text.strip() for key, text in (file or {}).items() if text.strip()},
            by=actor.id or actor.kind,
        )
        trail.record(
            actor=actor,
            action="assess-aid",
            subject=Reference("aid", kept.public_id, "", ""),
            facts={"about": about.id, "is-aid": kept.is_aid, "route": route},
            province=province,
        )
    return kept
