"""The stand-in takes mail as a real server does."""

import smtplib
import socket
from email.message import EmailMessage

import pytest

from vliegwiel.connect.mail import fake


def a_message(body: str = "Hallo") -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"], message["From"], message["To"], message["Subject"] = "<1@x>", "a@x.invalid", "b@x.invalid", "Dag"
    message.set_content(body)
    return message


def test_a_message_comes_over_whole_also_with_a_point_at_the_start_of_a_line() -> None:
    with fake.running() as server, smtplib.SMTP(server.address.removeprefix("smtp://")) as line:
        line.send_message(a_message(".punt\n..twee\nen ë"))
        line.send_message(a_message())
    assert [taken.message_id for taken in server.taken] == ["<1@x>", "<1@x>"]
    body = server.taken[0].message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().split() == [".punt", "..twee", "en", "ë"]


def test_a_recipient_it_does_not_know_is_refused() -> None:
    with fake.running(refuses=["b@x.invalid"]) as server:
        line = smtplib.SMTP(server.address.removeprefix("smtp://"))
        with line, pytest.raises(smtplib.SMTPRecipientsRefused):
            line.send_message(a_message())
    assert server.taken == []


def test_what_is_broken_off_is_not_taken() -> None:
    with fake.running() as server:
        host, port = server.address.removeprefix("smtp://").split(":")
        with socket.create_connection((host, int(port))) as line:
            for words in (b"HELO x\r\n", b"MAIL FROM:<a@x>\r\n", b"RCPT TO:<b@x>\r\n", b"DATA\r\n", b"half a mess"):
                line.sendall(words)
                line.recv(100) if words != b"half a mess" else None
    assert server.taken == []
