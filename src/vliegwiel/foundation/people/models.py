"""Persons, organisations, roles, and the messages that wait to be handed over."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by their e-mail address, whatever the capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """By e-mail address."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """A natural person with an account (*account*): a public id and an e-mail address; a form of address only when they give one.

    Nobody has a password: the field of the base class always holds an unusable one.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(unique=True)
    called = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    made_up = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.called or self.email

    @property
    def name(self) -> str:
        """How we address this person on screen."""
        return self.called or self.email


class OrganisationKind(models.TextChoices):
    """Kinds of organisation."""

    PROVINCE = "provincie", "provincie"
    MUNICIPALITY = "gemeente", "gemeente"
    SUPPORT = "steunorganisatie", "steunorganisatie"
    FUND = "fonds", "fonds"
    INSTITUTE = "instituut", "instituut"
    KNOWLEDGE = "kennisorganisatie", "kennisorganisatie"
    INITIATIVE = "initiatief", "bewonersgroep"
    PARTNER = "partner", "bedrijf of instelling"


class Organisation(models.Model):
    """An organisation (*organisatie*) people act for. `municipality` is the code of its municipality, when it has one."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    made_up = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), "province", name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A role of a person for an organisation, within a scope, from one moment until another (open when empty).

    A role is never changed: it ends, and another begins. So it stays known who might do what, and when.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind", "province", "municipality"],
                condition=models.Q(until=None),
                name="open_role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.public_id})"


class OutgoingMail(models.Model):
    """A message in the outbox (*postbak uit*). Its text is removed once it is handed over; the demo keeps it to show it."""

    message_id = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.message_id
