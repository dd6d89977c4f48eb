"""What an entry must look like, as conditions: the database checks each on writing, `verification` once more on what is there."""

from django.db.models import F, Q, Value

from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.rules import BEYOND_ARTICLES, BUCKETS

#: Rule 2, for one entry, one day, or one line.
IDENTITY = Q(credit=F("free") + F("reserved") + F("committed") + F("paid") - F("returned") + F("lapsed"))
WITHIN_CEILING = Q(limit=None) | Q(standing__lte=F("limit"))
BEYOND_HAS_GROUND = (
    Q(kind=Kind.COMMIT_BEYOND.value, article__in=BEYOND_ARTICLES, beyond=True)
    & ~Q(reason_hash="")
    & ~Q(second="")
    & ~Q(second=F("by"))
) | (~Q(kind=Kind.COMMIT_BEYOND.value) & (Q(beyond=False) | ~Q(kind__in=[Kind.RESERVE.value, Kind.COMMIT.value])))
#: Kinds that rest on a decision of the Provincial Council.
BY_DECISION = [Kind.CREDIT.value, Kind.CREDIT_LESS.value, Kind.CARRY_OUT.value, Kind.CARRY_IN.value]
_IN, _OUT = F("cents"), F("cents") * Value(-1)


def _only(**moved: object) -> Q:
    """These parts move like this, and no other part moves."""
    still = {bucket: 0 for bucket in BUCKETS if bucket not in {name.partition("__")[0] for name in moved}}
    return Q(**still, **moved)


#: `rules.moves` as a condition. What comes free may lapse instead, so that only the two together are known.
MOVES_AS_ITS_KIND = (
    Q(kind__in=[Kind.CREDIT.value, Kind.CARRY_IN.value]) & _only(credit=_IN, free=_IN)
    | Q(kind=Kind.CREDIT_LESS.value) & _only(credit=_OUT, free=_OUT)
    | Q(kind=Kind.CARRY_OUT.value) & _only(credit=_OUT, lapsed=_OUT)
    | Q(kind=Kind.RESERVE.value) & _only(free=_OUT, reserved=_IN)
    | Q(kind__in=[Kind.COMMIT.value, Kind.COMMIT_BEYOND.value])
    & Q(credit=0, committed=_IN, paid=0, returned=0, reserved__lte=0, lapsed__gte=0)
    | Q(kind=Kind.RELEASE.value)
    & Q(
        credit=0, paid=0, returned=0, reserved__lte=0, committed__lte=0, free__gte=0, lapsed__gte=0, cents=F("free") + F("lapsed")
    )
    | Q(kind=Kind.PAY.value) & _only(committed=_OUT, paid=_IN)
    | Q(kind=Kind.TAKE_BACK.value)
    & Q(credit=0, reserved=0, committed=0, paid=0, returned=_IN, free__gte=0, lapsed__gte=0, cents=F("free") + F("lapsed"))
    | Q(kind=Kind.LAPSE.value) & _only(free=_OUT, lapsed=_IN)
    | Q(kind=Kind.CORRECT.value, credit=0)
)


def opposite_of(path: str) -> Q:
    """It moves back what the entry at this path moved; what comes free may have lapsed since, and the other way round."""
    same = {name: F(f"{path}__{name}") * Value(-1) for name in ("credit", "reserved", "committed", "paid", "returned")}
    return Q(cents=F(f"{path}__cents"), line=F(f"{path}__line"), **same) & Q(
        free=F(f"{path}__free") * Value(-1) + F(f"{path}__lapsed") * Value(-1) - F("lapsed")
    )
