"""The roles of the mission are there, and each handles something."""

import ast

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.roles import REACHES, given_roles, roles, verbs


def test_every_verb_belongs_to_a_role_and_every_role_has_a_verb() -> None:
    used = {key for role in roles().values() for key in role.verbs}
    assert used == set(verbs())
    assert all(role.verbs for role in roles().values())


def test_every_verb_looks_at_its_subject_in_a_known_way() -> None:
    assert {verb.reach for verb in verbs().values()} <= set(REACHES)


def test_what_belongs_to_a_person_needs_no_role_that_is_given() -> None:
    personal = {key for key, verb in verbs().items() if verb.reach == "person"}
    assert personal == {key for key in roles()["inwoner"].verbs if verbs()[key].reach == "person"}
    assert not any(role.verbs & personal for role in given_roles())


def test_who_manages_decides_pays_or_reads_what_is_of_others_takes_a_second_step() -> None:
    heavy = {
        "manage-roles",
        "decide-applications",
        "sign-decisions",
        "pay-and-settle",
        "read-trail",
        "do-casework",
        "import-figures",
    }
    assert [role.key for role in roles().values() if role.verbs & heavy and not role.second_factor] == []


def test_a_verb_that_nobody_asks_for_says_that_it_comes_later_and_no_other_does() -> None:
    source = FOLDER.parent
    asked: set[str] = {"read-public"}  # what needs no asking
    for path in source.rglob("*.py"):
        if "tests" not in path.parts and "catalogue" not in path.parts:
            literals = (
                node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
            )
            asked |= {value for value in literals if isinstance(value, str) and value in verbs()}
    assert {key for key, verb in verbs().items() if verb.later} == set(verbs()) - asked, (
        "mark it `later: true` in roles.yml, or not"
    )
