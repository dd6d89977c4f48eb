"""The archive of the demo: one file that stays for ever, so that people see what that looks like."""

from django.conf import settings

from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.archive.actions.keep_file import keep_file
from vliegwiel.support.archive.models import Keeping
from vliegwiel.support.grants.public import State, grant_of, running
from vliegwiel.support.schemes.demo import acting


def build(province: str) -> int:
    """Keep the first grant of the demo for ever; returns how many files stay longer. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Een verzonnen archief hoort alleen in een voorbeeld.", code="no-demo")
    granted = [grant for name in running(State.GRANTED) if (grant := grant_of(name)).province == province]
    if granted and not Keeping.objects.filter(province=province).exists():
        why = "Eerste subsidie van dit programma: voor de geschiedenis van de provincie"
        keep_file(actor=acting("archivaris", province), province=province, number=granted[0].number, why=why)
    return Keeping.objects.filter(province=province).count()
