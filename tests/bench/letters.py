"""A batch of five hundred letters: made ready, proof-read, released and sent, half by e-mail and half for the post."""

import time
from dataclasses import replace
from typing import Any

from tests.bench.harness import Bar, Result, seconds

_LETTERS = 500
_PROVINCE = "PV99"


def measure(size: str) -> list[Result]:
    """From drafts to letters that stand with their PDF, page, trail and outbox, beside setting the same pages and nothing else."""
    from vliegwiel.entry import serve
    from vliegwiel.foundation.papers.actions.print_letters import MOST, print_letters
    from vliegwiel.foundation.papers.actions.release_batch import send_released_letters
    from vliegwiel.foundation.papers.compose import dated
    from vliegwiel.foundation.papers.models import Letter, Sending
    from vliegwiel.foundation.papers.typeset import Letterhead, render_pdf
    from vliegwiel.kernel import clock
    from vliegwiel.kernel.actor import Actor

    number = _LETTERS if size == "full" else 4
    serve.ensure_database()
    actor, rows = Actor.system("cli"), _rows(number)
    before = time.process_time()
    ready = seconds(lambda: _release(actor, rows))
    sent = seconds(send_released_letters)
    computed = time.process_time() - before
    today = clock.today()
    peer = seconds(lambda: [render_pdf(dated(row.draft, today), Letterhead("Provincie")) for row in rows])
    if Letter.objects.count() != number or Sending.objects.count() != number:
        return [Result("stapel brieven", "", why_not=f"er gingen {Letter.objects.count()} van {number} brieven weg")]
    printed = seconds(lambda: print_letters(actor=actor, province=_PROVINCE, up_to=10**9))
    told = f"{sent / number * 1000:.0f} ms per brief, {computed:.1f} s rekentijd"
    return [
        Result(f"stapel van {number} brieven versturen", "s", ready + sent, 1, Bar(30), "alleen zetten met typst", peer, told),
        Result(f"printbestand van hoogstens {MOST} brieven", "s", printed, 1),
    ]


def _rows(number: int) -> list[Any]:
    """Decisions with a name and an amount of their own; every second one for someone who chose e-mail."""
    from vliegwiel.foundation.notices.public import note_choice
    from vliegwiel.foundation.papers.contributes import PRACTICE
    from vliegwiel.foundation.papers.public import BatchRow
    from vliegwiel.foundation.papers.tests.given import an_undated_grant
    from vliegwiel.foundation.people.actions.open_account import open_account
    from vliegwiel.kernel.actor import Actor, Reference

    actor, address = Actor.system("cli"), "meting@voorbeeld.invalid"
    person = open_account(actor=actor, email=address).public_id
    note_choice(actor=actor, province=_PROVINCE, address=address, channels={"letters": "mail"}, how="paper")
    why = "Uw plan helpt het dorp om elkaar te ontmoeten. U betrok de buurt erbij.\nDe kosten zijn redelijk.\n" * 3
    drafts = [replace(an_undated_grant(name=f"Stichting {place}"), motivation=f"{why}{place}") for place in range(number)]
    abouts = [Reference(PRACTICE, f"meting-{place}", "", "") for place in range(number)]
    return [
        BatchRow(about, draft, person if place % 2 else "")
        for place, (about, draft) in enumerate(zip(abouts, drafts, strict=True))
    ]


def _release(actor: Any, rows: list[Any]) -> None:
    from vliegwiel.foundation.papers.actions.proofread_batch import mark_read
    from vliegwiel.foundation.papers.actions.release_batch import release_batch
    from vliegwiel.foundation.papers.public import prepare_batch

    batch = prepare_batch(actor=actor, province=_PROVINCE, title="Meting", rows=rows)
    mark_read(actor=actor, batch=batch, number=1)
    release_batch(actor=actor, batch=batch)
