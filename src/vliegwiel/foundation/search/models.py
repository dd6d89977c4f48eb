"""What can be found, and the postings that find it."""

import secrets

from django.db import models


def _mark() -> str:
    return secrets.token_hex(8)


class Space(models.Model):
    """What one audience may find in one province (*vindruimte*); province "" holds for all. Nothing is counted across spaces."""

    province = models.CharField(max_length=4, blank=True)
    audience = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "audience"], name="search_space_once")]

    def __str__(self) -> str:
        return f"{self.province or 'NL'} {self.audience}"


class Document(models.Model):
    """A record of another room as it is found: `key` is its public id there. Its primary key is its number in the postings.

    `digest` is of all that was put in and of the lists of words, so that the same document is not written twice.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=250)
    province = models.CharField(max_length=4, blank=True)
    place = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    themes = models.JSONField(default=list)
    phase = models.CharField(max_length=40, blank=True)
    made_up = models.BooleanField(default=False)
    spaces = models.ManyToManyField(Space, related_name="documents")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Term(models.Model):
    """A token in a space.

    `facet` names what a token without a word is about (kind, place, theme, phase), with its value as text and the name of a place as
    label.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="terms")
    facet = models.CharField(max_length=10, blank=True)
    text = models.CharField(max_length=120)
    label = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["space", "facet"], name="search_facets", condition=~models.Q(facet=""))]
        constraints = [models.UniqueConstraint(fields=["space", "facet", "text"], name="search_term_once")]

    def __str__(self) -> str:
        return f"{self.facet}{self.text}"


class Block(models.Model):
    """Packed postings of a term: document numbers (uint32) and weights (uint8).

    A block is never changed, only replaced; `mark` names its content for who remembers it.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="blocks", db_constraint=False)
    count = models.PositiveIntegerField()
    numbers = models.BinaryField()
    weights = models.BinaryField()
    mark = models.CharField(max_length=16, default=_mark, editable=False)


class Fresh(models.Model):
    """A posting that is not packed yet; `number` is the document."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="fresh", db_constraint=False)
    number = models.BigIntegerField(db_index=True)
    weight = models.PositiveSmallIntegerField()


class Gone(models.Model):
    """The number of a document that was taken out or replaced, and may still stand in blocks."""

    number = models.BigIntegerField(primary_key=True)


class Spelling(models.Model):
    """A word of a space under one of the keys of its sound, for "bedoelde u"."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "key", "word"], name="search_spelling_once")]

    def __str__(self) -> str:
        return self.word
