"""Room of questions."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """One small form: questions as data, drawn by the server, read back, shown only when their condition holds."""

    name = "vliegwiel.foundation.questions"
    label = "questions"
