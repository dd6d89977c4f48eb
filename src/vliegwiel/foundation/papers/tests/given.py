"""A record of no room at all, with papers and letters about it."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from vliegwiel.foundation.papers.compose import dated
from vliegwiel.foundation.papers.public import LetterDraft, PaperAccess, PaperKind, Recipient, Signature, draft_letter
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict

PROVINCE = "PV99"
FILE = Reference("test-file", "2026-000123", "Aanvraag", "/aanvragen/2026-000123")
OWNER, OFFICER = Actor("person", "eigenaar2345"), Actor("person", "ambtenaar234")
STRANGER, VISITOR = Actor("person", "vreemde23456"), Actor("visitor")
DAY = date(2026, 3, 16)


def _only_the_owner(actor: Actor, _record: str) -> Verdict:
    return Verdict.yes() if actor.id == OWNER.id else Verdict.no(Reason("not-yours", "Dit dossier is van iemand anders."))


def _the_officer_too(actor: Actor, record: str) -> Verdict:
    return Verdict.yes() if actor.id == OFFICER.id else _only_the_owner(actor, record)


def _kinds(_record: str) -> list[PaperKind]:
    return [
        PaperKind("budget", "begroting"),
        PaperKind("photo", "foto van de plek", formats=("jpg", "png"), largest=1),
        PaperKind("identity", "bewijs van bevoegdheid", confidential=True),
    ]


#: The owner adds and reads; an officer reads, but nothing confidential. A second kind of record takes any document.
ACCESS = [
    PaperAccess("test-file", _the_officer_too, may_add=_only_the_owner, may_read_confidential=_only_the_owner, kinds=_kinds),
    PaperAccess("loose-file", _only_the_owner),
]


def _who_sends_letters(actor: Actor, _record: str) -> Verdict:
    return may(actor, "send-letters", Subject(province=PROVINCE))


#: Records of an office: who sends letters in the province reads them and adds to them.
OFFICE_ACCESS = [PaperAccess("office-file", _who_sends_letters)]
OFFICE_ACCESS_PATH = "vliegwiel.foundation.papers.tests.given.OFFICE_ACCESS"
ACCESS_PATH = "vliegwiel.foundation.papers.tests.given.ACCESS"


def office_file(number: int) -> Reference:
    """A record of the office with this number."""
    return Reference("office-file", f"2026-{number:06d}", "Aanvraag", f"/aanvragen/2026-{number:06d}")


def a_pdf(password: str = "") -> bytes:
    """A PDF with one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def an_upload(data: bytes | None = None, name: str = "begroting.pdf") -> SimpleUploadedFile:
    """A file as a browser brings it."""
    return SimpleUploadedFile(name, a_pdf() if data is None else data)


def a_grant(*, motivation: str = "Uw plan helpt het dorp.", name: str = "Stichting Dorpshuis Denkbeeldig") -> LetterDraft:
    """A decision that may go out, dated."""
    return dated(an_undated_grant(motivation=motivation, name=name), DAY)


def an_undated_grant(
    *, motivation: str = "Uw plan helpt het dorp.", name: str = "Stichting Dorpshuis Denkbeeldig"
) -> LetterDraft:
    """A decision of which nobody knows yet when it goes."""
    return draft_letter(
        "grant",
        facts={
            "activity": "de nieuwe keuken van het dorpshuis",
            "amount": Money.euros(24_000),
            "scheme": "de Regeling Verzonnen Dorpen",
            "basis": "artikel 3",
            "costs": [["Keuken", "€ 10.000,00"], ["Dak", "€ 14.000,00"]],
            "obligations": ["Begin binnen een jaar.", "Vertel ons als er iets verandert."],
            "account_by": date(2027, 6, 1),
            "payment": "U krijgt het hele bedrag binnen zes weken.",
        },
        recipient=Recipient((name, "t.a.v. V. Zonnen", "Luchtstraat 12", "0000 AB Nergensdam")),
        reference=FILE.id,
        motivation=motivation,
        signature=Signature(lines=("Gedeputeerde Staten van Verzonnenland", "namens dezen", "V. Zonnen")),
    )


def a_receipt() -> LetterDraft:
    """A letter that is no decision."""
    facts = {"scheme": "de Regeling Verzonnen Dorpen", "received": DAY, "decide_by": date(2026, 5, 11), "number": FILE.id}
    return draft_letter("receipt", facts=facts, recipient=Recipient(("V. Zonnen", "Luchtstraat 12")), reference=FILE.id)
