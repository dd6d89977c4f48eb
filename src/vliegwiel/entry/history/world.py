"""Who acts in a history, where, and what was made so far."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from vliegwiel.catalogue.history import History
from vliegwiel.foundation.notices.public import choose_channels
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money

SYSTEM = Actor.system("demo")
#: Said behind everything whose amount the source does not give.
MADE_UP = " (bedrag verzonnen)"


@dataclass
class World:
    """The people of a history and what its steps made: ids by name, kept while it is lived."""

    history: History
    officer: Actor = SYSTEM
    signer: Actor = SYSTEM
    assessors: list[Actor] = field(default_factory=list)
    municipalities: dict[str, Actor] = field(default_factory=dict)
    applicants: dict[str, Actor] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    @property
    def province(self) -> str:
        """Its code."""
        return self.history.province

    def settle_in(self) -> None:
        """Everyone who works in it gets an account, a role and, where needed, a mandate."""
        at = self._organisation("Provincie Groningen (voorbeeld)", "provincie")
        committee = self._organisation("Adviescommissie Verzonnen Zorg", "instituut")
        self.officer = self._working("programma", at)
        self.signer = self._working("tekenbevoegde", at)
        self.assessors = [self._working("adviescommissie", committee, number) for number in (1, 2)]
        for actor, most in ((self.officer, Money.euros(25_000)), (self.signer, None)):
            give_mandate(
                actor=SYSTEM,
                person=actor.id,
                organisation=actor.organisation,
                province=self.province,
                matter="grants",
                resolution="Verzonnen mandaatbesluit 2020",
                most=most,
            )
        for code, name in self.history.municipalities.items():
            town = self._organisation(f"Gemeente {name} (voorbeeld)", "gemeente", code)
            self.municipalities[code] = self._working("gemeente", town, code.lower(), code)

    def applicant(self, name: str) -> Actor:
        """Who applies for an organisation: one account each, and letters by e-mail."""
        if name not in self.applicants:
            email = f"aanvrager{len(self.applicants) + 1}.terugblik@voorbeeld.invalid"
            person = open_account(actor=SYSTEM, email=email, called="V. Zonnen", made_up=True)
            actor = Actor("person", person.public_id, origin="demo")
            choose_channels(actor=actor, person=actor.id, channels={"letters": "mail", "file": "mail"})
            self.applicants[name] = actor
        return self.applicants[name]

    def _organisation(self, name: str, kind: str, municipality: str = "") -> str:
        made: Any = add_organisation(
            actor=SYSTEM, name=name, kind=kind, province=self.province, municipality=municipality, made_up=True
        )
        return str(made.public_id)

    def _working(self, role: str, organisation: str, number: object = "", municipality: str = "") -> Actor:
        given = give_role(
            actor=SYSTEM,
            email=f"{role}{number}.terugblik@voorbeeld.invalid",
            organisation=organisation,
            kind=role,
            province=self.province,
            municipality=municipality,
            called=f"Verzonnen {role} {number}".strip(),
            made_up=True,
        )
        return Actor("person", given.person.public_id, organisation, origin="demo", province=self.province)


def at_nine(day: date, hour: int = 9) -> datetime:
    """A moment of a day in the Netherlands."""
    return datetime.combine(day, time(hour), tzinfo=clock.AMSTERDAM)


def workday(day: date) -> date:
    """This day, or the Monday after when it falls in a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def a_paper(name: str) -> SimpleUploadedFile:
    """A document of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return SimpleUploadedFile(f"{name}.pdf", out.getvalue())
