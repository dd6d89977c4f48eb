"""Messages: decided once, and by e-mail only to who said so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.notices.actions.note_handed_over import note_handed_over
from vliegwiel.foundation.notices.actions.reach_otherwise import reach_otherwise
from vliegwiel.foundation.notices.actions.send_digest import send_digest
from vliegwiel.foundation.notices.actions.write_messages import write_messages
from vliegwiel.foundation.notices.kinds import KINDS, MAIL, WEEKLY
from vliegwiel.foundation.notices.models import Notice, Preference
from vliegwiel.foundation.notices.public import (
    choose_channel,
    choose_channels,
    deliver_letter,
    forget,
    messages_of,
    note_choice,
    tell,
)
from vliegwiel.foundation.notices.queries import unreached
from vliegwiel.foundation.notices.tests.given import ADDRESS, JOB, TEMPLATE, a_resident, about, told
from vliegwiel.foundation.papers.models import Letter, Sending
from vliegwiel.foundation.papers.public import issue_letter, letters_of
from vliegwiel.foundation.papers.tests.given import ACCESS_PATH, FILE, OWNER, a_grant
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_access(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH]


def test_a_message_is_decided_once_and_waits_in_the_outbox_under_its_message_id() -> None:
    resident = a_resident(file="mail")
    assert (told(resident), told(resident)) == (True, False)
    mail = OutgoingMail.objects.get()
    assert Notice.objects.get().message_id == mail.message_id
    assert "Aanvraag & plan" in mail.body


def test_an_act_that_is_rolled_back_told_nobody() -> None:
    resident = a_resident(file="mail")
    with pytest.raises(RuntimeError), transaction.atomic():
        told(resident)
        raise RuntimeError
    assert (Notice.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert told(resident)


@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if not (kind.at_work or kind.from_others or kind.asked)])
def test_who_said_nothing_gets_no_email(kind: str) -> None:
    told(a_resident(), kind=kind, post=ADDRESS)
    assert KINDS[kind].usual not in (MAIL, WEEKLY)
    assert OutgoingMail.objects.count() == 0
    assert Notice.objects.get().channel == KINDS[kind].usual


def test_yes_to_email_for_one_kind_of_message_is_no_yes_for_another() -> None:
    resident = a_resident(file="mail")
    told(resident, "one", kind="file")
    told(resident, "two", kind="reminders", post=ADDRESS)
    assert OutgoingMail.objects.count() == 1
    assert list(Notice.objects.order_by("pk").values_list("channel", flat=True)) == ["mail", "post"]


def test_a_colleague_is_told_by_email_about_work() -> None:
    told(a_resident(), kind="work")
    assert OutgoingMail.objects.count() == 1


def test_a_message_for_paper_becomes_one_letter_to_print_and_its_address_is_not_kept() -> None:
    resident = a_resident()
    assert told(resident, post=ADDRESS)
    assert (write_messages(actor=JOB), write_messages(actor=JOB)) == (1, 0)
    notice, letter = Notice.objects.get(), Letter.objects.get()
    assert (notice.letter, notice.postal) == (letter.public_id, "")
    assert (letter.kind, letter.title, letter.about_id) == ("message", notice.subject, about(1).id)
    assert letter.draft["recipient"]["lines"] == list(ADDRESS)
    sending = Sending.objects.get()
    assert (sending.way, sending.sent_at) == ("post", None)
    assert not told(resident, post=ADDRESS)


def test_a_message_whose_address_is_too_long_does_not_hold_up_the_others() -> None:
    told(a_resident(), "long", post=[f"regel {n}" for n in range(9)])
    told(a_role("auditor").person.public_id, "short", post=ADDRESS)
    assert write_messages(actor=JOB) == 1
    assert Letter.objects.count() == 1


def test_who_can_not_be_written_to_is_reached_by_an_address_or_by_phone() -> None:
    resident, officer = a_resident(), acting(a_role("programma"))
    told(resident, "one")
    told(resident, "two")
    first, second = unreached(PROVINCE)
    reach_otherwise(actor=officer, message=first.public_id, post=ADDRESS)
    reach_otherwise(actor=officer, message=second.public_id, told="phone")
    assert list(unreached(PROVINCE)) == []
    assert write_messages(actor=JOB) == 1
    with pytest.raises(NotNow):
        reach_otherwise(actor=officer, message=second.public_id, told="desk")
    with pytest.raises(NotFound):
        reach_otherwise(actor=officer, message="bestaatniet2", told="desk")


@pytest.mark.parametrize("more", [{}, {"told": "carrier-pigeon"}, {"post": ADDRESS, "told": "phone"}, {"post": ["regel"] * 7}])
def test_reaching_someone_takes_an_address_or_a_way(more: dict[str, Any]) -> None:
    told(a_resident())
    with pytest.raises(NotValid):
        reach_otherwise(actor=acting(a_role("programma")), message=Notice.objects.get().public_id, **more)
    assert unreached(PROVINCE).count() == 1


def test_an_address_without_an_account_is_told_once_whatever_its_capitals_and_also_after_an_account() -> None:
    words: dict[str, Any] = {"about": about(1), "moment": "m", "template": TEMPLATE, "facts": {}, "province": PROVINCE}
    assert tell(address="Programma@voorbeeld.invalid ", **words)
    assert not tell(address="programma@voorbeeld.invalid", **words)
    person = a_role("programma").person
    assert not tell(person=person.public_id, **words)
    assert not tell(address=person.email, **words)


def test_a_choice_told_on_paper_counts_without_an_account_and_goes_along_when_there_is_one() -> None:
    officer = acting(a_role("programma"))
    note_choice(actor=officer, province=PROVINCE, address="auditor@voorbeeld.invalid", channels={"file": "mail"}, how="paper")
    words: dict[str, Any] = {"about": about(1), "template": TEMPLATE, "facts": {}, "province": PROVINCE}
    OutgoingMail.objects.all().delete()
    tell(address="auditor@voorbeeld.invalid", moment="m1", **words)
    person = a_role("auditor").person.public_id
    OutgoingMail.objects.exclude(subject="Uw termijn").delete()
    tell(person=person, moment="m2", **words)
    assert OutgoingMail.objects.count() == 2
    choose_channel(actor=Actor("person", person), person=person, kind="file", channel="site")
    tell(person=person, moment="m3", **words)
    assert OutgoingMail.objects.count() == 2
    entry = Entry.objects.get(action="note-choice")
    assert (entry.object_id, entry.facts) == ("", {"kind": "file", "channel": "mail", "how": "paper"})


def test_who_wants_no_reminders_gets_none_and_never_later_either() -> None:
    resident = a_resident(reminders="none")
    assert told(resident, kind="reminders")
    choose_channel(actor=Actor("person", resident), person=resident, kind="reminders", channel="mail")
    assert not told(resident, kind="reminders")
    assert OutgoingMail.objects.count() == 0
    assert messages_of(resident) == []


@pytest.mark.parametrize(("kind", "channel"), [("letters", "none"), ("letters", "site"), ("file", "none"), ("niets", "mail")])
def test_what_the_law_asks_cannot_be_switched_off_and_a_wrong_choice_changes_nothing(kind: str, channel: str) -> None:
    resident = a_resident()
    with pytest.raises(NotValid):
        choose_channels(actor=Actor("person", resident), person=resident, channels={"news": "none", kind: channel})
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("role", ["programma", "beheerder", "auditor", "dorpsondersteuner", ""])
def test_only_oneself_chooses_and_only_who_sends_letters_notes_a_choice(role: str) -> None:
    resident = a_resident()
    actor = acting(a_role(role, email="iemand@voorbeeld.invalid")) if role else Actor("visitor")
    with pytest.raises(NotAllowed):
        choose_channel(actor=actor, person=resident, kind="news", channel="none")
    if role == "programma":
        note_choice(actor=actor, province=PROVINCE, person=resident, channels={"news": "none"}, how="desk")
        assert Preference.objects.get().how == "desk"
        return
    told(resident)
    for act in (
        lambda: note_choice(actor=actor, province=PROVINCE, person=resident, channels={"news": "none"}, how="desk"),
        lambda: reach_otherwise(actor=actor, message=Notice.objects.get().public_id, told="phone"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (Preference.objects.count(), unreached(PROVINCE).count()) == (0, 1)
    refused = Entry.objects.filter(result="geweigerd").values_list("action", flat=True).order_by("pk")
    assert list(refused) == ["choose-channel", "note-choice", "reach-otherwise"]


def test_an_officer_of_another_province_notes_nothing_here() -> None:
    elsewhere = acting(a_role("programma", province="PV98", email="ver@voorbeeld.invalid"))
    with pytest.raises(NotAllowed):
        note_choice(actor=elsewhere, province=PROVINCE, address="a@voorbeeld.invalid", channels={"news": "none"}, how="desk")


def test_a_choice_is_noted_with_how_it_was_told() -> None:
    officer = acting(a_role("programma"))
    with pytest.raises(NotValid):
        note_choice(actor=officer, province=PROVINCE, address="a@voorbeeld.invalid", channels={"news": "none"}, how="dream")
    assert Preference.objects.count() == 0


def delivered(person: str = "", actor: Actor = SYSTEM) -> tuple[str, str]:
    """A letter that was issued and delivered: its public id, and the way it goes."""
    letter = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant()).id
    return letter, deliver_letter(actor=actor, letter=letter, province=PROVINCE, person=person)


def test_a_letter_goes_by_email_to_who_chose_that_for_letters() -> None:
    resident = a_resident(letters="mail")
    letter, way = delivered(resident)
    assert way == "mail"
    assert f"/brieven/{letter}" in OutgoingMail.objects.get().body
    assert letters_of(FILE)[0].sent_on == clock.today()


@pytest.mark.parametrize("known", [True, False])
def test_a_letter_goes_on_paper_to_everyone_else_and_who_has_an_account_finds_it_here_too(known: bool) -> None:
    resident = a_resident(file="mail", news="mail") if known else ""
    _letter, way = delivered(resident)
    assert way == "post"
    assert OutgoingMail.objects.count() == 0
    assert (Sending.objects.get().way, letters_of(FILE)[0].sent_on) == ("post", None)
    assert Notice.objects.count() == int(known)


def test_a_letter_is_delivered_once_also_when_someone_chooses_otherwise_after_it() -> None:
    resident = a_resident()
    letter, _way = delivered(resident)
    choose_channel(actor=Actor("person", resident), person=resident, kind="letters", channel="mail")
    assert deliver_letter(actor=SYSTEM, letter=letter, province=PROVINCE, person=resident) == "post"
    assert (Sending.objects.count(), Notice.objects.count(), OutgoingMail.objects.count()) == (1, 1, 0)


def test_a_letter_for_someone_unknown_or_by_someone_who_may_not_is_not_delivered() -> None:
    with pytest.raises(NotFound):
        delivered("bestaatniet2")
    with pytest.raises(NotAllowed):
        delivered(actor=Actor("person", "vreemde23456"))
    assert (Sending.objects.count(), Notice.objects.count()) == (0, 0)


def test_an_act_that_is_rolled_back_delivered_no_letter() -> None:
    resident = a_resident(letters="mail")
    with pytest.raises(RuntimeError), transaction.atomic():
        delivered(resident)
        raise RuntimeError
    assert [model.objects.count() for model in (Letter, Sending, Notice, OutgoingMail)] == [0, 0, 0, 0]


def test_news_of_a_week_comes_in_one_mail_and_once() -> None:
    resident = a_resident(news="weekly")
    told(resident, "tip-1", kind="news")
    told(resident, "tip-2", kind="news")
    assert (send_digest(actor=JOB), send_digest(actor=JOB)) == (1, 0)
    mail = OutgoingMail.objects.get()
    assert mail.body.count("Uw termijn") == 2
    assert set(Notice.objects.values_list("message_id", flat=True)) == {mail.message_id}


def test_who_no_longer_wants_the_weekly_mail_does_not_get_what_waited() -> None:
    resident = a_resident(news="weekly", work="weekly")
    told(resident, "tip-1", kind="news")
    told(resident, "task-1", kind="work")
    choose_channel(actor=Actor("person", resident), person=resident, kind="news", channel="none")
    assert send_digest(actor=JOB) == 1
    assert list(Notice.objects.exclude(message_id="").values_list("moment", flat=True)) == ["task-1"]
    assert send_digest(actor=JOB) == 0


def test_when_a_mail_was_handed_over_stays_known_after_the_outbox_forgot_it() -> None:
    resident = a_resident(file="mail")
    told(resident)
    handed = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert note_handed_over() == 0
    OutgoingMail.objects.update(handed_over_at=handed)
    assert (note_handed_over(), note_handed_over()) == (1, 0)
    with clock.at(handed + timedelta(days=31)):
        assert outbox.clear_sent() == 1
    assert messages_of(resident)[0].handed_over_at == handed


def test_messages_about_a_record_that_never_was_are_forgotten_also_in_the_outbox() -> None:
    resident = a_resident(file="mail")
    told(resident)
    told(resident, about=about(2))
    assert forget(about=about(1)) == 1
    assert list(Notice.objects.values_list("about_id", flat=True)) == [about(2).id]
    assert OutgoingMail.objects.count() == 1


def test_what_someone_was_told_stays_with_the_file_when_the_account_goes() -> None:
    person = a_role("dorpsondersteuner").person
    told(person.public_id)
    person.roles.all().delete()
    person.delete()
    assert Notice.objects.get().person is None
