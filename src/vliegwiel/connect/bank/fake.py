"""A stand-in for the bank: it takes a payment file and answers as a bank does, in each of the forms we read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Ordered:
    """A payment as it stands in the file that was handed over."""

    reference: str
    amount: str
    account: str


def ordered(file: bytes) -> tuple[str, list[Ordered]]:
    """The number of a payment file, and the payments in it."""
    root = ET.fromstring(file.decode())  # noqa: S314 - our own file
    name = "{" + root.tag[1:].partition("}")[0] + "}"
    found = [
        Ordered(
            str(one.findtext(f"{name}PmtId/{name}EndToEndId")),
            str(one.findtext(f"{name}Amt/{name}InstdAmt")),
            str(one.findtext(f"{name}CdtrAcct/{name}Id/{name}IBAN")),
        )
        for one in root.iter(f"{name}CdtTrfTxInf")
    ]
    return str(root.findtext(f"{name}CstmrCdtTrfInitn/{name}GrpHdr/{name}MsgId")), found


def status_report(file: bytes, on: date, *, rejected: Collection[str] = (), waiting: Collection[str] = ()) -> bytes:
    """pain.002.001.10: settled, but for those that are named."""
    message, payments = ordered(file)
    rows = "".join(_status(one, on, one.reference in rejected, one.reference in waiting) for one in payments)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>{on}T06:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}</OrgnlPmtInfId>{rows}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>"
    ).encode()


def _status(one: Ordered, on: date, rejected: bool, waiting: bool) -> str:
    status = "RJCT" if rejected else "ACSP" if waiting else "ACSC"
    why = "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>" if rejected else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{one.reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}"
        f"<AccptncDtTm>{on}T05:00:00</AccptncDtTm>"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">{one.amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>'
    )


def statement(file: bytes, on: date, *, returned: Collection[str] = ()) -> bytes:
    """camt.053.001.08: each payment booked on a day; those that are named came back on the same day."""
    rows = "".join(row for one in ordered(file)[1] for row in _booked(one, on, one.reference in returned))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>'
        f"{rows}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _booked(one: Ordered, on: date, returned: bool) -> Iterator[str]:
    if returned:
        yield _entry(one, on, "CRDT", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")
    else:
        yield _entry(one, on, "DBIT", "")


def _entry(one: Ordered, on: date, sign: str, back: str) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{one.amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>'
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{one.reference}</EndToEndId></Refs>"
        f'<Amt Ccy="EUR">{one.amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{back}</TxDtls></NtryDtls></Ntry>'
    )


def table(file: bytes, on: date, *, rejected: Collection[str] = ()) -> bytes:
    """The table with semicolons."""
    lines = ["kenmerk;status;datum;bedrag;reden"]
    for one in ordered(file)[1]:
        outcome = "mislukt" if one.reference in rejected else "betaald"
        why = "rekening opgeheven" if one.reference in rejected else ""
        lines.append(f"{one.reference};{outcome};{on};{one.amount.replace('.', ',')};{why}")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
