"""Reads around an application that is being made: its form, its rules, and who must sign it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from vliegwiel.engines.rulebook.parts import SchemeRules
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.foundation.papers.public import PaperFacts, papers_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.grants.budget_plan import costs_that_count, rows_of
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.form import ApplicationForm, facts_with_budget, form_of
from vliegwiel.support.grants.lifecycle import State
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
