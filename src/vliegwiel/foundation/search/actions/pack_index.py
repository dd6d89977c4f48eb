"""Fresh postings are packed in blocks, and what is gone is swept out of them."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from vliegwiel.engines.language import EXACT
from vliegwiel.foundation.search.models import Block, Fresh, Gone, Spelling, Term
from vliegwiel.foundation.search.postings import Posting
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow

#: Postings in one block at most.
LARGEST = 16_384
_AT_ONCE = 50_000


def pack_index(*, actor: Actor) -> int:
    """Pack what is fresh; returns how many postings. Another packer at the same moment makes one of the two stop."""
    packed = 0
    while True:
        with transaction.atomic():
            rows = list(Fresh.objects.order_by("pk").values_list("pk", "term_id", "number", "weight")[:_AT_ONCE])
            if not rows:
                break
            _delete([row[0] for row in rows])
            postings: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for _pk, term, number, weight in rows:
                postings[term].append((number, weight))
            add_postings({term: _arrays(sorted(pairs)) for term, pairs in postings.items()})
        packed += len(rows)
    return packed


def add_postings(postings: Mapping[int, Posting]) -> None:
    """Put postings behind those that are packed: a last block that is not full is replaced by one with the new ones in it."""
    last: dict[int, Block] = {}
    terms = list(postings)
    for start in range(0, len(terms), 500):
        for block in Block.objects.filter(term_id__in=terms[start : start + 500], count__lt=LARGEST).order_by("pk"):
            last[block.term_id] = block
    made: list[Block] = []
    for term, (numbers, weights) in postings.items():
        before = last.get(term)
        if before is not None:
            numbers = np.concatenate([np.frombuffer(before.numbers, np.uint32), numbers])
            weights = np.concatenate([np.frombuffer(before.weights, np.uint8), weights])
        made += blocks_of(term, numbers, weights)
    _delete_blocks(last)
    Block.objects.bulk_create(made, batch_size=500)


def blocks_of(term: int, numbers: np.ndarray, weights: np.ndarray) -> list[Block]:
    """Postings of a term cut in blocks."""
    return [
        Block(
            term_id=term,
            count=len(numbers[start : start + LARGEST]),
            numbers=numbers[start : start + LARGEST].astype(np.uint32).tobytes(),
            weights=weights[start : start + LARGEST].astype(np.uint8).tobytes(),
        )
        for start in range(0, len(numbers), LARGEST)
    ]


def sweep_index(*, actor: Actor) -> int:
    """Take what is gone out of every block, and terms and spellings that nothing has any more; returns how many documents."""
    with transaction.atomic():
        gone = np.array(sorted(Gone.objects.values_list("number", flat=True)), np.uint32)
        if not len(gone):
            return 0
        for pk in list(Block.objects.order_by("pk").values_list("pk", flat=True)):
            block = Block.objects.get(pk=pk)
            numbers = np.frombuffer(block.numbers, np.uint32)
            kept = ~np.isin(numbers, gone)
            if not kept.all():
                weights = np.frombuffer(block.weights, np.uint8)
                Block.objects.bulk_create(blocks_of(block.term_id, numbers[kept], weights[kept]))
                block.delete()
        Gone.objects.filter(number__in=gone.tolist()).delete()
        _forget_words()
    return len(gone)


def _forget_words() -> None:
    """A word that no document has any more is not kept, and nobody is led to it."""
    used = Q(Exists(Block.objects.filter(term=OuterRef("pk")))) | Q(Exists(Fresh.objects.filter(term=OuterRef("pk"))))
    Term.objects.filter(~used).delete()
    written = Term.objects.filter(space=OuterRef("space"), facet="", text=Concat(Value(EXACT), OuterRef("word")))
    Spelling.objects.filter(~Exists(written)).delete()


def _arrays(pairs: list[tuple[int, int]]) -> Posting:
    return np.array([pair[0] for pair in pairs], np.uint32), np.array([pair[1] for pair in pairs], np.uint8)


def _delete(keys: list[int]) -> None:
    count = 0
    for start in range(0, len(keys), 500):
        count += Fresh.objects.filter(pk__in=keys[start : start + 500]).delete()[0]
    if count != len(keys):
        raise NotNow("Iemand anders pakt de zoekindex al in.", code="packing")


def _delete_blocks(blocks: Mapping[int, Block]) -> None:
    keys = [block.pk for block in blocks.values()]
    for start in range(0, len(keys), 500):
        Block.objects.filter(pk__in=keys[start : start + 500]).delete()
