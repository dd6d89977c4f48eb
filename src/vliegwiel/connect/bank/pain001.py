"""A payment file as banks take it: SEPA credit transfer, pain.001.001.03 or .09 (ISO 20022)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.money import Money

VERSIONS = ("pain.001.001.03", "pain.001.001.09")
#: What every bank in the SEPA area takes; anything else becomes its plain letter, or a space.
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")


@dataclass(frozen=True)
class Transfer:
    """One payment: our reference (at most 35 signs), name, account, amount, and what the receiver reads (at most 140 signs)."""

    reference: str
    name: str
    account: str
    amount: Money
    text: str


@dataclass(frozen=True)
class Batch:
    """Payments from one account on one day. `message_id` (at most 35 signs) never comes twice."""

    message_id: str
    made_at: datetime
    name: str
    account: str
    execute_on: date
    transfers: Sequence[Transfer]

    @property
    def total(self) -> Money:
        """The control sum."""
        return Money(sum(transfer.amount.cents for transfer in self.transfers))


def write(batch: Batch, version: str = VERSIONS[1]) -> bytes:
    """The file. Raises ValueError for an empty batch, another version, an amount that is no payment, or an account that fails its check."""
    if version not in VERSIONS or not batch.transfers:
        message = "a payment file has payments, and a version that we know"
        raise ValueError(message)
    wrong = [item.reference for item in batch.transfers if not is_iban(item.account) or item.amount.cents <= 0]
    if wrong or not is_iban(batch.account):
        message = f"these cannot be paid: {wrong or batch.message_id}"
        raise ValueError(message)
    namespace = f"urn:iso:std:iso:20022:tech:xsd:{version}"
    document = ET.Element("Document", xmlns=namespace)
    root = ET.SubElement(document, "CstmrCdtTrfInitn")
    _header(root, batch)
    _payments(root, batch, newer=version == VERSIONS[1])
    ET.indent(document)
    body: str = ET.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _header(root: ET.Element, batch: Batch) -> None:
    header = ET.SubElement(root, "GrpHdr")
    _add(header, "MsgId", batch.message_id)
    _add(header, "CreDtTm", batch.made_at.replace(microsecond=0, tzinfo=None).isoformat())
    _add(header, "NbOfTxs", str(len(batch.transfers)))
    _add(header, "CtrlSum", _decimal(batch.total))
    _add(header, "InitgPty/Nm", sepa_text(batch.name, 70))


def _payments(root: ET.Element, batch: Batch, *, newer: bool) -> None:
    payments = ET.SubElement(root, "PmtInf")
    _add(payments, "PmtInfId", batch.message_id)
    _add(payments, "PmtMtd", "TRF")
    _add(payments, "BtchBookg", "true")
    _add(payments, "NbOfTxs", str(len(batch.transfers)))
    _add(payments, "CtrlSum", _decimal(batch.total))
    _add(payments, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _add(payments, "ReqdExctnDt/Dt" if newer else "ReqdExctnDt", batch.execute_on.isoformat())
    _add(payments, "Dbtr/Nm", sepa_text(batch.name, 70))
    _add(payments, "DbtrAcct/Id/IBAN", plain_iban(batch.account))
    _add(payments, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
    _add(payments, "ChrgBr", "SLEV")
    for transfer in batch.transfers:
        one = ET.SubElement(payments, "CdtTrfTxInf")
        _add(one, "PmtId/EndToEndId", transfer.reference)
        _add(one, "Amt/InstdAmt", _decimal(transfer.amount)).set("Ccy", "EUR")
        _add(one, "Cdtr/Nm", sepa_text(transfer.name, 70))
        _add(one, "CdtrAcct/Id/IBAN", plain_iban(transfer.account))
        _add(one, "RmtInf/Ustrd", sepa_text(transfer.text, 140))


def sepa_text(text: str, most: int) -> str:
    """In the letters that every bank takes, without slashes at the ends or twice; never empty.

    >>> sepa_text("Stichting Dé Brug & Co", 70)
    'Stichting De Brug   Co'
    """
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(sign if sign in _LETTERS else "" if unicodedata.combining(sign) else " " for sign in apart)
    while "//" in plain:
        plain = plain.replace("//", "/")
    return plain.strip(" /")[:most].strip(" /") or "-"


def _add(parent: ET.Element, path: str, text: str) -> ET.Element:
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = text
    return parent


def _decimal(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"
