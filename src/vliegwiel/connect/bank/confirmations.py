"""What the bank says of payments: read from pain.002, camt.053, camt.054, or a table with semicolons."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

MOST_BYTES = 20 * 2**20
COLUMNS = ("kenmerk", "status", "datum", "bedrag", "reden")
_PAID, _FAILED, _WAITING = "paid", "failed", "waiting"
#: Codes of ISO 20022: only what has been settled is paid; what is accepted or pending is not paid yet.
_OUTCOMES = {"ACSC": _PAID, "ACCC": _PAID, "RJCT": _FAILED, "CANC": _FAILED}
_WORDS = {"betaald": _PAID, "mislukt": _FAILED, "wacht": _WAITING}


@dataclass(frozen=True)
class Confirmation:
    """What the bank says of one payment: our reference, the outcome ("paid", "failed", "waiting"), and amount, day and reason when given.

    Without a reference it is about every payment of the file with this `message_id`.
    """

    reference: str
    outcome: str
    amount: Money | None = None
    on: date | None = None
    reason: str = ""
    message_id: str = ""


def read(content: bytes) -> list[Confirmation]:
    """Every confirmation in a file. Raises NotValid for what is no such file, too large, or unclear, and says what to do."""
    if not content:
        raise NotValid("Kies een bestand van de bank.", code="no-file")
    if len(content) > MOST_BYTES:
        raise NotValid("Dit bestand is te groot. Een bevestiging van de bank is hooguit 20 megabyte.", code="too-large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotValid("Dit bestand is geen tekst. Download de bevestiging opnieuw bij uw bank.", code="no-text") from fault
    return _table(text) if not text.lstrip().startswith("<") else _message(text)


def _message(text: str) -> list[Confirmation]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotValid("Dit bestand bevat iets wat niet in een bankbestand hoort. We lezen het niet.", code="not-safe")
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities were refused above, and the size is bound
    except ET.ParseError as fault:
        raise NotValid("Dit bestand is beschadigd. Download de bevestiging opnieuw bij uw bank.", code="broken") from fault
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if (report := root.find("CstmrPmtStsRpt")) is not None:
        return list(_status_report(report))
    entries = [
        entry for kind in ("BkToCstmrStmt/Stmt", "BkToCstmrDbtCdtNtfctn/Ntfctn") for entry in root.iterfind(f"{kind}/Ntry")
    ]
    if entries or root.find("BkToCstmrStmt") is not None or root.find("BkToCstmrDbtCdtNtfctn") is not None:
        return [one for entry in entries for one in _statement_entry(entry)]
    raise NotValid(
        "Dit is geen bevestiging van betalingen. Kies een bestand pain.002, camt.053 of camt.054.", code="unknown-file"
    )


def _status_report(report: ET.Element) -> Iterator[Confirmation]:
    """pain.002: a status for each payment, or one for the whole file."""
    message = _text(report, "OrgnlGrpInfAndSts/OrgnlMsgId")
    made = _day(_text(report, "GrpHdr/CreDtTm"))
    whole = _text(report, "OrgnlGrpInfAndSts/GrpSts") or _text(report, "OrgnlPmtInfAndSts/PmtInfSts")
    payments = report.findall("OrgnlPmtInfAndSts/TxInfAndSts")
    if not payments and whole:
        why = _text(report, "OrgnlGrpInfAndSts/StsRsnInf/Rsn/Cd")
        yield Confirmation("", _OUTCOMES.get(whole, _WAITING), on=made, reason=why, message_id=message)
    for one in payments:
        day = _day(_text(one, "AccptncDtTm")) or _day(_text(one, "OrgnlTxRef/ReqdExctnDt/Dt")) or made
        yield Confirmation(
            _text(one, "OrgnlEndToEndId"),
            _OUTCOMES.get(_text(one, "TxSts") or whole, _WAITING),
            _money(_text(one, "OrgnlTxRef/Amt/InstdAmt")),
            day,
            " ".join(filter(None, (_text(one, "StsRsnInf/Rsn/Cd"), _text(one, "StsRsnInf/AddtlInf")))),
            message,
        )


def _statement_entry(entry: ET.Element) -> Iterator[Confirmation]:
    """camt.053 and camt.054: what was booked; a credit with the reason of a return is a payment that came back."""
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    on = _day(_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm"))
    sign = _text(entry, "CdtDbtInd")
    for one in entry.iterfind("NtryDtls/TxDtls"):
        reference = _text(one, "Refs/EndToEndId")
        back = one.find("RtrInf") is not None
        if not reference or reference == "NOTPROVIDED" or (sign == "CRDT" and not back):
            continue
        amount = _text(one, "Amt") or _text(one, "AmtDtls/TxAmt/Amt") or _text(one, "AmtDtls/InstdAmt/Amt")
        outcome = _FAILED if back else _PAID if status == "BOOK" else _WAITING
        yield Confirmation(reference, outcome, _money(amount or _text(entry, "Amt")), on, _text(one, "RtrInf/Rsn/Cd"))


def _table(text: str) -> list[Confirmation]:
    """Our own table, for a financial administration that gives no bank file."""
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    if not rows.fieldnames or [name.strip().lower() for name in rows.fieldnames[: len(COLUMNS)]] != list(COLUMNS):
        columns = ";".join(COLUMNS)
        raise NotValid(f"De eerste regel van de tabel is: {columns}", code="unknown-columns")
    found, problems = [], []
    for number, row in enumerate(rows, start=2):
        values = {str(key).strip().lower(): (value or "").strip() for key, value in row.items() if key and isinstance(value, str)}
        outcome, on, amount = (
            _WORDS.get(values.get("status", "")),
            _day(values.get("datum", "")),
            _money(_dotted(values.get("bedrag", ""))),
        )
        if outcome is None or not values.get("kenmerk") or (outcome == _PAID and (on is None or amount is None)):
            problems.append(
                f"Regel {number}: geef kenmerk, status (betaald, mislukt of wacht), datum (2026-03-31) en bedrag (1.234,56)."
            )
            continue
        found.append(Confirmation(values["kenmerk"], outcome, amount, on, values.get("reden", "")))
    if problems:
        raise NotValid(problems[0], details=tuple(problems), code="unclear-rows")
    return found


def _dotted(amount: str) -> str:
    """As machines write it: 1.234,56 becomes 1234.56."""
    return amount.replace("€", "").replace(" ", "").replace(".", "").replace(",", ".") if "," in amount else amount


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _money(text: str) -> Money | None:
    try:
        cents = Decimal(text) * 100
    except InvalidOperation:
        return None
    return Money(int(cents)) if cents == int(cents) else None
