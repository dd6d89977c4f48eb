"""What a letter must hold before it may go out: a pure decision with its reasons."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.letters import letter_texts
from vliegwiel.engines.terms import objection_term
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.kernel.dutch import MONTHS
from vliegwiel.kernel.verdict import Reason, Verdict

LONGEST_ADDRESS = 6
_LONGEST_SUMMARY_SENTENCE = 25


def may_be_issued(draft: LetterDraft) -> Verdict:
    """Whether this letter may go out; otherwise every reason at once.

    A decision (*besluit*) needs a summary in plain words, its motivation (Awb 3:46) and the remedy clause with its last day
    (Awb 3:45).
    """
    reasons = [*_reasons_of_any(draft)]
    text = letter_texts().get(draft.kind)
    if text is not None and text.decision:
        reasons += _reasons_of_decision(draft, text.remedy)
    return Verdict.no(*reasons) if reasons else Verdict.yes()


def last_day_to_object(sent: date) -> date:
    """The last day to object or appeal: six weeks from the day after the decision was sent (Awb 6:7, 6:8), and then the first day that
    is no weekend or holiday (Algemene termijnenwet 1).

    >>> last_day_to_object(date(2026, 4, 3))
    datetime.date(2026, 5, 18)
    """
    return objection_term(sent, holidays=equated_days()).ends


def may_be_released(rows: Iterable[tuple[str, bool]]) -> Verdict:
    """Whether a batch may go: `rows` are the letters that are ready, each with its kind and whether someone proof-read it.

    Of every kind of letter at least one was read; a mistake in a text block is in all of its kind.
    """
    read: dict[str, bool] = {}
    for kind, was_read in rows:
        read[kind] = read.get(kind, False) or was_read
    if not read:
        return Verdict.no(Reason("nothing-ready", _("In deze stapel is geen brief klaar om te gaan.")))
    unread = [letter_texts()[kind].name if kind in letter_texts() else kind for kind, was_read in read.items() if not was_read]
    if unread:
        message = _("Lees eerst van elke soort minstens één brief na. Dit mist nog: %(kinds)s.") % {"kinds": ", ".join(unread)}
        return Verdict.no(Reason("not-read", message))
    return Verdict.yes()


def in_words(day: date) -> str:
    """A date as a letter writes it: always with its year.

    >>> in_words(date(2026, 4, 27))
    '27 april 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _reasons_of_any(draft: LetterDraft) -> list[Reason]:
    found = []
    if draft.kind not in letter_texts():
        found.append(
            Reason(
                "unknown-kind", _("De briefsoort %(kind)s kennen we niet. Kies een soort uit de lijst.") % {"kind": draft.kind}
            )
        )
    if not draft.title.strip():
        found.append(Reason("no-title", _("Geef de brief een titel.")))
    if not [line for line in draft.recipient.lines if line.strip()]:
        found.append(Reason("no-recipient", _("Zeg voor wie de brief is.")))
    if len(draft.recipient.lines) > LONGEST_ADDRESS:
        found.append(Reason("long-address", _("Het adres past niet achter het venster. Gebruik hoogstens zes regels.")))
    if not draft.blocks:
        found.append(Reason("no-text", _("De brief heeft nog geen tekst.")))
    return found


def _reasons_of_decision(draft: LetterDraft, remedy: str) -> list[Reason]:
    found = []
    sentences = [part for part in draft.summary_b1.replace("?", ".").replace("!", ".").split(". ") if part.strip()]
    if not sentences:
        found.append(Reason("no-summary", _("Schrijf bovenaan in gewone woorden wat het besluit is.")))
    elif any(len(sentence.split()) > _LONGEST_SUMMARY_SENTENCE for sentence in sentences):
        found.append(Reason("long-summary", _("Een zin in de samenvatting is te lang. Gebruik hoogstens 25 woorden per zin.")))
    if not draft.motivation.strip():
        found.append(Reason("no-motivation", _("Schrijf op waarom dit besluit zo is genomen."), article="Awb 3:46"))
    if remedy == "none":
        return found
    if not draft.remedy.strip():
        found.append(Reason("no-remedy", _("Schrijf op wat iemand kan doen die het er niet mee eens is."), article="Awb 3:45"))
    if draft.until is None:
        found.append(Reason("no-remedy-date", _("Noem de laatste dag om bezwaar of beroep te doen."), article="Awb 3:45"))
        return found
    if draft.remedy.strip() and in_words(draft.until) not in draft.remedy.replace("\u00a0", " "):
        found.append(
            Reason(
                "remedy-without-date",
                _("Noem in de tekst de datum %(day)s.") % {"day": in_words(draft.until)},
                article="Awb 3:45",
            )
        )
    if draft.date is not None and draft.until < last_day_to_object(draft.date):
        earliest = in_words(last_day_to_object(draft.date))
        found.append(
            Reason(
                "remedy-too-short",
                _("De termijn om bezwaar te maken is te kort. Kies %(day)s of later.") % {"day": earliest},
                article="Awb 6:7, 6:8",
            )
        )
    return found
