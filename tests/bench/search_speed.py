"""How quick the search answers with a hundred thousand and a million made-up texts, on SQLite and on PostgreSQL.

Words fall as in a language (Zipf): the words of the judged documents, compounds and all, among fifty thousand invented ones (fewer when
there are few texts). The
postings are written in bulk; a sample of queries must then count exactly what the texts hold, or nothing is measured. Each query runs
once: the judged questions, and as many of one to three words drawn as the texts draw them, so that common words come as often as they
are.

Of each query the least of the clock and the processor counts (of this process and of the one in the database server that serves
it), so that a busy machine does not decide; the clock stands in the note.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from tests import postgres
from tests.bench.harness import Bar, Result, percentile, seconds
from tests.requirements import ROOT

COUNTS = {"full": ((100_000, Bar(30)), (1_000_000, Bar(150))), "small": ((100_000, Bar(30)),), "tiny": ((2_000, None),)}
_INVENTED = 50_000
_PATIENCE = 3600
_CHUNK = 20_000
_PLACES, _THEMES, _PHASES = 340, 10, ("idee", "starten", "loopt", "blijft")


def measure(size: str) -> list[Result]:
    """The 95th percentile of the time of a query, in a process of its own for each database and number."""
    found = []
    for count, bar in COUNTS[size]:
        for database in ("SQLite", "PostgreSQL"):
            name = f"zoeken in {count:_} stukken, {database}, p95".replace("_", ".")
            try:
                told = _in_process(database, count)
            except (subprocess.SubprocessError, OSError, ValueError) as error:
                found.append(Result(name, "ms", bar=bar, why_not=str(error)[-200:]))
                continue
            note = f"midden {told['median']:.1f} ms, langste {told['longest']:.0f} ms, p95 op de klok {told['clock']:.1f} ms"
            found.append(Result(name, "ms", told["p95"], told["runs"], bar, note=note))
    return found


def _in_process(database: str, count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="search-") as home:
        chosen = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if database == "PostgreSQL":
            chosen["DATABASE_URL"] = postgres.start()
        chosen |= {"VLIEGWIEL_HOME": home, "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
        line = [sys.executable, "-m", "tests.bench.search_speed", str(count)]
        try:
            done = subprocess.run(line, env=chosen, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        finally:
            postgres.stop()
    if done.returncode:
        raise ValueError((done.stderr.strip().splitlines() or ["?"])[-1])
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Filled:
    """An index with made-up documents, written in bulk: which words each has, and the words by how common they are."""

    def __init__(self, count: int, seed: int = 1) -> None:
        from tests.bench.search_set.corpus import documents
        from vliegwiel.foundation.search.analyser import analyser

        stream = np.random.default_rng(seed)
        real = sorted({word.exact for made in documents() for word in analyser().words(f"{made.title} {made.text}")})
        self.words = np.array([*real, *_invented(min(_INVENTED, max(10_000, 20 * count)), set(real))])
        stream.shuffle(self.words)
        weight = 1 / (np.arange(len(self.words)) + 2.7)
        self.shares = weight / weight.sum()
        self.lengths = stream.integers(20, 60, count)
        self.drawn = stream.choice(len(self.words), int(self.lengths.sum()), p=self.shares).astype(np.uint32)
        self.ends = np.cumsum(self.lengths)
        self.count, self.stream = count, stream

    def text(self, number: int) -> str:
        """The words of a document (numbers begin at 1)."""
        return " ".join(self.words[self.drawn[self.ends[number - 1] - self.lengths[number - 1] : self.ends[number - 1]]])

    def write(self) -> None:
        """Documents, terms and blocks, as the product would have written them."""
        from django.db import transaction

        from vliegwiel.foundation.search.actions.index_document import spellings_of
        from vliegwiel.foundation.search.models import Space, Spelling
        from vliegwiel.foundation.search.records import EVERYONE

        with transaction.atomic():
            self.space = Space.objects.create(province="", audience=EVERYONE)
            self._write_documents()
            self._write_postings()
            Spelling.objects.bulk_create(spellings_of(self.space, [("", f"={word}") for word in self.words]), batch_size=2000)

    def _write_documents(self) -> None:
        from django.db import connection

        self.values = {
            "kind": self.stream.integers(0, 5, self.count),
            "place": self.stream.integers(0, _PLACES, self.count),
            "theme": self.stream.integers(0, _THEMES, self.count),
            "phase": self.stream.integers(0, len(_PHASES), self.count),
        }
        columns = "id, kind, key, title, text, path, province, place, place_name, themes, phase, made_up, digest"
        true = "true" if connection.vendor == "postgresql" else "1"
        put = f"INSERT INTO search_document ({columns}) VALUES (%s, %s, %s, %s, %s, '/x', '', %s, %s, %s, %s, {true}, '')"
        link = "INSERT INTO search_document_spaces (document_id, space_id) VALUES (%s, %s)"
        with connection.cursor() as cursor:
            for start in range(1, self.count + 1, _CHUNK):
                rows = [self._row(number) for number in range(start, min(start + _CHUNK, self.count + 1))]
                cursor.executemany(put, rows)
                cursor.executemany(link, [(row[0], self.space.pk) for row in rows])

    def _row(self, number: int) -> tuple[object, ...]:
        text = self.text(number)
        kind, place, theme, phase = (int(self.values[name][number - 1]) for name in ("kind", "place", "theme", "phase"))
        title = " ".join(text.split()[:4])
        where = f"GM{place:04}"
        return (
            number,
            f"soort{kind}",
            str(number),
            title,
            text,
            where,
            f"Plaats {place}",
            json.dumps([f"t{theme}"]),
            _PHASES[phase],
        )

    def _write_postings(self) -> None:
        from vliegwiel.foundation.search.actions.pack_index import blocks_of
        from vliegwiel.foundation.search.facets import ALL
        from vliegwiel.foundation.search.models import Block, Term

        holds = self._documents_of_words()
        made: dict[tuple[str, str], np.ndarray] = {(ALL, ""): np.arange(1, self.count + 1, dtype=np.uint32)}
        for token, places in self._words_of_tokens().items():
            numbers = [holds[place] for place in places]
            together = np.unique(np.concatenate(numbers)) if len(numbers) > 1 else numbers[0]
            if len(together):
                made["", token] = together
        written = {"kind": "soort{}", "place": "GM{:04}", "theme": "t{}", "phase": "{}"}
        for facet, form in written.items():
            for value in np.unique(self.values[facet]):
                name = _PHASES[value] if facet == "phase" else form.format(value)
                made[facet, name] = np.flatnonzero(self.values[facet] == value).astype(np.uint32) + 1
        Term.objects.bulk_create((Term(space=self.space, facet=facet, text=text) for facet, text in made), batch_size=2000)
        keys = {(facet, text): pk for pk, facet, text in Term.objects.values_list("pk", "facet", "text")}
        waiting: list[Block] = []
        for pair, numbers in made.items():
            waiting += blocks_of(keys[pair], numbers, self.stream.integers(60, 200, len(numbers)).astype(np.uint8))
            if len(waiting) > _CHUNK:
                Block.objects.bulk_create(waiting, batch_size=2000)
                waiting = []
        Block.objects.bulk_create(waiting, batch_size=2000)

    def _documents_of_words(self) -> list[np.ndarray]:
        owner = np.repeat(np.arange(1, self.count + 1, dtype=np.uint32), self.lengths)
        order = np.argsort(self.drawn, kind="stable")
        edges = np.searchsorted(self.drawn[order], np.arange(len(self.words) + 1))
        owner = owner[order]
        return [np.unique(owner[edges[place] : edges[place + 1]]) for place in range(len(self.words))]

    def _words_of_tokens(self) -> dict[str, list[int]]:
        from vliegwiel.foundation.search.analyser import analyser

        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            for token in analyser().counted(str(word)):
                found[token].append(place)
        return found

    def queries(self) -> Iterator[str]:
        """The judged questions, and as many of words as the texts draw them."""
        from tests.bench.search_set.corpus import questions

        for asked in questions():
            yield asked.text
            size = int(self.stream.integers(1, 4))
            yield " ".join(self.words[self.stream.choice(len(self.words), size, p=self.shares)])


def _invented(count: int, taken: set[str]) -> list[str]:
    """Words that do not exist, of syllables."""
    stream = np.random.default_rng(2)
    sounds = [
        first + middle + last for first in "bdfgklmnprstvwz" for middle in "aeiou" for last in ("l", "m", "n", "r", "t", "")
    ]
    found: set[str] = set()
    while len(found) < count:
        found |= {"".join(stream.choice(sounds, int(stream.integers(2, 5)))) for _ in range(5000)} - taken
    return sorted(found)[:count]


def _verify(filled: Filled) -> None:
    """Each of a few words must be found in exactly the documents that hold it. Raises ValueError."""
    from vliegwiel.foundation.search.analyser import analyser
    from vliegwiel.foundation.search.public import search
    from vliegwiel.kernel.actor import Actor

    sets = [
        set(filled.words[filled.drawn[end - length : end]]) for end, length in zip(filled.ends[:], filled.lengths, strict=True)
    ]
    for word in filled.words[[5, 60, 700, 8000]]:
        sought = {token for token, _share in analyser().wanted(str(word))[0].ways}
        holds = {one for one in filled.words if sought & set(analyser().counted(str(one)))}
        counted = sum(not holds.isdisjoint(one) for one in sets)
        found = search(str(word), actor=Actor("visitor"), province="", size=1)
        if found.total != counted and not analyser().wanted(str(word))[0].together:
            message = f"{word}: {found.total} found, {counted} there"
            raise ValueError(message)


def main(count: int) -> None:
    """Fill, verify, measure, and print what was measured as one line of JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from vliegwiel.foundation.search.public import search
    from vliegwiel.kernel.actor import Actor

    call_command("migrate", verbosity=0)
    filled = Filled(count)
    filling = seconds(filled.write)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if count <= 100_000:
        _verify(filled)
    queries = list(filled.queries())
    visitor = Actor("visitor")
    for query in queries[:20]:
        search(query, actor=visitor, province="")
    processor, clock, times = _processor(), [], []
    for query in queries[20:]:
        began = processor()
        clock.append(1000 * seconds(lambda query=query: search(query, actor=visitor, province="")))
        times.append((min(1000 * (processor() - began), clock[-1]), query))
    took = [spent for spent, _query in times]
    told = {"p95": percentile(took, 0.95), "median": percentile(took, 0.5), "longest": max(took), "runs": len(took)}
    print(json.dumps({**told, "clock": percentile(clock, 0.95), "filling": filling, "slowest": sorted(times)[-8:]}))


def _processor() -> Callable[[], float]:
    """Seconds on a processor so far: of this process, and of the one in the database server that serves it (Linux only)."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = (~cursor.fetchone()[0] << 3) | 2  # the number of the processor clock of another process: clock_getcpuclockid(3)
    return lambda: time.process_time() + time.clock_gettime(clock)


if __name__ == "__main__":
    main(int(sys.argv[1]))
