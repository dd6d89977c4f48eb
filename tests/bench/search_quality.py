"""How well the search answers the judged questions, beside what databases have built in and beside plain BM25 on the same stems."""

import re
import sqlite3
from collections.abc import Callable, Sequence

import numpy as np

from tests.bench.harness import Bar, Result
from tests.bench.search_set.corpus import Made, documents
from tests.bench.search_set.judged import Quality, judge, measured
from tests.bench.search_set.sources import judged, passages
from vliegwiel.catalogue import language
from vliegwiel.engines.language import Analyser
from vliegwiel.foundation.search.public import EVERYONE, SearchDocument
from vliegwiel.foundation.search.scoring import best_numbers, rank
from vliegwiel.foundation.search.weights import weighed
from vliegwiel.kernel.actor import Actor

_WORD = re.compile(r"\w+")
#: So much better than the best that is built in.
_BETTER = 1.15
OURS, PLAIN = "de onze", "BM25 zonder splitsen"
Find = Callable[[str], Sequence[str]]


def measure(size: str) -> list[Result]:
    """nDCG@10 and recall@20 of ours and of each peer, on the made-up documents and on the papers where they lie; the bar is on the ratio of
    the first."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    papers = on_papers()  # first: the index is empty
    found = {
        OURS: judge(ours()),
        "de onze, zonder synoniemen": judge(in_memory(without_synonyms())),
        PLAIN: judge(in_memory(plain())),
    }
    found["FTS5"] = judge(fts5())
    found |= {name: judge(find) for name, find in postgres().items()}
    return results(found) + papers


def on_papers() -> list[Result]:
    """The same measures on passages of policy papers; only the threshold of decision 181 was chosen with them in view."""
    from vliegwiel.foundation.search.actions.index_document import remove_document

    name, every = "zoeken in beleidsstukken", passages()
    if not every:
        return [Result(name, "", why_not="de stukken zijn er niet; zet VLIEGWIEL_TEST_DATA")]
    finds: dict[str, Find] = {
        OURS: ours(every),
        "de onze, zonder synoniemen": in_memory(without_synonyms(), every),
        PLAIN: in_memory(plain(), every),
        "FTS5": fts5(every),
        **postgres(every),
    }
    found = {peer: [measured(grades, list(find(text))) for text, grades in judged()] for peer, find in finds.items()}
    for made in every:
        remove_document(actor=Actor.system("cli"), kind=made.kind, id=made.key)
    means = {peer: tuple(sum(row[side] for row in rows) / len(rows) for side in (0, 1)) for peer, rows in found.items()}
    best = max((peer for peer in means if is_built_in(peer)), key=lambda peer: means[peer][0])
    more = means[OURS][0] / means[best][0]
    told = f"{best}; hier is niets afgesproken: de {_BETTER - 1:.0%} meer geldt voor de vragen bij de verzonnen stukken"
    lines = [Result(f"{name}: nDCG@10, maal de beste ingebouwde", "×", more, 1, note=told)]
    for peer, rows in found.items():
        ndcg, recall = means[peer]
        lines.append(
            Result(
                f"{name}: nDCG@10, {peer}", "", ndcg, 1, note=f"recall@20 {recall:.3f}; {len(rows)} vragen, {len(every)} passages"
            )
        )
    return lines


def is_built_in(peer: str) -> bool:
    """Whether a database has this search itself."""
    return peer == "FTS5" or peer.startswith("PostgreSQL")


def results(found: dict[str, Quality]) -> list[Result]:
    """What the bench prints of these qualities."""
    mine = found[OURS]
    built_in = {name: quality for name, quality in found.items() if is_built_in(name)}
    best = max(built_in, key=lambda name: built_in[name].ndcg)
    peer = built_in[best]
    lines = [
        Result(
            "zoeken: nDCG@10, maal de beste ingebouwde", "×", mine.ndcg / peer.ndcg, 1, Bar(_BETTER, at_most=False), note=best
        ),
        Result(
            "zoeken: idem op vragen die apart zijn gehouden",
            "×",
            mine.held_ndcg / peer.held_ndcg,
            1,
            Bar(_BETTER, at_most=False),
            note=best,
        ),
    ]
    for name, quality in found.items():
        note = f"apart gehouden {quality.held_ndcg:.3f}; recall@20 {quality.recall:.3f}, apart {quality.held_recall:.3f}"
        lines.append(Result(f"zoeken: nDCG@10, {name}", "", quality.ndcg, 1, note=note))
    return lines


def ours(every: Sequence[Made] = ()) -> Find:
    """The search of the product, on whatever database this is; on the made-up documents unless others are given."""
    from vliegwiel.foundation.search.actions.pack_index import pack_index
    from vliegwiel.foundation.search.public import index_document, search

    system, visitor = Actor.system("cli"), Actor("visitor")
    for made in every or documents():
        index_document(actor=system, document=as_document(made))
    pack_index(actor=system)
    return lambda query: [hit.id for hit in search(query, actor=visitor, province="", size=20).hits]


def as_document(made: Made) -> SearchDocument:
    """A made-up document as a room would put it in."""
    where = {"place": made.place, "place_name": made.place, "themes": (made.theme,)}
    return SearchDocument(made.kind, made.key, made.title, made.text, f"/{made.key}", (EVERYONE,), **where)


def plain() -> Analyser:
    """Stems only: no compounds and no synonyms."""
    return Analyser(synonyms=(), words=())


def without_synonyms() -> Analyser:
    """Ours, as far as it does not rest on a list of what means the same: that list and the questions were written by the same people."""
    return Analyser(synonyms=(), words=language.parts(), whole=language.never_cut())


def in_memory(analyser: Analyser, every: Sequence[Made] = ()) -> Find:
    """The same ranking with another analyser, without guesses at spelling."""
    held = every or documents()
    postings: dict[str, list[tuple[int, int]]] = {}
    for number, made in enumerate(held, 1):
        for token, weight in weighed(analyser, made.title, made.text).items():
            postings.setdefault(token, []).append((number, weight))
    arrays = {
        token: [(np.array([row[0] for row in rows], np.uint32), np.array([row[1] for row in rows], np.uint8))]
        for token, rows in postings.items()
    }
    size = len(held)

    def find(query: str) -> list[str]:
        wanted = analyser.wanted(query)
        asked = {token: arrays[token] for word in wanted for token in word.tokens if token in arrays}
        ranked = rank(wanted, asked, size, np.array([], np.uint32))
        return [held[number - 1].key for number, _score in best_numbers(ranked.numbers, ranked.scores, 0, 20)]

    return find


def fts5(every: Sequence[Made] = ()) -> Find:
    """SQLite's own full text: any of the words, bm25, the title three times as heavy."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(key UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')")
    base.executemany("INSERT INTO texts VALUES (?, ?, ?)", [(made.key, made.title, made.text) for made in every or documents()])
    ask = "SELECT key FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 3, 1), rowid LIMIT 20"

    def find(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        return [row[0] for row in base.execute(ask, (words,))]

    return find


def postgres(every: Sequence[Made] = ()) -> dict[str, Find]:
    """PostgreSQL's `dutch`, any of the words, ranked in both of its ways; empty where it does not start."""
    import psycopg

    from tests import postgres as server

    base = psycopg.connect(server.start(), autocommit=True)
    base.execute("CREATE TEMP TABLE texts (key text, words tsvector)")
    weighed_text = "setweight(to_tsvector('dutch', %s), 'A') || setweight(to_tsvector('dutch', %s), 'C')"
    for made in every or documents():
        base.execute(f"INSERT INTO texts VALUES (%s, {weighed_text})", (made.key, made.title, made.text))
    return {f"PostgreSQL dutch, {name}": _postgres_by(base, name) for name in ("ts_rank", "ts_rank_cd")}


def _postgres_by(base: object, function: str) -> Find:
    ask = (
        "WITH asked AS (SELECT replace(plainto_tsquery('dutch', %s)::text, '&', '|')::tsquery AS q) "
        f"SELECT key FROM texts, asked WHERE words @@ q ORDER BY {function}('{{0.1, 0.33, 0.33, 1}}', words, q, 1) DESC, key LIMIT 20"
    )
    return lambda query: [row[0] for row in base.execute(ask, (query,))]
