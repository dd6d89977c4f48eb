"""Giving and withdrawing roles: what is refused changes nothing and is remembered."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage

from vliegwiel.foundation.people import demo
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.actions.remove_unused_accounts import remove_unused_accounts
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.models import Organisation, OutgoingMail, Person, Role
from vliegwiel.foundation.people.outbox import clear_sent, hand_over_waiting
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal

pytestmark = pytest.mark.django_db


def state() -> tuple[object, ...]:
    """Everything that a refusal must leave as it was."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Organisation.objects.order_by("pk").values()),
        list(Role.objects.order_by("pk").values()),
        OutgoingMail.objects.count(),
    )


def test_a_manager_gives_a_role_the_person_hears_it_and_the_trail_holds_no_name() -> None:
    manager = a_role("beheerder")
    at = an_organisation()
    given = give_role(
        actor=acting(manager), email="Nieuw@Voorbeeld.invalid", organisation=at.public_id, kind="adviseur", province=PROVINCE
    )
    assert given.person.email == "nieuw@voorbeeld.invalid"
    assert not given.person.has_usable_password()
    mail = OutgoingMail.objects.get(recipient="nieuw@voorbeeld.invalid")
    assert "adviseur van een steunorganisatie" in mail.body
    entry = Entry.objects.get(action="give-role", object_id=given.public_id)
    assert (entry.actor_id, entry.facts["person"]) == (manager.person.public_id, given.person.public_id)
    assert "nieuw" not in str(entry.facts)


@pytest.mark.parametrize("kind", ["onderzoeker", "adviseur", "dorpsondersteuner", "auditor"])
def test_who_may_not_manage_changes_nothing_and_is_remembered(kind: str) -> None:
    actor, at = acting(a_role(kind)), an_organisation()
    role = a_role("fonds", organisation=at)
    before = state()
    attempts: list[tuple[str, Callable[[], object]]] = [
        ("add-organisation", lambda: add_organisation(actor=actor, name="X", kind="fonds", province=PROVINCE)),
        ("give-role", lambda: give_role(actor=actor, email="x@x.nl", organisation=at.public_id, kind="fonds", province=PROVINCE)),
        ("withdraw-role", lambda: withdraw_role(actor=actor, role=role.public_id)),
    ]
    for action, attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
        entry = Entry.objects.filter(action=action).latest("pk")
        assert (entry.result, entry.reason, entry.actor_id) == ("geweigerd", "no-role", actor.id)
    assert state() == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "geen adres"}, "no-email"),
        ({"kind": "keizer"}, "unknown-role"),
        ({"kind": "bezoeker"}, "unknown-role"),
        ({"province": "Gelderland"}, "unknown-province"),
        ({"municipality": "Bronckhorst"}, "unknown-municipality"),
        ({"organisation": "bestaatniet"}, "not-found"),
        ({"until": clock.now() - timedelta(days=1)}, "past-end"),
        ({"email": "fonds@voorbeeld.invalid", "kind": "fonds"}, "known-role"),
    ],
)
def test_what_is_not_right_is_told_and_changes_nothing(change: dict[str, object], code: str) -> None:
    at = an_organisation()
    a_role("fonds", organisation=at)
    right = {"email": "a@voorbeeld.invalid", "organisation": at.public_id, "kind": "adviseur", "province": PROVINCE}
    before = state()
    with pytest.raises(Refusal) as refused:
        give_role(actor=SYSTEM, **{**right, **change})
    assert refused.value.code == code
    assert state() == before


def test_nobody_gives_a_role_to_themselves() -> None:
    manager = a_role("beheerder")
    before = state()
    with pytest.raises(NotAllowed, match="uzelf"):
        give_role(
            actor=acting(manager),
            email=manager.person.email,
            organisation=manager.organisation.public_id,
            kind="controller",
            province=PROVINCE,
        )
    assert state() == before


def test_a_manager_of_one_province_does_not_reach_another() -> None:
    manager, elsewhere = a_role("beheerder"), an_organisation("Elders", province="PV98")
    far = a_role("adviseur", organisation=elsewhere, province="PV98")
    with pytest.raises(NotAllowed):
        withdraw_role(actor=acting(manager), role=far.public_id)
    with pytest.raises(NotAllowed):
        give_role(actor=acting(manager), email="x@x.nl", organisation=elsewhere.public_id, kind="fonds", province=PROVINCE)


def test_a_withdrawn_role_ends_stays_on_record_and_is_not_withdrawn_twice() -> None:
    role = a_role("adviseur")
    withdraw_role(actor=SYSTEM, role=role.public_id)
    role.refresh_from_db()
    assert role.until is not None
    with pytest.raises(NotNow):
        withdraw_role(actor=SYSTEM, role=role.public_id)
    with pytest.raises(NotFound):
        withdraw_role(actor=SYSTEM, role="bestaatniet")


def test_the_last_manager_stays() -> None:
    manager = a_role("beheerder")
    with pytest.raises(NotNow, match="laatste beheerder"):
        withdraw_role(actor=acting(manager), role=manager.public_id)
    other = a_role("beheerder", email="ander@voorbeeld.invalid")
    withdraw_role(actor=acting(manager), role=other.public_id)


def test_an_organisation_is_known_once_in_a_province() -> None:
    an_organisation("Steunpunt")
    with pytest.raises(NotValid):
        an_organisation("  steunpunt ")
    an_organisation("Steunpunt", province="PV98")


def test_an_account_that_nobody_used_is_truly_deleted_after_a_day() -> None:
    unused = open_account(actor=Actor("visitor"), email="weg@voorbeeld.invalid")
    a_role("adviseur")
    assert remove_unused_accounts(actor=Actor.system("job")) == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert remove_unused_accounts(actor=Actor.system("job")) == 1
    assert not Person.objects.filter(pk=unused.pk).exists()
    assert Entry.objects.filter(action="remove-account", object_id=unused.public_id).exists()


def test_without_a_mail_server_a_message_waits_and_with_one_it_goes_once(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_role("adviseur")
    assert hand_over_waiting() == 0
    settings.EMAIL_HOST = "post.invalid"
    monkeypatch.setattr("vliegwiel.foundation.people.outbox.SMTP", "django.core.mail.backends.locmem.EmailBackend")
    assert (hand_over_waiting(), hand_over_waiting()) == (1, 0)
    sent = OutgoingMail.objects.get()
    assert sent.body == ""
    from django.core import mail

    assert mail.outbox[0].extra_headers["Message-ID"] == sent.message_id


def test_a_message_the_mail_server_refuses_waits_and_the_others_go(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    a_role("adviseur")
    a_role("fonds")
    settings.EMAIL_HOST = "post.invalid"
    monkeypatch.setattr("vliegwiel.foundation.people.outbox.SMTP", "django.core.mail.backends.locmem.EmailBackend")

    from django.core.mail.backends.locmem import EmailBackend

    real = EmailBackend.send_messages

    def refusing(backend: EmailBackend, messages: list[EmailMessage]) -> int:
        if "adviseur" in messages[0].to[0]:
            raise SMTPRecipientsRefused({})
        return real(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refusing)
    assert hand_over_waiting() == 1
    assert [mail.recipient for mail in OutgoingMail.objects.filter(handed_over_at=None)] == ["adviseur@voorbeeld.invalid"]
    with clock.at(clock.now() + timedelta(days=31)):
        assert clear_sent() == 1
    assert OutgoingMail.objects.count() == 1


def test_made_up_people_are_made_once_and_only_in_the_demo(settings: object) -> None:
    with pytest.raises(NotNow):
        demo.build(PROVINCE)
    settings.VLIEGWIEL_DEMO = True
    assert demo.build(PROVINCE) == demo.build(PROVINCE)
    assert all(person.email.endswith("@voorbeeld.invalid") for person in Person.objects.all())
    assert {button.role.key for button in demo.buttons()} >= {"inwoner", "onderzoeker", "beheerder"}
