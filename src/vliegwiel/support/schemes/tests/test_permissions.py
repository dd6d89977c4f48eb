"""Who may do what to a scheme and to a call, in which state: every verb × role × state, and each refusal changes nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, Refusal
from vliegwiel.support.schemes.actions.check_draft import check_draft
from vliegwiel.support.schemes.actions.close_scheme import close_scheme
from vliegwiel.support.schemes.actions.move_call import mark_decided, mark_divided, move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call, change_call, drop_call, plan_call
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force, take_back_version
from vliegwiel.support.schemes.actions.start_scheme import draft_version, import_scheme, start_scheme
from vliegwiel.support.schemes.actions.steer_crisis import change_phase, end_crisis, start_crisis
from vliegwiel.support.schemes.actions.write_draft import discard_draft, write_draft
from vliegwiel.support.schemes.models import Call, Crisis, SchemeDraft
from vliegwiel.support.schemes.tests.given import EXAMPLE, a_draft_scheme, a_planned_call, a_version_in_force, an_officer

pytestmark = pytest.mark.django_db
Act = Callable[[Actor, str], object]
NEW, CHECKED, WAITS, HOLDS, AGAIN, STOPPED = "new", "checked", "proposed", "in force", "in force, new version", "stopped"
PLANNED, ANNOUNCED, OPEN, CLOSED, DIVIDED, DECIDED = "planned", "announced", "open", "closed", "divided", "decided"


def _tried(act: Act, actor: Actor, on: str) -> str:
    here = transaction.savepoint()
    try:
        act(actor, on)
    except Refusal as refusal:
        return type(refusal).__name__
    transaction.savepoint_rollback(here)
    return ""


def _write(actor: Actor, scheme: str) -> object:
    draft = SchemeDraft.objects.filter(scheme__key=scheme).first()
    return write_draft(actor=actor, scheme=scheme, revision=draft.revision if draft else 1, document={"summary": "Anders."})


def _plan(actor: Actor, scheme: str) -> object:
    first = clock.now() + timedelta(days=3)
    return plan_call(
        actor=actor, scheme=scheme, name="Nog een", opens_at=first, closes_at=first + timedelta(days=9), method="first-come"
    )


SCHEME_ACTS: dict[str, Act] = {
    "write": _write,
    "check": lambda actor, scheme: check_draft(actor=actor, scheme=scheme),
    "discard": lambda actor, scheme: discard_draft(actor=actor, scheme=scheme),
    "propose": lambda actor, scheme: propose_version(actor=actor, scheme=scheme),
    "take back": lambda actor, scheme: take_back_version(actor=actor, scheme=scheme),
    "put in force": lambda actor, scheme: put_in_force(actor=actor, scheme=scheme),
    "new version": lambda actor, scheme: draft_version(actor=actor, scheme=scheme),
    "close": lambda actor, scheme: close_scheme(actor=actor, scheme=scheme),
    "plan a call": _plan,
}
CALL_ACTS: dict[str, Act] = {
    "change": lambda actor, call: change_call(
        actor=actor, call=call, revision=Call.objects.get(public_id=call).revision, name="Anders"
    ),
    "announce": lambda actor, call: announce_call(actor=actor, call=call),
    "drop": lambda actor, call: drop_call(actor=actor, call=call),
    "divided": lambda actor, call: mark_divided(actor=actor, call=call),
    "decided": lambda actor, call: mark_decided(actor=actor, call=call),
}


def schemes() -> dict[str, str]:
    """A scheme in each state, by key."""
    officer = an_officer()
    found = {state: a_draft_scheme(actor=officer).key for state in (NEW, CHECKED, WAITS)}
    for state in (CHECKED, WAITS):
        check_draft(actor=officer, scheme=found[state])
    propose_version(actor=officer, scheme=found[WAITS])
    found |= {state: a_version_in_force().scheme.key for state in (HOLDS, AGAIN, STOPPED)}
    draft_version(actor=officer, scheme=found[AGAIN])
    close_scheme(actor=officer, scheme=found[STOPPED])
    return found


def calls() -> dict[str, str]:
    """A call in each state, by public id."""
    now, found = clock.now(), dict[str, str]()
    periods = {PLANNED: (3, 9), ANNOUNCED: (3, 9), OPEN: (-2, 9), **dict.fromkeys((CLOSED, DIVIDED, DECIDED), (-2, -1))}
    with clock.at(now - timedelta(days=4)):
        officer, version = an_officer(), a_version_in_force()
        for state, (first, last) in periods.items():
            call = a_planned_call(version, opens_at=now + timedelta(days=first), closes_at=now + timedelta(days=last))
            found[state] = call.public_id
            if state != PLANNED:
                announce_call(actor=officer, call=call.public_id)
    move_by_clock(actor=Actor.system("job"))
    mark_divided(actor=officer, call=found[DIVIDED])
    mark_decided(actor=officer, call=found[DECIDED])
    assert {name: Call.objects.get(public_id=on).state for name, on in found.items()} == {name: name for name in found}
    return found


#: Who may ever, and in which states it is done; written out, apart from the code.
MANAGES, FORCES = {"programma", "tweede programma"}, {"programma", "tweede programma", "tekenbevoegde"}
OF_A_SCHEME = {
    "write": (MANAGES, {NEW, CHECKED, AGAIN}),
    "check": (MANAGES, {NEW, CHECKED, WAITS, AGAIN}),
    "discard": (MANAGES, {NEW, CHECKED, WAITS, AGAIN}),
    "propose": (MANAGES, {CHECKED}),
    "take back": (MANAGES, {WAITS}),
    "put in force": (FORCES, {WAITS}),
    "new version": (MANAGES, {HOLDS}),
    "close": (MANAGES, {HOLDS}),
    "plan a call": (MANAGES, {HOLDS, AGAIN}),
}
OF_A_CALL = {
    "change": (MANAGES, {PLANNED}),
    "announce": (MANAGES, {PLANNED}),
    "drop": (MANAGES, {PLANNED}),
    "divided": (MANAGES, {CLOSED, DIVIDED}),
    "decided": (MANAGES, {CLOSED, DIVIDED, DECIDED}),
}


def people() -> dict[str, Actor]:
    """Everyone: each role, a programme officer who proposed nothing, one of another province, and a visitor."""
    kinds = [role.key for role in given_roles() if role.key != "programma"]
    return {
        "programma": an_officer(),
        "tweede programma": acting(a_role("programma", email="tweede.programma@voorbeeld.invalid")),
        "elders": acting(a_role("programma", email="elders@voorbeeld.invalid", province="PV25")),
        **{kind: acting(a_role(kind, email=f"{kind}.matrix@voorbeeld.invalid")) for kind in kinds},
        "bezoeker": Actor("visitor"),
    }


def kept() -> str:
    """Every row of this room and of the money under it."""
    models = [model for room in ("schemes", "budgets") for model in apps.get_app_config(room).get_models()]
    return str([list(model._default_manager.order_by("pk").values()) for model in models])


@pytest.mark.parametrize(("build", "acts", "table"), [(schemes, SCHEME_ACTS, OF_A_SCHEME), (calls, CALL_ACTS, OF_A_CALL)])
def test_every_verb_by_every_role_in_every_state_and_each_refusal_changes_nothing(
    build: Callable[[], dict[str, str]], acts: dict[str, Act], table: dict[str, tuple[set[str], set[str]]]
) -> None:
    found, everyone, wrong = build(), people(), list[tuple[str, str, str, str]]()
    assert set(acts) == set(table)
    before, remembered, refused = kept(), Entry.objects.filter(result="geweigerd").count(), 0
    for verb, (may, states) in table.items():
        for place, (state, on) in enumerate(found.items()):
            for who, actor in everyone.items():
                if who not in FORCES | {"elders"} and place:  # who never may is refused before anybody looks at the state
                    continue
                outcome = _tried(acts[verb], actor, on)
                own = verb == "put in force" and who == "programma"  # proposed it
                late = "NotNow" if who in may and state not in states else "NotAllowed"
                expected = "" if who in may and state in states and not own else late
                refused += bool(outcome)
                if outcome != expected:
                    wrong.append((verb, state, who, f"{outcome or 'done'}, not {expected or 'done'}"))
        assert kept() == before, verb
    assert wrong == []
    assert Entry.objects.filter(result="geweigerd").count() == remembered + refused


def test_only_who_manages_schemes_here_begins_one_or_steers_a_crisis() -> None:
    crisis = start_crisis(actor=an_officer(), province=PROVINCE, name="Storm", reason="Wind.").public_id
    acts: dict[str, Act] = {
        "start": lambda actor, on: start_scheme(actor=actor, province=PROVINCE, title="Nog een regeling", example=EXAMPLE),
        "import": lambda actor, on: import_scheme(actor=actor, province=PROVINCE, text="geen regeling"),
        "crisis": lambda actor, on: start_crisis(actor=actor, province=PROVINCE, name="Brand", reason="Vuur."),
        "phase": lambda actor, on: change_phase(actor=actor, crisis=on, phase="bridging", reason="Het ergste is voorbij."),
        "end": lambda actor, on: end_crisis(actor=actor, crisis=on),
    }
    everyone, before = people(), kept()
    for verb, act in acts.items():
        for who, actor in everyone.items():
            expected = ("" if verb != "import" else "NotValid") if who in MANAGES else "NotAllowed"
            assert _tried(act, actor, crisis) == expected, (verb, who)
    assert kept() == before
    end_crisis(actor=an_officer(), crisis=crisis)
    ended = kept()
    for verb in ("phase", "end"):
        with pytest.raises(NotNow):
            acts[verb](an_officer(), crisis)
    assert kept() == ended
    assert Crisis.objects.count() == 1


def test_the_matrix_names_every_act_that_is_kept() -> None:
    folder = Path(__file__).parents[1] / "actions"
    written = {
        name for file in folder.glob("*.py") for name in re.findall(r'^@trail\.recorded\("([a-z-]+)', file.read_text(), re.M)
    }
    assert len(written) == len(SCHEME_ACTS) + len(CALL_ACTS) + 5
