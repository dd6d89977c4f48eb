"""One canonical JSON form for values, so that a hash means the same on every machine."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

#: Kinds of value, not of what derives from them, that JSON has as they are.
_AS_IT_IS = frozenset({type(None), bool, int, float, str})
#: The names of the fields of each kind that was met; None for what is no dataclass.
_names: dict[type, tuple[str, ...] | None] = {}


def plain(value: Any) -> Any:
    """Turn a kernel value into plain JSON values; raises TypeError for what has no canonical form.

    >>> plain({"b": date(2026, 3, 2), "a": Fraction(1, 3)})
    {'b': '2026-03-02', 'a': '1/3'}
    """
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is Fraction:
        return f"{value.numerator}/{value.denominator}"
    if kind not in _names:
        _names[kind] = tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None
    names = _names[kind]
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict | Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Sequence | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=json.dumps) if isinstance(value, set | frozenset) else items
    message = f"{kind.__name__} has no canonical form"
    raise TypeError(message)


def canonical_json(value: Any) -> str:
    """Sorted keys, no spaces, UTF-8 text: equal values give equal text.

    >>> canonical_json({"b": 1, "a": [True, None]})
    '{"a":[true,null],"b":1}'
    """
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: Any) -> str:
    """SHA-256 (hex) of the canonical form."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
