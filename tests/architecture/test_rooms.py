"""The house keeps its order, also where imports do not show it."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps

from tests.requirements import ROOT

SOURCE = ROOT / "src" / "vliegwiel"
STAGES = ["kernel", "catalogue", "engines", "connect", "foundation", "see", "support", "agree", "learn", "account_for", "entry"]
SEE = ["areas", "figures", "monitor", "facilities", "surveys"]
FOUNDATION = ["design", "api", "questions", "trail", "jobs", "people", "search", "papers", "notices", "budgets", "content"]
NAMES_THAT_SAY_NOTHING = re.compile(r"(^|/)(utils?|helpers?|common|core|misc|shared|manager)(/|\.py$)")


def _height(module: str) -> tuple[int, int]:
    """How high a room stands: its stage, then its place inside the stage."""
    parts = module.split(".")
    stage, room = parts[1], parts[2] if len(parts) > 2 else ""
    rooms = {"see": SEE, "foundation": FOUNDATION}.get(stage, [])
    return STAGES.index(stage), rooms.index(room) if room in rooms else 0


def test_a_foreign_key_never_points_to_a_higher_or_neighbouring_room() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("vliegwiel."):
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if not field.concrete or other is None or isinstance(other, str) or not other.__module__.startswith("vliegwiel."):
                continue
            if other._meta.app_label != model._meta.app_label and _height(other.__module__) >= _height(model.__module__):
                wrong.append(f"{model._meta.label}.{field.name} → {other._meta.label}")
    assert wrong == []


def test_every_room_with_tables_has_its_name_as_label_and_one_first_migration() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("vliegwiel."):
            assert config.label == config.name.rsplit(".", 1)[-1]
            migrations = sorted(path.name for path in Path(config.path, "migrations").glob("0*.py"))
            assert migrations in ([], ["0001_initial.py"]), config.label


def test_no_room_or_file_has_a_name_that_says_nothing() -> None:
    names = [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py")]
    assert [name for name in names if NAMES_THAT_SAY_NOTHING.search(name)] == []


def test_no_file_is_longer_than_one_sitting() -> None:
    sources = [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    long = {str(path.relative_to(ROOT)): length for path in sources if (length := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_every_file_for_a_spreadsheet_is_written_by_the_one_guard_against_formulas() -> None:
    """What the house itself reads again (figures, made-up material) is written as it is."""
    own = ("kernel/spreadsheet.py", "connect/cbs/wide.py", "see/facilities/actions/release_distances.py")
    made_up = ("entry/made_up.py", "entry/history/money.py", "see/facilities/made_up.py")
    wrote = re.compile(r"csv\.(writer|DictWriter)\(")
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and wrote.search(path.read_text())
    }
    assert found == {*own, *made_up}


def test_the_layers_contract_names_every_stage_that_exists() -> None:
    there = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    contract = (ROOT / "pyproject.toml").read_text()
    assert [stage for stage in there if f"vliegwiel.{stage}" not in contract] == []


def test_every_action_takes_its_actor_and_everything_else_by_keyword() -> None:
    wrong = []
    for path in SOURCE.rglob("actions/*.py"):
        for function in ast.parse(path.read_text()).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_") and function.args.kwonlyargs:
                names = [argument.arg for argument in function.args.kwonlyargs]
                if "actor" in names and function.args.args:
                    wrong.append(f"{path.name}: {function.name}")
    assert wrong == []


@pytest.mark.parametrize("order", [STAGES, SEE, FOUNDATION])
def test_the_order_of_rooms_names_each_once(order: list[str]) -> None:
    assert all(first != second for first, second in pairwise(sorted(order)))


def test_a_check_that_is_silenced_says_why() -> None:
    silenced = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])(?=(.*))")
    sources = [ROOT / "start.py", *(path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py"))]
    wordless = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for found in silenced.finditer(line)
        if len(re.findall(r"[a-z]{2,}", found[1])) < 2
    ]
    assert wordless == []
