"""What the scanner says is understood, and what it does not say is never taken for "clean"."""

import socket
from pathlib import Path

import pytest

from vliegwiel.connect.clamav import fake
from vliegwiel.connect.clamav.client import PIECE, Scanned, ScannerRefusedError, ScannerSilentError, answers, scan

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7]


@pytest.mark.parametrize("size", SIZES)
def test_a_clean_file_of_any_size_is_clean(size: int) -> None:
    with fake.running() as address:
        assert scan(address, b"x" * size) == Scanned()


@pytest.mark.parametrize("place", [0, PIECE - 10, 2 * PIECE])
def test_a_virus_is_named_also_when_it_lies_across_two_pieces(place: int) -> None:
    with fake.running() as address:
        found = scan(address, b"x" * place + fake.TEST_VIRUS + b"y" * 100)
    assert (found.clean, found.virus) == (False, "Eicar-Test-Signature")


def test_over_a_socket_of_the_machine_it_is_the_same(tmp_path: Path) -> None:
    with fake.running(path=tmp_path / "clamd.sock") as address:
        assert answers(address)
        assert scan(address, b"x").clean
        assert not scan(address, fake.TEST_VIRUS).clean


@pytest.mark.parametrize("silent", [fake.CLOSES, fake.BREAKS, fake.HANGS])
def test_a_scanner_that_is_silent_is_no_clean_file(silent: str) -> None:
    with fake.running(silent=silent) as address, pytest.raises(ScannerSilentError):
        scan(address, b"x" * 10, timeout=0.2)


def test_where_nobody_listens_there_is_no_answer(tmp_path: Path) -> None:
    with fake.refusing_port() as address:
        for nobody in (address, str(tmp_path / "no.sock"), "127.0.0.1:99999", "127.0.0.1:clamd"):
            assert not answers(nobody)
            with pytest.raises(ScannerSilentError):
                scan(nobody, b"x", timeout=0.5)


@pytest.mark.parametrize("size", [11, 40 * PIECE])
def test_a_file_that_is_too_long_for_the_scanner_is_refused_and_not_asked_again(size: int) -> None:
    with fake.running(longest=10) as address, pytest.raises(ScannerRefusedError):
        scan(address, b"x" * size)


def test_a_scanner_at_work_answers_and_a_silent_one_does_not() -> None:
    with fake.running() as address:
        assert answers(address)
    for silent in (fake.CLOSES, fake.HANGS):
        with fake.running(silent=silent) as address:
            assert not answers(address, timeout=0.2)


def test_an_address_of_version_six_is_understood() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    assert not answers("[::1]:9", timeout=0.2)
