"""A small province with its figures, in which a questionnaire is fielded."""

from pathlib import Path
from typing import Any

import pytest

from vliegwiel.see.areas import queries as areas
from vliegwiel.see.fieldwork.tests.given import PROVINCE
from vliegwiel.see.surveys.tests.given import the_figures


@pytest.fixture(scope="module")
def _figures(reached_once: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    the_figures(tmp_path_factory.mktemp("figures"))


@pytest.fixture
def in_a_province(_figures: None, db: None, settings: Any, tmp_path: Path) -> None:
    """A test works in that province, in a home of its own."""
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    areas.stamp.forget()
