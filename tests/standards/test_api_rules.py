"""The description of the API keeps the NL API Design Rules, by the linter that the government publishes."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.requirements import NPM, ROOT, STANDARDS

pytestmark = [
    pytest.mark.node,
    pytest.mark.standards,
    pytest.mark.xdist_group("npm"),
]  # who installs the linter, installs it alone


@pytest.fixture(scope="session")
def spectral() -> Path:
    """The linter from the committed lock, installed once."""
    program, stamp = ROOT / "node_modules" / ".bin" / "spectral", ROOT / "node_modules" / ".installed"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not program.exists() or not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([str(NPM), "ci", "--silent"], cwd=ROOT, check=True, timeout=600)
        stamp.write_text(wanted)
    return program


def _faults(spectral: Path, folder: Path, document: dict[str, Any]) -> list[str]:
    path = folder / "openapi.json"
    path.write_text(json.dumps(document))
    rules = STANDARDS / "nl-api-design-rules" / "linter.yaml"
    command = [
        str(spectral),
        "lint",
        "--quiet",
        "--format",
        "json",
        "--ruleset",
        str(rules),
        "--fail-severity",
        "warn",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    text = done.stdout[done.stdout.index("[") : done.stdout.rindex("]") + 1]
    return [f"{fault['code']} {'/'.join(map(str, fault['path']))}: {fault['message']}" for fault in json.loads(text)]


@pytest.mark.usefixtures("filled")
def test_the_description_has_no_fault_and_no_warning(spectral: Path, tmp_path: Path) -> None:
    document = Client().get("/api/v1/openapi.json", secure=True).json()
    assert _faults(spectral, tmp_path, document) == []


@pytest.mark.usefixtures("filled")
def test_the_linter_does_find_what_is_wrong(spectral: Path, tmp_path: Path) -> None:
    document = Client().get("/api/v1/openapi.json", secure=True).json()
    document["paths"]["/Gebieden_lijst/"] = document["paths"].pop("/gebieden")
    del document["info"]["contact"]
    found = " ".join(_faults(spectral, tmp_path, document))
    assert "path-keys-no-trailing-slash" in found
    assert "paths-kebab-case" in found
    assert "info-contact" in found
