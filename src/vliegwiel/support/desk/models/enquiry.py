"""The question itself, every change of its promised day, what was said about it, and who is on its file."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.desk.lifecycle import NAMES, State

_SUBJECT = 70


class EnquirySeries(models.Model):
    """The last number given in a year (*nummerreeks van vragen*); one conditional update gives the next."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class EnquiryChannel(models.TextChoices):
    """How a question came in; all count the same."""

    WEB = "web", "via de website"
    PHONE = "phone", "per telefoon"
    PAPER = "paper", "op papier"
    DESK = "desk", "aan het loket"


class Enquiry(models.Model):
    """A question at the desk (*vraag aan het loket*). `kind` is a key of catalogue/desk.yml, `theme` of catalogue/themes.yml.

    `place` is an area code with its name, `municipality` the one it lies in. Contact details are those the person gave, and go when they
    were not theirs. `person` is a public id when it was asked with an account. `organisation` and `adviser` are public ids, with the names
    as they were; `routed_why` tells why the routing gave it to them. `promised_on` is made again from the events. `flagged`: the text may
    say something about someone's health or hold details of others, so it stays out of lists until an adviser cleaned it. `revision` grows
    with each save; `link_number` says which secret link opens its page. `inclusion` are answers to "who can take part, who is missing?".
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=[(s.value, NAMES[s]) for s in State], default=State.RECEIVED.value)
    revision = models.PositiveIntegerField(default=1)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=20)
    theme = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    municipality = models.CharField(max_length=6, blank=True)
    municipality_name = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    channel = models.CharField(max_length=5, choices=EnquiryChannel.choices, default=EnquiryChannel.WEB)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    post = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=12, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    adviser = models.CharField(max_length=12, blank=True)
    adviser_name = models.CharField(max_length=80, blank=True)
    routed_why = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    flagged = models.BooleanField(default=False)
    inclusion = models.JSONField(default=dict)
    entered_by = models.CharField(max_length=12, blank=True)
    form = models.CharField(max_length=40, null=True, unique=True)
    link_number = models.PositiveIntegerField(default=1)
    received_on = models.DateField()
    promised_on = models.DateField()
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    made_up = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_on=None)),
                name="enquiry_closed_with_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation="", adviser="") | ~models.Q(organisation=""), name="adviser_of_an_organisation"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "promised_on"], name="enquiry_inbox"),
            models.Index(fields=["province", "state", "promised_on"], name="enquiry_on_time"),
            models.Index(fields=["adviser", "state"], name="enquiry_of_adviser"),
            models.Index(fields=["organisation", "state", "adviser"], name="enquiry_load"),
            models.Index(fields=["person"], name="enquiry_of_person"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> State:
        """Its state as the table knows it."""
        return State(self.state)

    @property
    def subject(self) -> str:
        """What a list calls it: the beginning of the text, unless that may be too personal."""
        if self.flagged:
            return ""
        line = " ".join(self.text.split())
        return line if len(line) <= _SUBJECT else f"{line[:_SUBJECT].rsplit(' ', 1)[0]} …"


class EnquiryEventKind(models.TextChoices):
    """What changes the promised day."""

    RECEIVED = "received", "binnengekomen"
    ASKED = "asked", "iets gevraagd"
    TOLD = "told", "antwoord op onze vraag"
    LATER = "later", "latere dag beloofd"
    AGAIN = "again", "nieuwe vraag"
    ANSWERED = "answered", "beantwoord"


class EnquiryEvent(models.Model):
    """A change of the promised day (*gebeurtenis in de beloofde tijd*), with its day and reason; never changed afterwards. `days` is the
    term in working days that starts with it, `until` the later day that was promised; of an answer the day it was promised for, with the
    organisation that answered: what is counted in public."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="clock")
    kind = models.CharField(max_length=10, choices=EnquiryEventKind.choices)
    on = models.DateField()
    days = models.PositiveSmallIntegerField(default=0)
    until = models.DateField(null=True)
    reason = models.TextField(blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "until"], name="enquiry_answered")]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.kind}"


class Voice(models.TextChoices):
    """Who speaks in a message, and so who reads it: a note is for the advisers on the file alone."""

    RESIDENT = "resident", "wie vraagt"
    ADVISER = "adviser", "adviseur"
    NOTE = "note", "notitie"


class EnquiryMessage(models.Model):
    """What was said about a question (*bericht bij een vraag*), or noted by an adviser. Messages are read by who asks and everyone on the
    file; notes by its advisers. `person` is a public id, empty for who asks without an account."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="messages")
    voice = models.CharField(max_length=8, choices=Voice.choices)
    text = models.TextField()
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.voice}"


class FileRole(models.TextChoices):
    """What someone of another organisation does on a file."""

    ADVISER = "adviser", "adviseert mee"
    OBSERVER = "observer", "kijkt mee"


class FileMember(models.Model):
    """Someone of an organisation who is on the file beside the organisation that has it (*betrokkene bij een dossier*): an adviser works on
    it, an observer reads messages, advice and goals, no notes and no contact details. `person` empty: everyone of that organisation with
    the role for it. A membership ends; it is not taken away."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="members")
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=8, choices=FileRole.choices)
    why = models.CharField(max_length=200)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "organisation", "person"], condition=models.Q(until=None), name="on_a_file_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="file_member_of")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.organisation_name}"
