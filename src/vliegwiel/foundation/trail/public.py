"""What other rooms may ask of the trail.

`record` writes one entry in the caller's transaction: the act and its entry stand or fall together. `recorded` stands on an action
and keeps what was refused or went wrong, after the rollback, so that the entry survives although nothing changed. A `Guard` makes the
database itself refuse to change what is fixed.
"""

import functools
import logging
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction

from vliegwiel.foundation.trail.guarding import Guard
from vliegwiel.foundation.trail.models import Counterfoil, Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.busy import is_busy
from vliegwiel.kernel.errors import Refusal

__all__ = ["Guard", "Result", "record", "recorded"]
log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")
Fact = str | int | bool | None
_SLUG = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_PROVINCE = re.compile(r"(PV\d\d)?")
_ACTS = (Result.DONE, Result.READ)
_CODE = re.compile(r"[A-Za-z0-9_./:+-]{0,80}")
_within: ContextVar[bool] = ContextVar("within_recorded_action", default=False)


def record(
    *,
    actor: Actor,
    action: str,
    subject: Reference,
    result: Result = Result.DONE,
    reason: str = "",
    facts: Mapping[str, Fact] | None = None,
    province: str = "",
) -> Entry:
    """Write one entry, in the transaction of the caller.

    Of the subject only kind and id are kept: its title may be a name. `facts` hold numbers, codes and hashes; a value with a space,
    an @ or another sign that codes do not have raises ValueError, so that no name or text can slip in. `province` is the code of the
    province that owns the subject, by default that of the actor; leaving it out for a kind that a province owns
    (`VLIEGWIEL_PROVINCE_OWNED`) raises ValueError.
    """
    for name in (action, *(facts or {})):
        if not _SLUG.fullmatch(name):
            raise ValueError(f"{name!r} is no name for an action or fact")
    for value in (subject.id, reason, *(facts or {}).values()):
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError("the trail holds codes and hashes, never names or texts")
    where = province or actor.province
    if not _PROVINCE.fullmatch(where) or (not where and subject.kind in settings.VLIEGWIEL_PROVINCE_OWNED and result in _ACTS):
        raise ValueError(f"{subject.kind} belongs to a province, and {where!r} is none")
    entry = Entry(
        at=clock.now(),
        action=action,
        object_kind=subject.kind,
        object_id=subject.id,
        result=Result(result).value,
        reason=reason,
        origin=actor.origin,
        actor_kind=actor.kind,
        actor_id=actor.id,
        organisation=actor.organisation,
        province=where,
        facts=dict(facts or {}),
    )
    entry.content_hash = entry.computed_hash()
    entry.save(force_insert=True)
    Counterfoil(entry_id=entry.pk, content_hash=entry.content_hash).save(force_insert=True)
    return entry


def recorded(
    action: str, *, kind: str, about: Callable[[Mapping[str, Any]], str] = lambda _arguments: ""
) -> Callable[[Callable[Arguments, Outcome]], Callable[Arguments, Outcome]]:
    """Stand on an action with a keyword `actor`: keep its refusals and faults in the trail.

    `about` makes the id of the object from the keyword arguments; what is no code, such as a text someone typed, is left out. When
    one action calls another, only the outer one is kept: that is what the actor asked for.
    """

    def decorate(act: Callable[Arguments, Outcome]) -> Callable[Arguments, Outcome]:
        @functools.wraps(act)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Outcome:
            if _within.get():
                return act(*args, **kwargs)
            token = _within.set(True)
            try:
                return act(*args, **kwargs)
            except Refusal as refusal:
                _keep(action, kind, about, kwargs, Result.REFUSED, refusal.code)
                raise
            except Exception as fault:
                if is_busy(fault):  # writing would wait for the same lock once more, and who asked with it
                    log.warning("%s did not get its turn in the database, and nor would its line in the trail", action)
                else:
                    _keep(action, kind, about, kwargs, Result.FAILED, type(fault).__name__)
                raise
            finally:
                _within.reset(token)

        return guarded

    return decorate


def _keep(
    action: str, kind: str, about: Callable[[Mapping[str, Any]], str], arguments: Mapping[str, Any], result: Result, reason: str
) -> None:
    """A transaction of its own; a fault here is logged and never hides the refusal itself."""
    actor: Actor = arguments["actor"]
    try:
        with transaction.atomic():
            asked = about(arguments)
            subject = Reference(kind, asked if _CODE.fullmatch(asked) else "", "", "")
            where = str(arguments.get("province", ""))
            record(
                actor=actor,
                action=action,
                subject=subject,
                result=result,
                reason=reason[:60],
                province=where if _PROVINCE.fullmatch(where) else "",
            )
    except Exception:
        log.exception("the trail could not keep that %s was %s", action, result.value)
