"""What a form asks of the pool, for every page that has it."""

from django.http import QueryDict

from vliegwiel.foundation.questions.public import day_or_none, whole_in
from vliegwiel.support.experts.actions.make_request import Wish


def wish_in(form: QueryDict) -> Wish:
    """The fields of `wish_fields`; raises NotValid for what is no day."""
    return Wish(
        form.get("titel", ""),
        form.get("tekst", ""),
        tuple(form.getlist("kan")),
        whole_in(form, "uren"),
        day_or_none(form, "uiterlijk"),
        form.get("taal", "nl"),
        form.get("afstand") == "ja",
    )
