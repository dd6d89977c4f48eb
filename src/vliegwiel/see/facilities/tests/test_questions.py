"""What if one closes, which ones to keep, how far it is: equal to what is worked out another way, and never a wrong number."""

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from vliegwiel.foundation.jobs.worker import run_waiting
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.see.facilities import choosing, homes, outcome, queries
from vliegwiel.see.facilities.actions.ask_keep import ask_keep
from vliegwiel.see.facilities.actions.edit_facility import close_facility
from vliegwiel.see.facilities.actions.import_roads import roads_path
from vliegwiel.see.facilities.actions.release_distances import release_distances
from vliegwiel.see.facilities.actions.save_scenario import save_scenario
from vliegwiel.see.facilities.actions.set_norm import end_norm, set_norm
from vliegwiel.see.facilities.actions.share_outcome import plan_next_use, send_outcome, share_outcome
from vliegwiel.see.facilities.choosing import Choosing, work_out
from vliegwiel.see.facilities.distances import distances_of
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import ClosureScenario, KeepQuestion, RoadNetwork
from vliegwiel.see.facilities.outcome import what_if
from vliegwiel.see.facilities.tests.given import (
    PROVINCE,
    SCHOOLS,
    SYSTEM,
    a_village,
    facilities_from,
    named,
    someone,
)
from vliegwiel.see.figures import queries as figures

pytestmark = pytest.mark.django_db
ALL, YOUNG, OLD, NO_CAR = range(4)


@pytest.fixture(autouse=True)
def the_village(own_home: Path) -> None:
    a_village(own_home)


def _costs(profile: str, names: list[str]) -> tuple[Any, Any]:
    """Milliseconds from every home to each facility by another search, and persons."""
    ground = ground_of(PROVINCE, profile)
    assert ground is not None
    net, who = ground.network, ground.who
    there, back = net._there["milliseconds"], net._back["milliseconds"]
    size = net.nodes
    graph = coo_array(
        (np.concatenate([there, back]) + 1e-9, (np.concatenate([net._tail, net._head]), np.concatenate([net._head, net._tail]))),
        (size, size),
    )
    place = {spot.name: node for spot, node in zip(ground.spots, ground.laid.nodes, strict=True)}
    reached = dijkstra(graph.tocsr().T, indices=[place[name] for name in names])
    edge, offset = who.edge, who.offset
    by_head = reached[:, net._head[edge]] + np.rint((1 - offset) * there[edge])
    by_tail = reached[:, net._tail[edge]] + np.rint(offset * back[edge])
    return np.rint(np.minimum(by_head, by_tail)), who.persons


def _ids(*names: str) -> list[str]:
    return [named(name).public_id for name in names]


@pytest.mark.parametrize("profile", ["foot", "bike", "car"])
def test_who_notices_a_closure_is_what_another_search_says(profile: str) -> None:
    costs, persons = _costs(profile, [row["naam"] for row in SCHOOLS])
    before, after = costs.min(axis=0), costs[1:].min(axis=0)
    longer = persons[after > before].sum()
    found = what_if(PROVINCE, profile, "basisschool", _ids("Basisschool West"))["groups"][ALL]
    assert abs(found["longer"] - longer) <= 2.5 and found["lost"] == 0 and longer > 100
    mean = ((after - before) * persons)[after > before].sum() / longer / 60_000
    assert found["mean_more"] == pytest.approx(mean, abs=0.051)
    assert found["worst"] == pytest.approx(((after - before)[persons > 0]).max() / 60_000, abs=0.051)


def test_when_the_last_one_closes_nobody_gets_a_large_number() -> None:
    found = what_if(PROVINCE, "bike", "basisschool", _ids(*(row["naam"] for row in SCHOOLS)))
    everybody = found["groups"][ALL]
    assert (everybody["lost"], everybody["longer"], everybody["mean_more"], everybody["worst"]) == (4510, 0, None, None)
    assert all(row["after"] is None and row["before"] is None for row in found["places"]) and found["instead"] == []


def test_a_few_people_are_never_counted_and_an_unknown_group_is_not_zero() -> None:
    found = what_if(PROVINCE, "bike", "basisschool", _ids("Basisschool Oost"))
    assert found["groups"][YOUNG] == {"key": "jong", "name": "Jonger dan 15 jaar", "known": False}
    assert not found["groups"][NO_CAR]["known"] and found["groups"][OLD]["known"]
    numbers = [group[key] for group in found["groups"] if group["known"] for key in ("persons", "longer", "lost")]
    assert all(value is None or value % 5 == 0 for value in numbers)
    assert all(row["before"] is None for row in found["places"] if row["persons"] is None)


@pytest.mark.parametrize(("close", "code"), [((), "nothing"), (("nietbestaand",), "unknown-facility")])
def test_what_is_not_there_is_refused(close: tuple[str, ...], code: str) -> None:
    with pytest.raises(NotValid) as refusal:
        what_if(PROVINCE, "bike", "basisschool", close)
    assert refusal.value.code == code


def test_a_new_place_helps_who_lives_near_it_and_one_at_sea_is_refused() -> None:
    found = what_if(PROVINCE, "foot", "basisschool", [], [(200_400.0, 442_500.0)])
    assert found["groups"][ALL]["shorter"] > 50 and found["groups"][ALL]["longer"] == 0
    moved = what_if(PROVINCE, "foot", "basisschool", _ids("Basisschool West"), [(201_000.0, 441_500.0)])
    assert moved["groups"][ALL]["longer"] in (0, None) and moved["instead"][0]["id"] == ""
    with pytest.raises(NotValid):
        what_if(PROVINCE, "foot", "basisschool", [], [(150_000.0, 441_500.0)])


def test_a_norm_says_how_many_it_fails_before_and_after() -> None:
    officer = someone("programma")
    today = clock.today()
    norm = set_norm(
        actor=officer,
        province=PROVINCE,
        kind="basisschool",
        profile="foot",
        minutes=20,
        source="Besluit 12",
        status="besluit",
        valid_from=today,
    )
    costs, persons = _costs("foot", [row["naam"] for row in SCHOOLS])
    before, after = ((near > 20 * 60_000) @ persons for near in (costs.min(axis=0), costs[1:].min(axis=0)))
    (found,) = what_if(PROVINCE, "foot", "basisschool", _ids("Basisschool West"))["norms"]
    assert abs(found["before"] - before) <= 2.5 and abs(found["after"] - after) <= 2.5 and found["source"] == "Besluit 12"
    (moved,) = what_if(PROVINCE, "foot", "basisschool", _ids("Basisschool West"), [(200_300.0, 442_700.0)])["norms"]
    assert moved["crossed"] > max(moved["after"] - moved["before"], 0), "who gets nearer does not undo who gets too far away"
    end_norm(actor=officer, norm=norm.public_id)
    queries.stamp.forget()
    assert what_if(PROVINCE, "foot", "basisschool", _ids("Basisschool West"))["norms"] == []
    with pytest.raises(NotValid):
        set_norm(
            actor=officer, province=PROVINCE, kind="luchthaven", profile="foot", minutes=0, source="", status="", valid_from=None
        )


def _choosing(**changes: Any) -> Choosing:
    given: dict[str, Any] = {
        "province": PROVINCE, "profile": "bike", "area": "GM1876", "candidates": tuple(_ids(*(f"Zaal {place}" for place in range(9)))),
        "number": 3, "objective": "p-median", "reach": None, "always": (), "never": (), "by_capacity": False,
    }  # fmt: skip
    return Choosing(**{**given, **changes})


def test_the_three_that_are_kept_are_the_best_of_all_eighty_four() -> None:
    costs, persons = _costs("bike", [f"Zaal {place}" for place in range(9)])
    totals = {chosen: float((costs[list(chosen)].min(axis=0) * persons).sum()) for chosen in combinations(range(9), 3)}
    best = min(totals, key=lambda chosen: totals[chosen])
    found = work_out(_choosing())
    kept = {place for place in range(9) if named(f"Zaal {place}").public_id in found["chosen"]}
    assert found["proven"] and totals[tuple(sorted(kept))] == pytest.approx(totals[best], rel=1e-6)
    assert found["value"] == pytest.approx(totals[best] / persons.sum() / 60_000, abs=0.051)
    assert all(other["value"] <= found["value"] * 1.06 for other in found["alternatives"])
    near = [chosen for chosen, total in totals.items() if total <= totals[best] * 1.05 and chosen != best]
    assert len(found["alternatives"]) >= min(len(near), 1)
    everybody = found["fairness"][0]
    assert everybody["mean"] >= everybody["mean_now"] and everybody["worst"] >= everybody["worst_now"]


def test_pins_hold_and_what_cannot_be_says_why() -> None:
    one, two = _ids("Zaal 0", "Zaal 8")
    found = work_out(_choosing(always=(one,), never=(two,)))
    assert one in found["chosen"] and two not in found["chosen"]
    many = work_out(_choosing(number=10))
    assert not many["feasible"] and "maar 9" in many["why"][0]
    full = work_out(_choosing(by_capacity=True))
    assert not full["feasible"] and "passen" in full["why"][0]
    assert "Voor " in full["why"][0] and full["why"][0].endswith("mensen is geen plaats.")
    fits = work_out(_choosing(by_capacity=True, number=4))
    assert fits["feasible"] and all(count is None or count <= 1500 for count in fits["uses"].values())


def test_a_hall_of_which_nobody_knows_the_size_stops_a_question_about_size(own_home: Path) -> None:
    facilities_from(own_home, [{"nummer": "x", "naam": "Zaal zonder maat", "soort": "dorpshuis", "x": "201500", "y": "441700"}])
    names = (*_choosing().candidates, *_ids("Zaal zonder maat"))
    with pytest.raises(NotValid) as refusal:
        work_out(_choosing(candidates=names, by_capacity=True))
    assert "Zaal zonder maat" in refusal.value.message
    told = work_out(_choosing(candidates=names, by_capacity=True, capacities={names[-1]: 5000}))
    assert told["feasible"] and names[-1] in told["chosen"]


def _saved(**changes: Any) -> ClosureScenario:
    about = {"title": "De school sluit", "kind": "basisschool", "profile": "bike", "close": _ids("Basisschool West")}
    given: dict[str, Any] = {"actor": someone("programma"), "province": PROVINCE, **about}
    return save_scenario(**{**given, **changes})


def test_a_saved_answer_stays_as_it_was_when_the_register_changes() -> None:
    saved = _saved()
    before, rests_on = dict(saved.outcome), dict(saved.vintage)
    middle = named("Basisschool Midden")
    close_facility(actor=SYSTEM, facility=middle.public_id, version=1, closed_on=clock.today())
    saved.refresh_from_db()
    assert (saved.outcome, saved.vintage) == (before, rests_on) and rests_on["roads_made_up"]
    assert what_if(PROVINCE, "bike", "basisschool", saved.close)["groups"] != before["groups"]
    with pytest.raises(NotValid):
        _saved(close=_ids("Basisschool Midden"))


def test_an_outcome_is_shared_sent_and_added_to_and_each_once() -> None:
    saved, officer, town = _saved(), someone("programma"), someone("gemeente", municipality="GM1876")
    about = {"actor": officer, "kind": "closure-scenario", "saved": saved.public_id}
    share_outcome(**about)
    with pytest.raises(NotNow):
        share_outcome(**about)
    send_outcome(**about, municipalities=["GM1876"])
    assert Notice.objects.get(about_id=saved.public_id).person.public_id == town.id
    with pytest.raises(NotNow):
        send_outcome(**about, municipalities=["GM1876"])
    with pytest.raises(NotValid):
        send_outcome(**about, municipalities=["GM9999"])
    told = plan_next_use(**about, facility=saved.close[0], use="woningen", owner="De gemeente", yearly=Money.euros(40_000))
    assert told.next_uses[saved.close[0]] == {"use": "woningen", "owner": "De gemeente", "yearly": 4_000_000}
    with pytest.raises(NotValid):
        plan_next_use(**about, facility=named("Basisschool Oost").public_id, use="sloop")
    with pytest.raises(NotAllowed):
        send_outcome(**{**about, "actor": town}, municipalities=["GM1876"])


@pytest.mark.django_db(transaction=True)
def test_large_questions_are_worked_out_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "AT_ONCE_FACILITIES", 0)
    monkeypatch.setattr(choosing, "AT_ONCE_PAIRS", 10)
    saved = _saved()
    names = _choosing().candidates
    given = {"actor": someone("programma"), "province": PROVINCE, "area": "GM1876", "profile": "bike", "number": 3}
    question = ask_keep(title="Welke drie?", candidates=names, **given)
    assert (saved.state, saved.outcome, question.state) == ("waiting", {}, "waiting")
    run_waiting()
    saved.refresh_from_db()
    question.refresh_from_db()
    assert saved.state == "done" and saved.outcome["groups"] == what_if(PROVINCE, "bike", "basisschool", saved.close)["groups"]
    assert question.state == "done" and question.outcome["proven"]
    assert KeepQuestion.objects.get().outcome["chosen"] == question.outcome["chosen"]


def test_our_distances_become_figures_beside_those_of_cbs_and_repeating_adds_nothing() -> None:
    done = release_distances(actor=SYSTEM, province=PROVINCE)
    assert release_distances(actor=SYSTEM, province=PROVINCE).release == done.release
    figures.stamp.forget()
    costs = distances_of(PROVINCE, "car", "basisschool")
    assert costs is not None
    west = figures.figure("eigen-afstand-basisschool", 2024, "BU18760000").estimate.value
    whole = figures.figure("eigen-afstand-basisschool", 2024, "GM1876").estimate.value
    assert west == pytest.approx(costs.kilometres[0], abs=0.051) and whole is not None
    assert figures.figure("afstand-huisarts", 2024, "BU18760000").estimate.value == 0.8
    assert figures.figure("eigen-afstand-huisarts", 2024, "BU18760000").estimate.value is None
    assert done.vintage["roads_hash"] == RoadNetwork.objects.get(profile="car").content_hash


def test_without_roads_there_is_no_number_but_a_reason(own_home: Path) -> None:
    RoadNetwork.objects.all().delete()
    queries.stamp.forget()
    assert ground_of(PROVINCE, "bike") is None and distances_of(PROVINCE, "bike", "basisschool") is None
    with pytest.raises(NotNow):
        what_if(PROVINCE, "bike", "basisschool", _ids("Basisschool West"))
    with pytest.raises(NotNow):
        release_distances(actor=SYSTEM, province=PROVINCE)
    assert roads_path("x").parent.parent == own_home


def test_every_resident_lives_somewhere_and_only_once() -> None:
    ground = ground_of(PROVINCE, "bike")
    assert ground is not None
    found = ground.homes
    assert np.bincount(found.area, weights=found.persons).tolist() == [4370, 140] and not found.real
    assert np.bincount(found.area, weights=found.groups[homes.OLD]).round().tolist() == [1345, 35]
