"""Documents go into the index, or out of it, in the transaction of the act that makes it so."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from django.db import IntegrityError, connection, transaction

from vliegwiel.catalogue.roles import verbs
from vliegwiel.engines.language import EXACT, keys
from vliegwiel.foundation.search.analyser import analyser, edition
from vliegwiel.foundation.search.facets import ALL
from vliegwiel.foundation.search.models import Document, Fresh, Gone, Space, Spelling, Term
from vliegwiel.foundation.search.records import EVERYONE, FACETS, SearchDocument
from vliegwiel.foundation.search.weights import weighed
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import canonical_json
from vliegwiel.kernel.errors import NotValid

_LONGEST_WORD = 60
#: So many words in one question: SQLite may know at most a thousand parameters.
_ASKED_AT_ONCE = 900


def index_document(*, actor: Actor, document: SearchDocument) -> bool:
    """Put a document in, or put what changed right; returns whether anything changed. Repeating does no harm.

    Runs in the caller's transaction; who may do so is asked by the act itself. A document without an audience is taken out. Raises
    NotValid for an audience that does not exist.
    """
    if not document.audiences:
        return remove_document(actor=actor, kind=document.kind, id=document.id)
    return bool(index_documents(actor=actor, documents=[document]))


def index_documents(*, actor: Actor, documents: Iterable[SearchDocument]) -> int:
    """As `index_document` for documents that all have an audience, asking the database once for all; returns how many changed."""
    told = {(document.kind, document.id): (document, digest_of(document)) for document in documents}
    for document, _digest in told.values():
        _refuse_unknown(document.audiences)
    for attempt in (1, 2):
        among = Document.objects.filter(kind__in={kind for kind, _id in told}, key__in=[id for _kind, id in told])
        known = {(found.kind, found.key): found for found in among}
        changed = {name: one for name, one in told.items() if name not in known or known[name].digest != one[1]}
        if not changed:
            return 0
        try:
            with transaction.atomic():
                for name in changed.keys() & known.keys():
                    _take_out(known[name])
                _put_in(list(changed.values()))
        except IntegrityError:  # somebody else put the same document in at the same moment: look again, once
            if attempt == 2:
                raise
        else:
            return len(changed)
    return 0


def remove_document(*, actor: Actor, kind: str, id: str) -> bool:
    """Take a document out at once; returns whether it was there."""
    with transaction.atomic():
        known = Document.objects.filter(kind=kind, key=id).first()
        if known is None:
            return False
        _take_out(known)
    return True


def digest_of(document: SearchDocument) -> str:
    """Names what would be written for a document."""
    told = {name: getattr(document, name) for name in document.__dataclass_fields__}
    return sha256(canonical_json({**told, "audiences": sorted(document.audiences), "edition": edition()}).encode()).hexdigest()


def tokens_of(document: SearchDocument) -> dict[tuple[str, str], int]:
    """What is kept of a document: (facet, token) with its weight."""
    weights = weighed(analyser(), document.title, document.text)
    kept = {("", token): weight for token, weight in weights.items() if len(token) <= _LONGEST_WORD}
    values = {"kind": (document.kind,), "place": (document.place,), "theme": document.themes, "phase": (document.phase,)}
    return {**kept, (ALL, ""): 1, **{(facet, value): 1 for facet in FACETS for value in values[facet] if value}}


def terms_of(
    space: Space, tokens: Iterable[tuple[str, str]], labels: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], int]:
    """The keys of tokens in a space; new ones are made, in one order so that two writers do not wait for each other."""
    asked = sorted(set(tokens))
    known = _known(space, asked)
    missing = [pair for pair in asked if pair not in known]
    if missing:
        made = (Term(space=space, facet=facet, text=text, label=labels.get((facet, text), "")) for facet, text in missing)
        Term.objects.bulk_create(made, ignore_conflicts=True)
        known |= _known(space, missing)
    return known


def spellings_of(space: Space, tokens: Iterable[tuple[str, str]]) -> list[Spelling]:
    """What is kept to guess at a word that is written wrongly."""
    words = sorted(text.removeprefix(EXACT) for facet, text in tokens if not facet and text.startswith(EXACT))
    return [Spelling(space=space, key=key, word=word) for word in words for key in sorted(keys(word))]


def _put_in(documents: list[tuple[SearchDocument, str]]) -> None:
    made = Document.objects.bulk_create(
        Document(
            kind=document.kind,
            key=document.id,
            title=document.title[:250],
            text=document.text,
            path=document.path,
            province=document.province,
            place=document.place,
            place_name=document.place_name,
            themes=list(document.themes),
            phase=document.phase,
            made_up=document.made_up,
            digest=digest,
        )
        for document, digest in documents
    )
    found_in: dict[tuple[str, str], list[tuple[int, SearchDocument, Mapping[tuple[str, str], int]]]] = {}
    for one, (document, _digest) in zip(made, documents, strict=True):
        tokens = tokens_of(document)
        for audience in set(document.audiences):
            found_in.setdefault((document.province, audience), []).append((one.pk, document, tokens))
    for (province, audience), held in sorted(found_in.items()):
        space = Space.objects.get_or_create(province=province, audience=audience)[0]
        Document.spaces.through.objects.bulk_create(Document.spaces.through(document_id=pk, space=space) for pk, *_rest in held)
        _post(space, held)


def _post(space: Space, held: list[tuple[int, SearchDocument, Mapping[tuple[str, str], int]]]) -> None:
    tokens = {pair for _pk, _document, weights in held for pair in weights}
    before = set(_known(space, sorted(tokens)))
    terms = terms_of(space, tokens, {("place", document.place): document.place_name for _pk, document, _weights in held})
    _write((terms[pair], pk, weight) for pk, _document, weights in held for pair, weight in weights.items())
    Spelling.objects.bulk_create(spellings_of(space, tokens - before), ignore_conflicts=True)


def _write(postings: Iterable[tuple[int, int, int]]) -> None:
    """Term, document and weight of each, past the objects of the ORM: a province holds half a million when it is new."""
    into = f"INSERT INTO {connection.ops.quote_name(Fresh._meta.db_table)} (term_id, number, weight) VALUES (%s, %s, %s)"  # noqa: S608 - our own name
    with connection.cursor() as cursor:
        cursor.executemany(into, list(postings))


def _take_out(known: Document) -> None:
    Gone.objects.bulk_create([Gone(number=known.pk)], ignore_conflicts=True)
    Fresh.objects.filter(number=known.pk).delete()
    known.delete()


def _known(space: Space, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    wanted, texts = set(pairs), sorted({text for _facet, text in pairs})
    parts = (texts[start : start + _ASKED_AT_ONCE] for start in range(0, len(texts), _ASKED_AT_ONCE))
    rows = (row for part in parts for row in Term.objects.filter(space=space, text__in=part).values_list("pk", "facet", "text"))
    return {(facet, text): pk for pk, facet, text in rows if (facet, text) in wanted}


def _refuse_unknown(audiences: Iterable[str]) -> None:
    for audience in audiences:
        kind, _, name = audience.partition(":")
        if not (audience == EVERYONE or (kind == "verb" and name in verbs()) or (kind == "person" and name)):
            raise NotValid(f"Wie dit mag vinden, kennen we niet: {audience}.", code="unknown-audience")
