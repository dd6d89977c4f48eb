"""A person outside the team cannot learn that a confidential case exists: not by page, search, count, file, API, trail, message or id."""

import re
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.doors import patterns
from vliegwiel.catalogue.roles import given_roles, roles
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.actions.arrange_stand_in import arrange_stand_in
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.models import OutgoingMail, Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.people.waiting import waiting_for
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.confidential.actions.open_confidential import take_confidential
from vliegwiel.support.confidential.actions.publish_counts import publish_counts
from vliegwiel.support.confidential.actions.read_case import read_case
from vliegwiel.support.confidential.models import ConfidentialCase
from vliegwiel.support.confidential.standing import visible_to
from vliegwiel.support.confidential.tests.given import SECRET, TEXT, a_case, a_member, a_signal, a_team, handed_over, someone
from vliegwiel.support.grants.tests.test_dossier_pages import browser

NOWHERE = "abcdefghjkmn"


@pytest.fixture
def hidden() -> ConfidentialCase:
    found = a_case()
    handed_over(found, a_signal(found))
    return found


def _outsiders() -> list[Actor]:
    """Somebody in every role, at the same organisation and elsewhere; a member of another team; who is in no team; who stands in."""
    people = [someone(role.key, 7) for role in given_roles()]
    people += [someone(kind, 8, "Stichting Bedenksel") for kind in ("vertrouwelijk", "teamcoordinator", "beheerder")]
    a_team(2, name="Team Elders", organisation="Stichting Bedenksel")
    a_team(2, name="Team Ernaast")
    return [*people, a_member(1, "Stichting Bedenksel"), someone("teamcoordinator")]


def _same(text: str, name: str) -> str:
    """A page without what differs between any two: the name in its own address, and the proof of a form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text.replace(name, ""))


def _told(client: Client, name: str, tail: str) -> tuple[int, str, list[str], int]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/werk/vertrouwelijk/{name}{tail}")
    return answer.status_code, _same(answer.content.decode(), name), sorted(answer.headers), len(asked)


def test_to_everybody_outside_the_team_a_case_and_a_name_that_never_was_are_the_same_page(hidden: ConfidentialCase) -> None:
    tails = ("", "/zaak", "/inzien", "/bestaat-niet", f"/inzage/{NOWHERE}.txt")
    for number, actor in enumerate(_outsiders()):
        client = browser(actor)
        for tail in tails if not number % 6 else tails[:1]:
            found, nothing = _told(client, hidden.public_id, tail), _told(client, NOWHERE, tail)
            assert found == nothing, (actor, tail)
            assert found[0] == 404
    visitor = [Client().get(f"/werk/vertrouwelijk/{name}") for name in (hidden.public_id, NOWHERE)]
    assert {answer.status_code for answer in visitor} == {302}


def _work_of(act: Callable[[], object]) -> tuple[int, list[str]]:
    """How many calls and which questions to the database a refusal takes: what its time is made of, without the noise of a clock."""
    calls = [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        calls[0] += event in ("call", "c_call")

    with CaptureQueriesContext(connection) as asked:
        sys.setprofile(count)
        try:
            with suppress(NotFound):
                act()
        finally:
            sys.setprofile(None)
    return calls[0], [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries]


def test_a_refusal_takes_the_same_work_whether_the_case_is_there_or_not_so_that_its_time_tells_nothing(
    hidden: ConfidentialCase,
) -> None:
    a_team(1, name="Team Elders", organisation="Stichting Bedenksel")
    almost = hidden.public_id[:-1] + ("2" if hidden.public_id[-1] != "2" else "3")
    for actor in (someone("beheerder"), a_member(1, "Stichting Bedenksel"), Actor("visitor")):
        for act in (
            lambda name, by=actor: read_case(actor=by, case=name, purpose="review"),
            lambda name, by=actor: take_confidential(actor=by, case=name),
        ):
            _work_of(lambda act=act: act(NOWHERE))  # what is remembered after the first time
            done = [_work_of(lambda name=name, act=act: act(name)) for name in (hidden.public_id, NOWHERE, almost)]
            assert done[0][1] == done[1][1] == done[2][1], actor
            calls = [count for count, _questions in done]
            assert max(calls) - min(calls) <= calls[1] // 200, "a dictionary that looks once more, no question asked or skipped"


def test_a_form_sent_to_a_case_of_others_answers_as_for_a_name_that_never_was(hidden: ConfidentialCase) -> None:
    for actor in (a_member(7), someone("beheerder"), a_member(1, "Stichting Bedenksel")):
        a_team(1, name="Team Elders", organisation="Stichting Bedenksel")
        client = browser(actor)
        for form in ({"doe": "openen", "waarvoor": "review"}, {"doe": "nemen"}, {"doe": "vernietigen"}, {}):
            found = [client.post(f"/werk/vertrouwelijk/{name}", form) for name in (hidden.public_id, NOWHERE)]
            assert [answer.status_code for answer in found] == [404, 404]
            assert _same(found[0].content.decode(), hidden.public_id) == _same(found[1].content.decode(), NOWHERE)


def test_not_one_page_that_anybody_else_can_open_names_the_case(hidden: ConfidentialCase) -> None:
    work = ("beheer", "mijn", "werk", "gemeente", "vertrouwelijk-werk")
    pages = [pattern for pattern in patterns() if "<" not in pattern and pattern.startswith(work)]
    assert len(pages) > 40
    told = re.compile("|".join(map(re.escape, (hidden.public_id, SECRET, TEXT, "Verzonnen straat 4"))))
    for actor in (someone("beheerder", 7), someone("auditor", 7), someone("teamcoordinator"), a_member(7)):
        client = browser(actor)
        for pattern in (*pages, "zoeken?q=Nooitgedacht"):
            answer = client.get(f"/{pattern}")
            body = b"".join(answer) if answer.streaming else answer.content
            assert not told.search(body.decode("utf-8", "ignore")), (actor, pattern)


def test_who_stands_in_for_a_member_does_not_see_the_cases_of_the_team(hidden: ConfidentialCase) -> None:
    member, other = a_member(), someone("gemeente", 5)
    today = clock.today()
    arrange_stand_in(
        actor=member,
        absent=member.id,
        replacement=other.id,
        organisation=member.organisation,
        first_day=today,
        last_day=today,
    )
    assert visible_to(member).count() == 1
    assert not visible_to(other).exists()
    assert browser(other).get(f"/werk/vertrouwelijk/{hidden.public_id}").status_code == 404


def test_the_installation_itself_sees_no_cases(hidden: ConfidentialCase) -> None:
    for actor in (Actor.system("cli"), Actor.system("job"), Actor("visitor"), Actor("person", a_member().id)):
        assert not visible_to(actor).exists()


def test_a_member_who_loses_the_role_or_leaves_the_team_sees_nothing_any_more(hidden: ConfidentialCase) -> None:
    member = a_member()
    assert visible_to(member).exists()
    withdraw_role(actor=SYSTEM, role=Role.objects.get(person__public_id=member.id, kind="vertrouwelijk").public_id)
    assert not visible_to(member).exists()
    with pytest.raises(NotFound):
        read_case(actor=member, case=hidden.public_id, purpose="review")


def test_the_search_holds_nothing_and_no_message_or_mail_speaks_of_a_case(hidden: ConfidentialCase) -> None:
    assert not Document.objects.filter(kind__contains="confidential").exists()
    told = [*Notice.objects.values_list("subject", "body", "path"), *OutgoingMail.objects.values_list("subject", "body")]
    for row in told:
        assert not any(secret in part for part in row for secret in (hidden.public_id, SECRET, TEXT))
    before = Notice.objects.count(), OutgoingMail.objects.count()
    a_case(title="Nog een")
    assert (Notice.objects.count(), OutgoingMail.objects.count()) == before


def test_no_service_of_the_api_and_no_open_table_knows_of_confidential_work(hidden: ConfidentialCase) -> None:
    for address in ("/api/v1/openapi.json", "/ogc/v1/api"):
        assert "vertrouwelijk" not in Client().get(address).content.decode().lower()
    found = [pattern for pattern in patterns() if "vertrouwelijk" in pattern]
    assert not [pattern for pattern in found if pattern.startswith(("api", "ogc", "data"))]
    assert [pattern for pattern in found if pattern.endswith(".csv")] == ["vertrouwelijk-werk.csv"], "a list of cases is no file"


def test_the_logbook_shows_no_entry_about_a_case_and_no_gap_where_one_was(hidden: ConfidentialCase) -> None:
    page = browser(someone("auditor", 7)).get("/beheer/logboek").content.decode()
    assert hidden.public_id not in page
    assert Entry.objects.filter(object_id=hidden.public_id).count() >= 3
    for asked in (f"over={hidden.public_id}", f"door={a_member().id}", "handeling=read-case", "handeling=open-confidential"):
        found = browser(someone("auditor", 7)).get(f"/beheer/logboek?{asked}").content.decode()
        assert "vertrouwelijke zaak" not in found.split("<tbody>")[-1].lower() if "<tbody>" in found else True
    numbers = {str(pk) for pk in Entry.objects.values_list("pk", flat=True) if pk > 99}
    assert not numbers & set(re.findall(r"(?:voor=|<td[^>]*>)(\d+)", page)), "a number of a row would show the gaps"
    own = browser(a_member())
    own.post(f"/werk/vertrouwelijk/{hidden.public_id}", {"doe": "openen", "waarvoor": "review"})
    assert "nakijken of het dossier weg kan" in own.get(f"/werk/vertrouwelijk/{hidden.public_id}/inzien").content.decode()


def test_the_list_of_work_of_others_says_nothing_and_of_a_coordinator_only_that_a_team_is_empty(hidden: ConfidentialCase) -> None:
    for kind in ("beheerder", "auditor", "archivaris", "gemeente", "teamcoordinator"):
        assert not [item for item in waiting_for(someone(kind, 7)) if "ertrouwelijk" in item.name or "team" in item.name.lower()]


def test_ids_are_random_and_no_page_holds_the_number_of_a_row() -> None:
    names = {a_case(title=f"Zaak {number}").public_id for number in range(6)}
    assert len(names) == 6
    assert all(re.fullmatch(r"[2-9a-hjkmnp-z]{12}", name) for name in names)
    client = browser(a_member())
    name = names.pop()
    client.post(f"/werk/vertrouwelijk/{name}", {"doe": "openen", "waarvoor": "review"})
    pk = ConfidentialCase.objects.get(public_id=name).pk
    for tail in ("zaak", "signalen", "afsluiten", "inzage", "inzien"):
        page = client.get(f"/werk/vertrouwelijk/{name}/{tail}").content.decode()
        assert not any(shape in page for shape in (f'value="{pk}"', f'/{pk}"', f"/{pk}/", f'id="{pk}"'))


def test_a_new_case_changes_no_public_page_or_count() -> None:
    client = Client()
    publish_counts(actor=Actor.system("job"), province=PROVINCE, year=2025)
    before = [client.get(path).content for path in ("/vertrouwelijk-werk", "/vertrouwelijk-werk.csv")]
    a_case()
    assert [client.get(path).content for path in ("/vertrouwelijk-werk", "/vertrouwelijk-werk.csv")] == before


def test_only_the_role_for_this_work_opens_the_list() -> None:
    opens = {kind for kind, role in roles().items() if "do-confidential-casework" in role.verbs}
    assert opens == {"vertrouwelijk"}
    for role in given_roles():
        status = browser(someone(role.key, 7)).get("/werk/vertrouwelijk").status_code
        assert status == (200 if role.key in opens else 403)
