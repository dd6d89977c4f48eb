"""Objections against decisions."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.grants.models.decision import Decision

#: received → repair asked ⇄ received → heard | not heard (7:3) → advised → decided; withdrawn at any time before.
OBJECTION_STATES = (
    ("received", "ontvangen"),
    ("repair", "herstel gevraagd"),
    ("heard", "gehoord"),
    ("advised", "advies klaar"),
    ("upheld", "gegrond"),
    ("partly", "deels gegrond"),
    ("dismissed", "ongegrond"),
    ("inadmissible", "niet-ontvankelijk"),
    ("withdrawn", "ingetrokken"),
)


class Objection(models.Model):
    """An objection (*bezwaar*, Awb 6:4) against a decision: who, when it came and by which channel (6:9 asks when it was posted), and how
    it stands. `outcome` is the new decision, when there is one."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    state = models.CharField(max_length=12, choices=OBJECTION_STATES, default="received")
    by = models.CharField(max_length=12)
    channel = models.CharField(max_length=5, default="web")
    posted_on = models.DateField(null=True)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    grounds = models.TextField(blank=True)
    motivation = models.TextField(blank=True)
    outcome = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="after_objection")
    decided_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.public_id
