"""Payment files are what banks take, and what banks answer is read as they mean it."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
import sepaxml
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml

from vliegwiel.connect.bank import confirmations, fake
from vliegwiel.connect.bank.pain001 import VERSIONS, Batch, Transfer, sepa_text, write
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

DAY = date(2026, 3, 31)
OURS, THEIRS = "NL91ABNA0417164300", "BE68539007547034"


@cache
def schema() -> xmlschema.XMLSchema:
    """Of the newer version, read once: every example is checked against it."""
    return xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{VERSIONS[1]}.xsd"))


def a_batch(**change: object) -> Batch:
    transfers = [
        Transfer("abc234defghj", "Stichting De Brug", OURS, Money(123_456), "Voorschot 2026-000123"),
        Transfer("abc234defghk", "Vereniging Ons Café “Het Plein” & zo", THEIRS, Money(5), "Eind"),
    ]
    made = {
        "message_id": "VLW-20260331-abc234",
        "made_at": datetime(2026, 3, 30, 9, 0, tzinfo=UTC),
        "name": "Provincie Verzonnenland",
        "account": "NL18RABO0123459876",
        "execute_on": DAY,
        "transfers": transfers,
    }
    return Batch(**{**made, **change})


@pytest.mark.parametrize("version", VERSIONS)
def test_a_payment_file_is_valid_against_the_schema_of_its_version(version: str) -> None:
    try_valid_xml(write(a_batch(), version), version)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_says_the_same_as_one_made_by_another_hand(version: str) -> None:
    batch = a_batch()
    other = SepaTransfer(
        {"name": batch.name, "IBAN": batch.account, "batch": True, "currency": "EUR"}, schema=version, clean=True
    )
    for transfer in batch.transfers:
        other.add_payment(
            {
                "name": transfer.name,
                "IBAN": transfer.account,
                "amount": transfer.amount.cents,
                "execution_date": DAY,
                "description": transfer.text,
                "endtoend_id": transfer.reference,
            }
        )
    assert fake.ordered(write(batch, version))[1] == fake.ordered(other.export(validate=True))[1]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(1, 10**11))
def test_any_name_and_amount_makes_a_valid_file(name: str, cents: int) -> None:
    batch = a_batch(transfers=[Transfer("abc234defghj", name, OURS, Money(cents), name)])
    assert schema().is_valid(write(batch).decode())
    assert fake.ordered(write(batch))[1][0].amount == f"{cents // 100}.{cents % 100:02d}"


def test_letters_that_a_bank_does_not_take_become_plain() -> None:
    assert sepa_text("Café «Ún» //x/", 70) == "Cafe  Un  /x"
    assert sepa_text("漢字", 70) == "-"


@pytest.mark.parametrize(
    "transfer",
    [Transfer("a", "b", "NL91ABNA0417164301", Money(1), "c"), Transfer("a", "b", OURS, Money(0), "c")],
)
def test_an_account_that_fails_its_check_or_no_amount_is_never_in_a_file(transfer: Transfer) -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        write(a_batch(transfers=[transfer]))


def test_what_the_bank_answers_is_read_alike_in_every_form() -> None:
    file, bad = write(a_batch()), "abc234defghk"
    forms = (
        fake.status_report(file, DAY, rejected=[bad]),
        fake.statement(file, DAY, returned=[bad]),
        fake.table(file, DAY, rejected=[bad]),
    )
    for form in forms:
        first, second = confirmations.read(form)
        assert (first.reference, first.outcome, first.amount, first.on) == ("abc234defghj", "paid", Money(123_456), DAY)
        assert (second.reference, second.outcome) == (bad, "failed")
        assert second.reason


def test_what_the_bank_only_accepted_is_not_paid() -> None:
    file = write(a_batch())
    found = confirmations.read(fake.status_report(file, DAY, waiting=["abc234defghj"]))
    assert [one.outcome for one in found] == ["waiting", "paid"]


def test_a_whole_file_can_be_refused() -> None:
    report = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-03-31T06:00:00'
        b"</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>VLW-1</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts>"
        b"</CstmrPmtStsRpt></Document>"
    )
    assert confirmations.read(report) == [confirmations.Confirmation("", "failed", on=DAY, message_id="VLW-1")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "no-text"),
        (b"<Document>", "broken"),
        (b"<Document><Iets/></Document>", "unknown-file"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Document/>', "not-safe"),
        (b"a;b;c\n1;2;3\n", "unknown-columns"),
        (b"kenmerk;status;datum;bedrag;reden\nabc;betaald;31 maart;1,00;\n", "unclear-rows"),
        (b"kenmerk;status;datum;bedrag;reden\nabc;betaald;2026-03-31;1,005;\n", "unclear-rows"),
        (b"kenmerk;status;datum;bedrag;reden\nabc;misschien;2026-03-31;1,00;\n", "unclear-rows"),
        (b"", "no-file"),
    ],
)
def test_what_is_no_confirmation_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(NotValid) as refused:
        confirmations.read(content)
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        confirmations.read(content)
    except NotValid as refusal:
        assert refusal.message
