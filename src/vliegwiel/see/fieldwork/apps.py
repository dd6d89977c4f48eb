"""Room of fieldwork."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """A province fields a questionnaire itself: questions, invitations by letter code or an open link, answers, a panel."""

    name = "vliegwiel.see.fieldwork"
    label = "fieldwork"
