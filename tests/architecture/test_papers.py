"""What accompanies the software is true: dependencies with reason and licence, and the file for catalogues of public software."""

import re
import tomllib

import pytest
import yaml

from tests import dependencies
from tests.requirements import ROOT

CODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_every_line_of_the_requirements_is_on_the_page_with_its_reason() -> None:
    written = dependencies.PAGE.read_text(encoding="utf-8")
    assert written == dependencies.page(), "run: python -m tests.dependencies"
    for one in (*dependencies.named_in("run.in"), *dependencies.named_in("check.in")):
        assert f"| {one.name} | {one.licence} | {one.reason} |" in written
        assert one.reason, f"{one.name} has no reason"


@pytest.mark.parametrize("file", ["run.in", "check.in"])
def test_every_licence_goes_together_with_ours(file: str) -> None:
    for one in dependencies.named_in(file):
        parts = set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", one.licence)) - {""}
        assert parts <= dependencies.COMPATIBLE, f"{one.name}: {one.licence}"


def test_publiccode_has_what_version_0_7_0_requires() -> None:
    required = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
        "maintenance", "localisation",
    }  # fmt: skip
    assert required <= set(CODE)
    assert CODE["publiccodeYmlVersion"] == "0.7.0"
    assert CODE["url"].startswith("https://")
    assert CODE["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert CODE["softwareType"] in {"standalone/web", "standalone/other", "standalone/backend", "library", "addon"}
    assert CODE["legal"]["license"] == "EUPL-1.2"
    assert CODE["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in CODE["maintenance"]["contacts"])
    assert CODE["localisation"]["availableLanguages"] == ["nl"]
    assert isinstance(CODE["localisation"]["localisationReady"], bool)
    assert not {"it", "nl", "country"} & set(CODE), "sections per country are gone: use supports"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_the_software_within_its_limits(language: str) -> None:
    about = CODE["description"][language]
    assert len(about["shortDescription"]) <= 150
    assert 150 <= len(about["longDescription"]) <= 10_000
    assert about["features"]


def test_all_papers_name_the_same_version_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CODE["softwareVersion"] == project["version"]
    assert CODE["legal"]["license"] == project["license"]
    assert (ROOT / "CONTRIBUTING.md").is_file()
    assert "## Not yet released" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
