"""Reads of the register: everything here shows only what is public today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, QuerySet, Sum

from vliegwiel.kernel import clock
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.kernel.money import Money
from vliegwiel.support.register.models import AWARDS, RegisterChange, RegisterEntry, RegisterGiver, RegisterWord
from vliegwiel.support.register.words import words_in

#: Above this many hits of one word the newest are looked through instead of all of them.
FEW = 3000
#: A count stops here: "more than" is all that a reader needs.
MOST_COUNTED = 10_000
#: Sorts after every word with the same beginning, in each collation: words hold digits and letters only.
_AFTER = "z" * 8
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Filter:
    """What is asked of the register: words, a scheme, a year, a municipality; empty for all."""

    words: str = ""
    scheme: str = ""
    year: int | None = None
    municipality: str = ""


@dataclass(frozen=True)
class Counted:
    """Decisions of one scheme in one year: how many were granted for how much in all, refused, and not treated."""

    scheme: str
    scheme_title: str
    year: int
    granted: int
    amount: int
    refused: int
    not_treated: int

    @property
    def money(self) -> Money:
        """The amount granted in all."""
        return Money(self.amount)


def _reading() -> tuple[int, int, int, str]:
    """Changes when the register does, and when the day does: then other decisions become public."""
    entry = RegisterEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    change = RegisterChange.objects.aggregate(last=Max("pk"))["last"] or 0
    giver = RegisterGiver.objects.aggregate(last=Max("pk"))["last"] or 0
    return entry, change, giver, clock.today().isoformat()


stamp = Stamp(_reading)


def entries(province: str, chosen: Filter) -> QuerySet[RegisterEntry]:
    """Awards that are public today, newest first, with what became public of their changes."""
    today = clock.today()
    changes = RegisterChange.objects.filter(public_from__lte=today)
    found = RegisterEntry.objects.filter(province=province, amount__gt=0, public_from__lte=today)
    if chosen.scheme:
        found = found.filter(scheme=chosen.scheme)
    if chosen.year:
        found = found.filter(year=chosen.year)
    if chosen.municipality:
        found = found.filter(municipality=chosen.municipality)
    found = _with_words(found, words_in(chosen.words))
    return found.order_by("-public_from", "-pk").prefetch_related(Prefetch("changes", queryset=changes))


def entry(province: str, number: str) -> RegisterEntry | None:
    """One public award by the number of its file."""
    return entries(province, Filter()).filter(number=number).first()


def is_public(province: str, number: str) -> bool:
    """Whether the register shows a decision by the number of its file today: then it has a page of its own."""
    return entries(province, Filter()).filter(number=number).exists()


def givers_of(province: str, numbers: Iterable[str]) -> dict[str, list[RegisterGiver]]:
    """Who else pays, by the number of the file, in the order in which they came; in one question."""
    newest: dict[tuple[str, str], RegisterGiver] = {}
    for row in RegisterGiver.objects.filter(province=province, number__in=list(numbers)).order_by("pk"):
        newest[row.number, row.name] = row
    found: dict[str, list[RegisterGiver]] = {}
    for row in newest.values():
        if row.amount:
            found.setdefault(row.number, []).append(row)
    return found


def count(found: QuerySet[RegisterEntry]) -> tuple[int, bool]:
    """How many, and whether there are more than that: a count stops at a number nobody pages through."""
    number = found.order_by().prefetch_related(None)[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def awarded(province: str, municipality: str = "") -> tuple[int, Money]:
    """How many awards are public today, and how much was granted in all: in the province, or in one municipality."""
    found = entries(province, Filter(municipality=municipality)).order_by().prefetch_related(None)
    total = found.aggregate(count=Count("pk"), amount=Sum("amount"))
    return total["count"], Money(total["amount"] or 0)


def counted(province: str) -> list[Counted]:
    """Decisions per scheme and year, as far as they are public today: here refusals are counted too. Kept until the register or the day
    changes, because it reads every entry."""
    key = "-".join(["register-counted", province, *map(str, _reading())])
    found: list[Counted] | None = cache.get(key)
    if found is None:
        found = _count_all(province)
        cache.set(key, found, _DAY_SECONDS)
    return found


def _count_all(province: str) -> list[Counted]:
    rows = (
        RegisterEntry.objects.filter(province=province, public_from__lte=clock.today())
        .order_by()
        .values("scheme", "year", "kind")
        .annotate(number=Count("pk"), cents=Sum("amount"), title=Max("scheme_title"))
    )
    found: dict[tuple[str, int], dict[str, int]] = {}
    titles: dict[str, str] = {}
    for row in rows:
        titles[row["scheme"]] = row["title"]
        kind = "granted" if row["kind"] in AWARDS else row["kind"]
        sums = found.setdefault((row["scheme"], row["year"]), {})
        sums[kind] = sums.get(kind, 0) + row["number"]
        sums["amount"] = sums.get("amount", 0) + row["cents"]
    return [_counted(scheme, titles[scheme], year, sums) for (scheme, year), sums in sorted(found.items())]


def choices(province: str) -> tuple[list[tuple[str, str]], list[int]]:
    """The schemes (key, title) and years that a reader can choose from."""
    rows = [row for row in counted(province) if row.granted]
    schemes = sorted({(row.scheme, row.scheme_title) for row in rows}, key=lambda item: item[1])
    return schemes, sorted({row.year for row in rows}, reverse=True)


def all_of(found: QuerySet[RegisterEntry]) -> Iterator[RegisterEntry]:
    """Every entry, piece by piece, for a download."""
    yield from found.iterator(chunk_size=2000)


def _counted(scheme: str, title: str, year: int, sums: Mapping[str, int]) -> Counted:
    return Counted(
        scheme, title, year, sums.get("granted", 0), sums["amount"], sums.get("refusal", 0), sums.get("not_treated", 0)
    )


def _with_words(found: QuerySet[RegisterEntry], words: list[str]) -> QuerySet[RegisterEntry]:
    """Every word must begin a word of the entry. A rare word gives the few entries it can be; a common one is looked up per entry,
    which is quick because among the newest many have it."""
    for word in words:
        begins = RegisterWord.objects.filter(word__gte=word, word__lt=word + _AFTER)
        few = list(begins.order_by().values_list("entry_id", flat=True)[: FEW + 1])
        found = found.filter(pk__in=set(few)) if len(few) <= FEW else found.filter(Exists(begins.filter(entry=OuterRef("pk"))))
    return found


def last_change(found: RegisterEntry) -> date:
    """The day on which something about this entry became public last."""
    return max([found.public_from, *(item.public_from for item in found.changes.all())])
