"""A plan is scanned against brede welvaart: here and now, later, elsewhere, and for whom."""

import pytest
from django.test import Client

from vliegwiel.catalogue.scan import scan_form
from vliegwiel.foundation.people.tests.given import a_role, acting, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.see.monitor.actions import save_scan
from vliegwiel.see.monitor.models import Scan, ScanAdvice

pytestmark = pytest.mark.django_db
PLAN = "We maken van de oude school een huis voor het hele dorp, met een winkel."


@pytest.fixture
def officer() -> Actor:
    """Who works for a municipality."""
    return acting(a_role("gemeente", organisation=an_organisation("Gemeente Denkbeeldig")))


@pytest.fixture
def scan(officer: Actor) -> Scan:
    return save_scan.begin_scan(actor=officer, province="PV99", title="Dorpshuis in de school", plan=PLAN)


def _effects(
    scan: Scan, officer: Actor, key: str = "wonen/nu", effect: str = "gunstig", why: str = "Er komt een winkel."
) -> Scan:
    return save_scan.save_effects(
        actor=officer, scan_id=scan.public_id, version=scan.version, effects={key: {"effect": effect, "why": why}}
    )


def test_every_theme_is_asked_for_here_and_now_later_and_elsewhere() -> None:
    form = scan_form()
    assert list(form.times) == ["nu", "later", "elders"]
    assert len(form.cells) == 3 * len(form.themes)


def test_answers_are_kept_step_by_step_and_an_empty_one_takes_the_answer_away(scan: Scan, officer: Actor) -> None:
    scan = _effects(scan, officer)
    scan = _effects(scan, officer, "milieu/later", "onbekend", "")
    assert set(scan.effects) == {"wonen/nu", "milieu/later"}
    scan = _effects(scan, officer, "wonen/nu", "", "")
    assert set(scan.effects) == {"milieu/later"}
    assert scan.version == 4


def test_a_reason_without_an_answer_is_not_lost_but_asked_about(scan: Scan, officer: Actor) -> None:
    with pytest.raises(NotValid, match="Kies bij Wonen en voorzieningen, hier en nu een van de antwoorden"):
        _effects(scan, officer, "wonen/nu", "", "Er komt een winkel.")
    assert Scan.objects.get().effects == {}


def test_for_whom_side_effects_and_goals_are_kept(scan: Scan, officer: Actor) -> None:
    groups = {"ouderen": {"effect": "gunstig", "why": "De winkel is dichtbij."}, "lhbti": {"effect": "", "why": ""}}
    saved = save_scan.save_groups(
        actor=officer, scan_id=scan.public_id, version=1, groups=groups, side_effects="Meer auto’s.", goals=[11, 3, 11]
    )
    assert (set(saved.groups), saved.side_effects, saved.goals) == ({"ouderen"}, "Meer auto’s.", [3, 11])


def test_advice_is_asked_of_a_named_person_and_an_answer_is_not_replaced(scan: Scan, officer: Actor) -> None:
    asked = save_scan.ask_advice(
        actor=officer,
        scan_id=scan.public_id,
        version=1,
        name="B. Denkbeeldig",
        function="ecoloog",
        question="Wat doet dit met vleermuizen?",
    )
    save_scan.keep_advice(actor=officer, scan_id=scan.public_id, version=2, advice=asked.pk, answer="Hang kasten op.")
    with pytest.raises(NotNow, match="al ingevuld"):
        save_scan.keep_advice(actor=officer, scan_id=scan.public_id, version=3, advice=asked.pk, answer="Toch niet.")
    assert ScanAdvice.objects.get().answer == "Hang kasten op."


def test_a_closed_scan_is_not_changed_any_more(scan: Scan, officer: Actor) -> None:
    scan = _effects(scan, officer)
    closed = save_scan.close_scan(actor=officer, scan_id=scan.public_id, version=scan.version)
    with pytest.raises(NotNow, match="afgerond"):
        _effects(closed, officer, "milieu/nu")
    assert Scan.objects.get().version == closed.version


def test_an_empty_scan_is_not_closed(scan: Scan, officer: Actor) -> None:
    with pytest.raises(NotNow, match="Vul eerst"):
        save_scan.close_scan(actor=officer, scan_id=scan.public_id, version=1)


def test_two_people_who_save_at_once_do_not_overwrite_each_other(scan: Scan, officer: Actor) -> None:
    _effects(scan, officer)
    with pytest.raises(NotNow, match="Iemand anders") as refusal:
        _effects(scan, officer, "milieu/nu", why="Oude versie.")
    assert refusal.value.code == "stale"
    assert set(Scan.objects.get().effects) == {"wonen/nu"}


@pytest.mark.parametrize(
    "effects",
    [
        {"geluk/nu": {"effect": "gunstig", "why": "x"}},
        {"wonen/ooit": {"effect": "gunstig", "why": "x"}},
        {"wonen/nu": {"effect": "prachtig", "why": "x"}},
        {"wonen/nu": {"effect": "gunstig", "why": "  "}},
        {"wonen/nu": {"effect": "geen", "why": "x" * 601}},
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_changes(
    scan: Scan, officer: Actor, effects: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(NotValid):
        save_scan.save_effects(actor=officer, scan_id=scan.public_id, version=1, effects=effects)
    scan.refresh_from_db()
    assert (scan.version, scan.effects) == (1, {})


@pytest.mark.parametrize(("title", "plan"), [("", PLAN), ("x" * 121, PLAN), ("Een plan", "kort")])
def test_a_plan_without_name_or_words_is_no_plan(officer: Actor, title: str, plan: str) -> None:
    with pytest.raises(NotValid):
        save_scan.begin_scan(actor=officer, province="PV99", title=title, plan=plan)
    assert not Scan.objects.exists()


@pytest.mark.parametrize("who", ["another organisation", "researcher", "visitor"])
def test_a_scan_of_another_organisation_is_closed_to_you_and_the_refusal_is_kept(who: str, scan: Scan) -> None:
    elsewhere = an_organisation("Gemeente Verzinsel")
    actor = {
        "another organisation": lambda: acting(a_role("gemeente", organisation=elsewhere, email="a@voorbeeld.invalid")),
        "researcher": lambda: acting(a_role("onderzoeker", email="b@voorbeeld.invalid")),
        "visitor": lambda: Actor("visitor"),
    }[who]()
    calls = [
        lambda: _effects(scan, actor),
        lambda: save_scan.close_scan(actor=actor, scan_id=scan.public_id, version=1),
        lambda: save_scan.ask_advice(actor=actor, scan_id=scan.public_id, version=1, name="a", function="b", question=""),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()
    scan.refresh_from_db()
    assert (scan.version, scan.effects, scan.closed_at) == (1, {}, None)
    assert Entry.objects.filter(object_id=scan.public_id, result="geweigerd").count() == len(calls)


def test_each_save_leaves_an_entry_without_what_was_said(scan: Scan, officer: Actor) -> None:
    _effects(scan, officer)
    entry = Entry.objects.get(action="save-scan-effects")
    assert entry.facts == {"version": 2}


def test_a_scan_that_does_not_exist_is_told(officer: Actor) -> None:
    with pytest.raises(Refusal, match="bestaat niet"):
        save_scan.close_scan(actor=officer, scan_id="bestaatniet", version=1)


def test_who_was_overtaken_reads_the_new_answers_in_words_and_keeps_the_own(
    scan: Scan, officer: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _effects(scan, officer)
    monkeypatch.setattr("vliegwiel.see.monitor.pages.scan.page.actor_of", lambda _request: officer)
    mine = {"versie": "1", "milieu/nu-effect": "ongunstig", "milieu/nu-waarom": "Er verdwijnt gras."}
    text = client.post(f"/scans/{scan.public_id}/nu", mine).content.decode()
    assert "Wonen en voorzieningen, hier en nu: Gunstig. Er komt een winkel." in text
    assert "Er verdwijnt gras." in text
    assert set(Scan.objects.get().effects) == {"wonen/nu"}


def test_a_closed_scan_opens_at_its_outcome_with_the_goals_by_name(
    scan: Scan, officer: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = _effects(scan, officer)
    scan = save_scan.save_groups(
        actor=officer, scan_id=scan.public_id, version=scan.version, groups={}, side_effects="", goals=[11]
    )
    save_scan.close_scan(actor=officer, scan_id=scan.public_id, version=scan.version)
    monkeypatch.setattr("vliegwiel.see.monitor.pages.scan.page.actor_of", lambda _request: officer)
    text = client.get(f"/scans/{scan.public_id}/later", follow=True).content.decode()
    assert "Afgerond op" in text
    assert "11. Duurzame steden en gemeenschappen" in text
