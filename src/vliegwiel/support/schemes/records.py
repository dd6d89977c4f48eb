"""What other rooms read of a call."""

from dataclasses import dataclass
from datetime import date, datetime, time

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.kernel import clock
from vliegwiel.support.schemes.models import Call, Method, SchemeVersion
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


def without_call(version: SchemeVersion) -> CallFacts:
    """What stands in the place of a call for a grant that has none (*subsidie zonder openstelling*): no days, no ceiling, no division."""
    rules, since = regulation_now(version).rules, datetime.combine(version.in_force, time(), clock.AMSTERDAM)
    return CallFacts(
        id="",
        scheme=version.scheme.key,
        scheme_title=rules.title,
        summary=rules.summary,
        path=f"/regelingen/{version.scheme.key}",
        version=version.public_id,
        regulation_hash=version.hash,
        province=version.scheme.province,
        name="",
        state="decided",
        opens_at=since,
        closes_at=since,
        method=Method.DIRECT.value,
        ceiling="",
        ceilings=(),
        decision_number="",
        decision_date=None,
        publication="",
        published_on=None,
        made_up=version.scheme.made_up,
        rules=rules,
    )
