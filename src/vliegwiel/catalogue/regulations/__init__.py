"""The regulations that ship with the product, as files: `<province>/<scheme>/<date>.yml` with `<date>.cases.yml` beside it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotFound

FOLDER = Path(__file__).parent


@cache
def shipped() -> Mapping[str, Path]:
    """The latest version of each regulation by its name, as `gelderland/dorpendeal`."""
    found = sorted(path for path in FOLDER.glob("*/*/*.yml") if not path.name.endswith(".cases.yml"))
    return {f"{path.parts[-3]}/{path.parts[-2]}": path for path in found}


def path_of(name: str) -> Path:
    """The latest file of a regulation; raises NotFound."""
    try:
        return shipped()[name]
    except KeyError as error:
        raise NotFound("Dit voorbeeld kennen we niet.") from error


@cache
def shared_facts() -> list[dict[str, Any]]:
    """The questions that more schemes ask, as a scheme copies them."""
    found: list[dict[str, Any]] = values_in((FOLDER / "facts.yml").read_text(encoding="utf-8"))
    return found


def cases_beside(path: Path) -> Path:
    """The file with its cases."""
    return path.with_suffix(".cases.yml")
