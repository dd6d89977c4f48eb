"""What the applicant's side and the province write to each other about a file."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.grants.models.application import Application


class FileMessage(models.Model):
    """A message about a file (*bericht in het dossier*), of the applicant's side or of who works on it. It is never changed.

    `person` is the public id of who wrote it, `name` how we call them. `answered_at` is when the province answered: what is empty waits.
    A message is no application, completion, view or objection; it moves no term.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="exchange")
    from_applicant = models.BooleanField()
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_applicant=True) | models.Q(answered_at=None), name="message_answer_is_not_answered"
            ),
        ]
        indexes = [
            models.Index(
                fields=["application"], condition=models.Q(from_applicant=True, answered_at=None), name="message_unanswered"
            )
        ]

    def __str__(self) -> str:
        return self.public_id
