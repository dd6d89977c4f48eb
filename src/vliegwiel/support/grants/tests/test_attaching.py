"""A document is read and scanned while no transaction is open, and lands in the application as it stands by then."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.papers.tests.given import a_pdf
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tests.given import a_filled_draft, a_resident, signed
from vliegwiel.support.grants.tests.officers import FULL, a_call, good_for

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "begroting"


class SlowUpload:
    """A file that takes its time: while its bytes come in, something else happens."""

    name = "offerte.pdf"

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._meanwhile, self._data = meanwhile, a_pdf()
        self.size = len(self._data)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, after what happens meanwhile."""
        self._meanwhile()
        yield self._data


def test_no_lock_of_the_database_is_held_while_a_file_is_read_and_scanned() -> None:
    person, held = a_resident(), []
    draft = a_filled_draft(a_call(FULL), person=person, **good_for(FULL))
    upload = SlowUpload(lambda: held.append(connection.in_atomic_block))
    paper = attach_document(actor=person, application=draft.public_id, key=KEY, upload=upload)
    assert held == [False]
    assert paper.id in {item.id for item in papers_of(reference(draft))}
    assert Entry.objects.filter(action="attach-document").exists()


def test_a_document_that_is_ready_after_the_application_was_sent_is_not_kept() -> None:
    person = a_resident()
    draft = a_filled_draft(a_call(FULL), person=person, **good_for(FULL))
    before = Paper.objects.count()

    def send() -> None:
        signed(find(draft.public_id), person)
        submit_application(actor=person, application=draft.public_id)

    with pytest.raises(NotNow):
        attach_document(actor=person, application=draft.public_id, key=KEY, upload=SlowUpload(send))
    assert find(draft.public_id).stands is State.SUBMITTED
    assert Paper.objects.count() == before, "what was signed is what was sent"
