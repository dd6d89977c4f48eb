"""A process that decides, writes letters, tells people and hands over mail, until it is done or killed; started by `test_kills`.

It is killed as the system kills: without a word, right before the n-th question to the database, so that no moment between two
changes is left out. Whatever it was doing then, the next one begins with checking that nothing is half, and goes on.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count

import django

#: How often it is killed, and enough work to be killed in.
KILLS = int(os.environ.get("VLIEGWIEL_KILLS", "5"))
FILES, BATCH = 6 * KILLS, 4 * KILLS
PROVINCE = "PV99"
_TEXT = "foundation/notices/tests/texts/term"


def main(mode: str, moment: int) -> None:
    """`work`: check, then go on to the end, or to the given moment. `check`: say what there is, as JSON."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.VLIEGWIEL_HOME.mkdir(parents=True, exist_ok=True)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    unused = cleared() if mode == "check" else 0
    faults = broken()
    print(json.dumps({"faults": faults, "unused": unused, **counted()}), flush=True)
    if mode == "work" and not faults:
        with killed_before(moment):
            people()
            for number in range(FILES):
                decide_one(number)
                if number % 3 == 0:
                    in_the_background()
            in_batch()
            in_the_background()


@contextmanager
def killed_before(moment: int) -> Iterator[None]:
    """Die right before this question to the database; with 0 live on."""
    from django.db import connection

    asked = count(1)

    def ask(execute: Callable[..., object], *words: object) -> object:
        if next(asked) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*words)

    with connection.execute_wrapper(ask):
        yield


def people() -> None:
    """One who chose e-mail and one who chose nothing."""
    from vliegwiel.foundation.notices.public import note_choice
    from vliegwiel.foundation.people.actions.open_account import open_account
    from vliegwiel.kernel.actor import Actor

    actor = Actor.system("cli")
    for name in ("mail", "post"):
        open_account(actor=actor, email=f"{name}@voorbeeld.invalid", called=name)
    channels = {"letters": "mail", "file": "mail", "news": "weekly"}
    note_choice(actor=actor, province=PROVINCE, address="mail@voorbeeld.invalid", channels=channels, how="paper")


def send(actor, about, letter, person):
    """A decision with its letter and messages, in one transaction: what a room does for one and for many. The message that is decided
    once keeps a second process from deciding the same."""
    from django.db import transaction

    from vliegwiel.foundation.notices.public import deliver_letter, tell
    from vliegwiel.foundation.papers.public import issue_letter
    from vliegwiel.foundation.trail.public import record
    from vliegwiel.kernel.errors import NotNow

    post = ("V. Zonnen", "Luchtstraat 12")
    words = {"about": about, "template": _TEXT, "facts": {}, "province": PROVINCE, "person": person, "post": post}
    with transaction.atomic():
        if not tell(moment="decided-file", kind="file", **words):
            raise NotNow("Hierover is al beslist.", code="decided")
        record(actor=actor, action="decide", subject=about, province=PROVINCE)
        issued = issue_letter(actor=actor, province=PROVINCE, about=about, draft=letter)
        deliver_letter(actor=actor, letter=issued.id, province=PROVINCE, person=person)
        tell(moment="decided-news", kind="news", **words)
    return issued.id


def decide_one(number: int) -> None:
    """Unless it was decided: for people with e-mail and with paper by turns."""
    from vliegwiel.foundation.papers.public import prepare_letter
    from vliegwiel.foundation.papers.tests.given import an_undated_grant
    from vliegwiel.foundation.people.models import Person
    from vliegwiel.foundation.trail.models import Entry
    from vliegwiel.kernel.actor import Actor, Reference
    from vliegwiel.kernel.errors import NotNow

    about = Reference("killed-file", f"2026-{number:06d}", "", "")
    if Entry.objects.filter(action="decide", object_id=about.id).exists():
        return
    person = Person.objects.get(email=("mail" if number % 2 else "post") + "@voorbeeld.invalid").public_id
    ready = prepare_letter(province=PROVINCE, draft=an_undated_grant(name=f"Stichting {number}"))
    with suppress(NotNow):  # another process was first
        send(Actor.system("cli"), about, ready, person)


def in_batch() -> None:
    """A batch, made once, proof-read and released."""
    from vliegwiel.foundation.papers.actions.prepare_batch import prepare_batch
    from vliegwiel.foundation.papers.actions.proofread_batch import mark_read
    from vliegwiel.foundation.papers.actions.release_batch import release_batch
    from vliegwiel.foundation.papers.batches import BatchRow
    from vliegwiel.foundation.papers.models import BatchLetter, RowState
    from vliegwiel.foundation.papers.tests.given import an_undated_grant
    from vliegwiel.foundation.people.models import Person
    from vliegwiel.kernel.actor import Actor, Reference
    from vliegwiel.kernel.errors import NotNow

    actor = Actor.system("cli")
    person = Person.objects.get(email="mail@voorbeeld.invalid").public_id
    rows = [
        BatchRow(Reference("killed-file", f"2027-{number:06d}", "", ""), an_undated_grant(name=f"Rij {number}"), person)
        for number in range(BATCH)
    ]
    batch = prepare_batch(actor=actor, province=PROVINCE, title="Stapel", rows=rows, purpose="killed", key="one")
    ready = BatchLetter.objects.filter(batch__public_id=batch, state=RowState.READY).first()
    if ready is not None:
        try:
            mark_read(actor=actor, batch=batch, number=ready.number)
            release_batch(actor=actor, batch=batch)
        except NotNow:  # the other process let it go, and sent it all, since this one looked
            if BatchLetter.objects.filter(batch__public_id=batch, state=RowState.READY).exists():
                raise


def in_the_background() -> None:
    """What the worker would do."""
    from vliegwiel.foundation.notices.actions.note_handed_over import note_handed_over
    from vliegwiel.foundation.notices.actions.send_digest import send_digest
    from vliegwiel.foundation.notices.actions.write_messages import write_messages
    from vliegwiel.foundation.papers.actions.release_batch import send_released_letters
    from vliegwiel.foundation.people import outbox
    from vliegwiel.kernel.actor import Actor

    send_released_letters()
    write_messages(actor=Actor.system("job"))
    send_digest(actor=Actor.system("job"))
    outbox.hand_over_waiting()
    note_handed_over()


def broken() -> list[str]:
    """What is half or double: nothing, at every moment."""
    from vliegwiel.foundation.notices.models import Notice
    from vliegwiel.foundation.papers import storage
    from vliegwiel.foundation.papers.models import BatchLetter, Letter, RowState, Sending
    from vliegwiel.foundation.people.models import OutgoingMail
    from vliegwiel.foundation.trail import queries
    from vliegwiel.foundation.trail.models import Entry

    found = []
    decided = Counter(Entry.objects.filter(action="decide").values_list("object_id", flat=True))
    written = Counter(Letter.objects.exclude(kind="message").values_list("about_id", flat=True))
    if decided != written:
        found.append(f"decisions and letters differ: {(decided - written) + (written - decided)}")
    found += [f"{name} was decided {times} times" for name, times in decided.items() if times > 1]
    sent = Counter(Sending.objects.filter(copy=False).values_list("letter_id", flat=True))
    found += [f"letter {letter.pk} has {sent[letter.pk]} ways" for letter in Letter.objects.all() if sent[letter.pk] != 1]
    for letter in Letter.objects.all():
        storage.fetch(letter.sha256)
    told = Counter(Notice.objects.exclude(about_kind="letter").values_list("about_id", flat=True))
    found += [f"{name} was told {told[name]} times" for name in decided if told[name] != 2]
    mails = set(OutgoingMail.objects.values_list("message_id", flat=True))
    named = set(Notice.objects.exclude(message_id="").values_list("message_id", flat=True))
    found += [f"a message names a mail that is not there: {name}" for name in named - mails]
    found += [f"a mail belongs to no message: {name}" for name in mails - named]
    letters = [notice.letter for notice in Notice.objects.exclude(letter="")]
    on_paper = set(Letter.objects.filter(kind="message").values_list("public_id", flat=True))
    if sorted(letters) != sorted(on_paper):
        found.append("messages on paper and their letters differ")
    rows = Counter(BatchLetter.objects.values_list("state", flat=True))
    batched = Letter.objects.filter(batch_row__isnull=False).count()
    if rows[RowState.ISSUED] != batched or rows[RowState.REFUSED]:
        found.append(f"rows of the batch: {dict(rows)}")
    return found + [str(fault) for fault in queries.verify().broken]


def cleared() -> int:
    """Throw away what a process that was killed left behind; the letters stay whole, as `broken` then sees."""
    from vliegwiel.foundation.papers.actions.clear_unused import clear_unused
    from vliegwiel.kernel import clock

    with clock.at(clock.now() + timedelta(days=2)):
        return sum(clear_unused(part=part) for part in range(256))


def counted() -> dict[str, object]:
    """How far it is."""
    from vliegwiel.foundation.notices.models import Notice
    from vliegwiel.foundation.papers.models import BatchLetter, Letter, RowState
    from vliegwiel.foundation.people.models import OutgoingMail

    return {
        "letters": Letter.objects.exclude(kind="message").count(),
        "on_paper": Letter.objects.filter(kind="message").count(),
        "rows": BatchLetter.objects.filter(state=RowState.ISSUED).count(),
        "waiting": OutgoingMail.objects.filter(handed_over_at=None).count(),
        "proven": Notice.objects.filter(handed_over_at__isnull=False).count(),
        "mails": sorted(OutgoingMail.objects.values_list("message_id", flat=True)),
    }


def _purposes() -> list[object]:
    from vliegwiel.foundation.papers.batches import BatchPurpose

    return [BatchPurpose("killed", "besluiten", send)]


def __getattr__(name: str) -> object:
    """`PURPOSES`, made when it is asked: before that the framework is not there."""
    if name == "PURPOSES":
        return _purposes()
    raise AttributeError(name)


if __name__ == "__main__":
    from django.conf import settings

    sys.modules["vliegwiel.foundation.notices.tests.working"] = sys.modules["__main__"]
    settings.VLIEGWIEL_LETTER_BATCHES = ["vliegwiel.foundation.notices.tests.working.PURPOSES"]
    main(sys.argv[1], int(sys.argv[2]))
