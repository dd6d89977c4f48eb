"""A draft that is thrown away is truly gone; one that was sent never is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client, TestCase

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.public import preview
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.discard_application import discard_application, draft_term
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget
from vliegwiel.support.grants.actions.invite_participant import invite_participant
from vliegwiel.support.grants.content import budget_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application, BudgetRow, Participant, Signature
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tasks import discard_old_drafts
from vliegwiel.support.grants.tests.given import a_draft, a_filled_draft, a_resident, a_submitted_application, signed
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
DOCUMENTS = [{"key": "offerte", "name": "Offerte"}]


def the_owner(draft: Application) -> Actor:
    return Actor("person", draft.applicant)


def test_nothing_of_a_draft_stays_but_the_mention_that_it_was_there() -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        draft = a_filled_draft(an_open_call(documents=DOCUMENTS))
        invite_participant(
            actor=the_owner(draft), application=draft.public_id, email="buur@voorbeeld.invalid", role="co_applicant"
        )
        digest = Paper.objects.get().sha256
        assert default_storage.exists(f"{digest[:2]}/{digest}")
        discard_application(actor=the_owner(draft), application=draft.public_id)
    for model in (Application, BudgetRow, Participant, Signature, Paper):
        assert not model.objects.exists(), model.__name__
    assert not Notice.objects.filter(about_id=draft.public_id).exists()
    assert not OutgoingMail.objects.filter(recipient="buur@voorbeeld.invalid").exists()
    assert not default_storage.exists(f"{digest[:2]}/{digest}")
    entry = Entry.objects.filter(action="discard-application").get()
    assert (entry.object_id, entry.facts) == (draft.public_id, {"state": "draft"})


def test_a_file_that_another_application_also_holds_stays_there() -> None:
    call = an_open_call(documents=DOCUMENTS)
    with TestCase.captureOnCommitCallbacks(execute=True):
        first, second = (a_draft(call, person=a_resident(f"{name}@voorbeeld.invalid")) for name in ("een", "twee"))
        same = an_upload().read()
        for draft in (first, second):
            attach_document(actor=the_owner(draft), application=draft.public_id, key="offerte", upload=an_upload(same))
        discard_application(actor=the_owner(first), application=first.public_id)
    kept = Paper.objects.get()
    assert kept.about_id == second.public_id
    assert default_storage.exists(f"{kept.sha256[:2]}/{kept.sha256}")


def test_a_signed_draft_can_still_be_thrown_away_and_a_sent_application_cannot() -> None:
    draft = a_filled_draft(an_open_call(documents=DOCUMENTS))
    signed(draft, the_owner(draft))
    discard_application(actor=the_owner(draft), application=draft.public_id)
    sent = a_submitted_application()
    with pytest.raises(NotNow):
        discard_application(actor=the_owner(sent), application=sent.public_id)
    assert list(Application.objects.all()) == [sent]


def test_a_draft_that_nobody_touched_goes_after_its_term_and_is_announced_a_month_before() -> None:
    draft = a_draft()
    sent = a_submitted_application(person=a_resident("ander@voorbeeld.invalid"))
    with clock.at(clock.now() + draft_term().kept - timedelta(days=29)):
        assert [item.due.person for item in preview(PROVINCE) if item.reminder.key == "draft-abandoned"] == [draft.applicant]
        assert discard_old_drafts.call() == 0
    with clock.at(clock.now() + draft_term().kept + timedelta(minutes=1)):
        assert discard_old_drafts.call() == 1
        assert list(Application.objects.all()) == [sent]


def test_who_saves_something_keeps_the_draft_for_another_term() -> None:
    draft = a_draft()
    with clock.at(clock.now() + draft_term().kept - timedelta(days=1)):
        version = version_of(budget_part(find(draft.public_id)))
        fill_in_budget(actor=the_owner(draft), application=draft.public_id, version=version, rows=[])
    with clock.at(clock.now() + draft_term().kept + timedelta(days=1)):
        assert discard_old_drafts.call() == 0


def test_a_week_before_the_closing_who_has_a_draft_hears_so() -> None:
    draft = a_draft()
    a_submitted_application(person=a_resident("ander@voorbeeld.invalid"))
    closes = Draft(draft).call.closes_at
    with clock.at(closes - timedelta(days=7)):
        due = [item.due for item in preview(PROVINCE) if item.reminder.key == "draft-closing"]
    assert [item.person for item in due] == [draft.applicant]


def test_the_term_is_data_of_the_catalogue_and_the_first_page_says_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    call, kind = an_open_call(), retentions()["draft-application"]
    assert f"{kind.on(clock.today()).kept.days} dagen niets" in client.get(f"/aanvragen/nieuw/{call.id}").content.decode()
    sooner = replace(kind, terms=(*kind.terms, replace(kind.terms[-1], starts=clock.today(), kept=timedelta(days=60))))
    monkeypatch.setattr("vliegwiel.support.grants.actions.discard_application.retentions", lambda: {kind.key: sooner})
    a_draft(call)
    with clock.at(clock.now() + timedelta(days=61)):
        assert discard_old_drafts.call() == 1, "a new term of the catalogue holds without a change of code"
