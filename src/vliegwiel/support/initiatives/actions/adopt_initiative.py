"""Do elsewhere what others do (*wij doen dit ook*): a draft that says where it came from."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.initiatives.limits import STARTED_PER_PERSON
from vliegwiel.support.initiatives.models import Initiative, InitiativeLink, InitiativePerson, InitiativeTheme
from vliegwiel.support.initiatives.standing import find, named


@trail.recorded("adopt-initiative", kind="initiative", about=named("initiative"))
@transaction.atomic
def adopt_initiative(*, actor: Actor, initiative: str) -> Initiative:
    """Begin a draft of one's own with the name, themes and target groups of an initiative; the link between them stays visible.

    Texts of others are not copied. Raises NotAllowed without an account, NotFound, NotNow when it is not on the site.
    """
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    source = find(initiative)
    if not source.is_shown:
        raise NotNow(_("Dit initiatief staat niet op de site. Kies een ander."), code="state")
    count_use(what="initiatives.start", whose=actor.id, most=STARTED_PER_PERSON)
    found = Initiative.objects.create(
        province=source.province, title=source.title, target_groups=source.target_groups, made_up=source.made_up
    )
    InitiativePerson.objects.create(initiative=found, role="taker", person=actor.id)
    InitiativeTheme.objects.bulk_create([InitiativeTheme(initiative=found, theme=item.theme) for item in source.themes.all()])
    InitiativeLink.objects.create(kind="adopted", source=source, target=found, by=actor.id)
    subject = Reference("initiative", found.public_id, "", "")
    trail.record(
        actor=actor, action="adopt-initiative", subject=subject, facts={"from": source.public_id}, province=found.province
    )
    return found


def tell_that_adopted(found: Initiative) -> None:
    """Who had the idea first hears, once, that others do it too; when the adopted one is shown."""
    for link in found.came_from.filter(kind="adopted").select_related("source"):
        for person in link.source.people.filter(role="taker").exclude(person="").values_list("person", flat=True):
            tell(
                about=Reference("initiative", found.public_id, found.title, found.path),
                moment="adopted",
                template="support/initiatives/texts/adopted",
                facts={"initiative": found, "source": link.source},
                province=found.province,
                person=person,
                kind="initiatives",
            )
