"""Put files whose term is over on a list, for a second person to decide on."""

from collections.abc import Collection

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.archive.lifecycle import MOVES, How
from vliegwiel.support.archive.models import DestructionList, ListedFile, ListSeries
from vliegwiel.support.archive.queries import MOST, candidates
from vliegwiel.support.archive.standing import reference


@trail.recorded("propose-list", kind="destruction-list")
def propose_list(*, actor: Actor, province: str, key: str, how: str, only: Collection[str] = ()) -> DestructionList:
    """Make a list of the oldest files of one kind whose term is over and that nothing stands in the way of; `only` names some by id.

    At most five hundred, so that a person can read it. Raises NotAllowed, NotValid for an unknown kind, NotNow when there is none.
    """
    demand(actor, MOVES["propose-list"].verb, Subject(province=province))
    if how not in How.values:
        raise NotValid(_("Kies vernietigen of overbrengen."), code="unknown-how")
    due = [item for item in candidates(province) if item.key == key and item.ready and item.how == how]
    chosen = [item for item in due if not only or item.id in only][:MOST]
    if not chosen:
        raise NotNow(_("Er is nu geen dossier van deze soort dat weg mag."), code="nothing-due")
    try:
        with transaction.atomic():
            made = DestructionList.objects.create(
                number=_next_number(province), province=province, how=how, proposed_by=actor.id, made_up=settings.VLIEGWIEL_DEMO
            )
            ListedFile.objects.bulk_create(
                ListedFile(
                    on=made,
                    province=province,
                    kind=item.kind,
                    object_id=item.id,
                    number=item.number,
                    key=item.key,
                    ground=item.ground,
                    since=item.since,
                    ends=item.ends,
                )
                for item in chosen
            )
            trail.record(
                actor=actor,
                action="propose-list",
                subject=reference(made),
                facts={"count": len(chosen), "term": key, "how": how},
                province=province,
            )
    except IntegrityError as error:
        raise NotNow(_("Een collega zet deze dossiers net op een lijst. Bekijk het opnieuw."), code="listed") from error
    return made


def _next_number(province: str) -> str:
    year = clock.today().year
    ListSeries.objects.get_or_create(province=province, year=year)
    ListSeries.objects.filter(province=province, year=year).update(last=F("last") + 1)
    return f"V{year}-{ListSeries.objects.get(province=province, year=year).last:03d}"
