"""What other rooms read of a call."""

from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.support.schemes.models import Call
from vliegwiel.support.schemes.queries import regulation_now


@dataclass(frozen=True)
class CallFacts:
    """A call as other rooms see it. `id`, `version` and `ceiling` are public ids; `scheme` is the key of the scheme, `path` its page.

    `state` is by the clock: planned, announced, open, closed, divided or decided. `closes_at` is the last moment that counts.
    `ceilings` are the sub-ceilings, without the ceiling itself. `rules` are the parts of its regulation.
    """

    id: str
    scheme: str
    scheme_title: str
    summary: str
    path: str
    version: str
    regulation_hash: str
    province: str
    name: str
    state: str
    opens_at: datetime
    closes_at: datetime
    method: str
    ceiling: str
    ceilings: tuple[str, ...]
    decision_number: str
    decision_date: date | None
    publication: str
    published_on: date | None
    made_up: bool
    rules: SchemeRules


def facts_of(call: Call) -> CallFacts:
    """The facts of a call."""
    rules = regulation_now(call.version).rules
    return CallFacts(
        id=call.public_id,
        scheme=call.scheme.key,
        scheme_title=rules.title,
        summary=rules.summary,
        path=f"/regelingen/{call.scheme.key}",
        version=call.version.public_id,
        regulation_hash=call.version.hash,
        province=call.province,
        name=call.name,
        state=call.stands.value,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        method=call.method,
        ceiling=call.ceiling,
        ceilings=tuple(call.parts),
        decision_number=call.decision_number,
        decision_date=call.decision_date,
        publication=call.publication,
        published_on=call.published_on,
        made_up=call.made_up,
        rules=rules,
    )
