"""Reads around an application that is being made: its form, its rules, who must sign it, and which others are about the same thing."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower

from vliegwiel.engines.rulebook.parts import SchemeRules
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.foundation.papers.public import PaperFacts, papers_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.grants.budget_plan import costs_that_count, rows_of
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.form import ApplicationForm, facts_with_budget, form_of
from vliegwiel.support.grants.lifecycle import PENDING, UNSENT, State
from vliegwiel.support.grants.models import Application, Participant, Signature
from vliegwiel.support.grants.models.application import Purpose
from vliegwiel.support.grants.regulation import call_for
from vliegwiel.support.grants.rules import Row
from vliegwiel.support.grants.standing import participants_of, reference
from vliegwiel.support.schemes.public import CallFacts, regulation_of

#: The paper that holds what came in on paper, with the signature.
SCAN = "scan"


@dataclass(frozen=True)
class Draft:
    """An application with everything around it that its pages and rules look at; each is read once."""

    application: Application

    @cached_property
    def call(self) -> CallFacts:
        """Its call."""
        return call_for(self.application)

    @cached_property
    def regulation(self) -> Regulation:
        """The version of the scheme it runs on."""
        return regulation_of(self.application.version)

    @property
    def rules(self) -> SchemeRules:
        """The parts of that version."""
        return self.regulation.rules

    @cached_property
    def form(self) -> ApplicationForm:
        """What is asked."""
        return form_of(self.regulation, municipalities_of(self.application.province))

    @cached_property
    def rows(self) -> list[Row]:
        """The budget."""
        return rows_of(self.application)

    @cached_property
    def papers(self) -> list[PaperFacts]:
        """The documents, the newest version of each kind."""
        return [paper for paper in papers_of(reference(self.application)) if paper.current]

    @cached_property
    def participants(self) -> list[Participant]:
        """Who was invited and who applies along."""
        return participants_of(self.application)

    @cached_property
    def known(self) -> dict[str, object]:
        """The answers with the amounts of the budget, as plain values."""
        costs = costs_that_count(self.rows, self.rules)
        return facts_with_budget(self.form, self.application.answers, Money(self.application.asked), costs)

    @cached_property
    def signatures(self) -> list[Signature]:
        """The signatures under exactly what it says now."""
        return list(
            Signature.objects.filter(
                application=self.application, purpose=Purpose.APPLICATION, content_hash=hash_of(self.application)
            ).order_by("pk")
        )

    @property
    def signers(self) -> list[str]:
        """Who must sign, by public id: the applicant and everyone who applies along."""
        along = [row.person for row in self.participants if row.person]
        return [person for person in (self.application.applicant, *along) if person]

    @property
    def unsigned(self) -> list[str]:
        """Who still has to sign."""
        done = {signature.person for signature in self.signatures}
        return [person for person in self.signers if person not in done]


def applications_for(actor: Actor) -> QuerySet[Application]:
    """The applications of who asks: their own, and those they apply along in; the last changed first."""
    if actor.kind != "person":
        return Application.objects.none()
    own = Q(applicant=actor.id) | Q(participants__person=actor.id)
    return Application.objects.filter(own).distinct().order_by("-changed_at")


def invitations_for(email: str) -> QuerySet[Participant]:
    """The open invitations to an address."""
    return Participant.objects.filter(email=email, person="", application__state=State.DRAFT).select_related("application")


def same_thing(application: Application) -> list[Application]:
    """Other applications that were sent and are pending or granted, for the same scheme, of the same people or for the same plan."""
    every = Application.objects.all()
    same = _of_people(application)
    if application.organisation:
        same |= _newest(every.filter(organisation=application.organisation))
    if application.account:
        same |= _newest(every.filter(account=application.account))
    if application.title:
        same |= _newest(_called_alike(application).filter(municipality=application.municipality))
    states = [state.value for state in (*PENDING, State.GRANTED, State.REPORTED)]
    found = every.filter(
        pk__in=same - {application.pk}, scheme=application.scheme, province=application.province, state__in=states
    )
    return list(found.exclude(state__in=[state.value for state in UNSENT]).only(*_TOLD)[:20])


def elsewhere(application: Application) -> list[Application]:
    """Applications of the same people for a plan of the same name under another scheme: money that may come twice."""
    if not application.title:
        return []
    states = [state.value for state in (*PENDING, State.GRANTED, State.REPORTED, State.DETERMINED)]
    same = _of_people(application) - {application.pk}
    found = _called_alike(application).filter(pk__in=same, province=application.province, state__in=states)
    return list(found.exclude(scheme=application.scheme).only(*_TOLD)[:20])


#: What is told of another application; the rest of it is not read.
_TOLD = ("public_id", "number", "title", "scheme_title", "state", "asked")
#: So many of each kind are looked at; nobody asks more often.
_MOST_ALIKE = 500


def _of_people(application: Application) -> set[int]:
    """The applications (keys) of those who ask here. Each question rests on one index: asked together they would read the archive."""
    return once(("of people", application.pk), lambda: _asked_by(application))


def _asked_by(application: Application) -> set[int]:
    people = [person for person in (application.applicant, *(row.person for row in participants_of(application))) if person]
    along = Participant.objects.filter(person__in=people).exclude(person="").order_by("-pk")
    own = _newest(Application.objects.filter(applicant__in=people))
    return own | set(along.values_list("application", flat=True)[:_MOST_ALIKE])


def _called_alike(application: Application) -> QuerySet[Application]:
    """Plans of the same name, written large or small."""
    return Application.objects.alias(called=Lower("title")).filter(called=Lower(Value(application.title)))


def _newest(found: QuerySet[Application]) -> set[int]:
    return set(found.order_by("-pk").values_list("pk", flat=True)[:_MOST_ALIKE])
