"""What other rooms may ask about people.

`actor_of(request)` says who acts, for which organisation. `may(actor, verb, subject)` is a verdict with its reasons; `may_filter` narrows
a list to what the verdict says yes to, and they are tested to agree; `demand` raises NotAllowed with the reason. Verbs are keys of
catalogue/roles.yml. What no role allows is refused.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet

from vliegwiel.foundation.people import queries, rules
from vliegwiel.foundation.people.queries import Fields
from vliegwiel.foundation.people.rules import Subject
from vliegwiel.foundation.people.sessions import actor_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.kernel.verdict import Verdict

__all__ = ["Fields", "Subject", "actor_of", "demand", "demand_somewhere", "may", "may_filter", "may_somewhere"]
Record = TypeVar("Record", bound=Model)
_INSTALLATION = Subject()


def may(actor: Actor, verb: str, subject: Subject = _INSTALLATION) -> Verdict:
    """Whether the actor may do this, with the reason. An unknown verb raises KeyError."""
    return rules.verdict(actor, queries.holdings(actor), verb, subject)


def may_filter(actor: Actor, verb: str, records: QuerySet[Record], fields: Fields) -> QuerySet[Record]:
    """The records the actor may do this to; `fields` names the columns (or paths) that say where and whose they are."""
    return queries.narrowed(actor, verb, records, fields)


def may_somewhere(actor: Actor, verb: str) -> Verdict:
    """Whether the actor may do this to anything at all: for a page or menu that then shows only what `may_filter` lets through."""
    return rules.somewhere(actor, queries.holdings(actor), verb)


def demand_somewhere(actor: Actor, verb: str) -> None:
    """Go on only when the actor may do this to anything at all; raises NotAllowed with the reason otherwise."""
    _or_refuse(may_somewhere(actor, verb))


def demand(actor: Actor, verb: str, subject: Subject = _INSTALLATION) -> None:
    """Go on only when the actor may do this; raises NotAllowed with the reason otherwise."""
    _or_refuse(may(actor, verb, subject))


def _or_refuse(found: Verdict) -> None:
    if not found:
        raise NotAllowed(found.reasons[0].text, code=found.reasons[0].code)
