"""The made-up province of the demo with its people, money and schemes, built by the same actions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.test import override_settings


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at the same province run on the same core, so that it is built once."""
    for item in items:
        if "made_up_province" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("made_up_province"))


@pytest.fixture(scope="package")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder of the province, and samples for addresses. Its rows stand in a transaction around the tests of this folder."""
    home = tmp_path_factory.mktemp("province")
    papers = {**configured.STORAGES["default"], "OPTIONS": {"location": home / "papers"}}
    own = {
        "VLIEGWIEL_HOME": home,
        "VLIEGWIEL_PROVINCE": "PV99",
        "VLIEGWIEL_DEMO": True,
        "STORAGES": {**configured.STORAGES, "default": papers},
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**own):
            _build()
        yield home, _samples()
        transaction.set_rollback(True)


@pytest.fixture
def made_up_province(built: tuple[Path, dict[str, str]], db: None, settings: Any) -> dict[str, str]:
    """Samples for addresses: an area, a release, and one of each kind of record that the demo has. What a test changes is undone."""
    home, samples = built
    settings.VLIEGWIEL_HOME = home
    settings.VLIEGWIEL_PROVINCE = "PV99"
    settings.PAGE_CACHE_MEGABYTES = 0
    papers = {**settings.STORAGES["default"], "OPTIONS": {"location": home / "papers"}}
    settings.STORAGES = {**settings.STORAGES, "default": papers}
    settings.VLIEGWIEL_SECURITY_CONTACT = "mailto:veilig@vliegwiel.example"
    return samples


def _build() -> None:
    from vliegwiel.entry import demo, demo_rooms

    for build in (
        demo._build_made_up,
        demo_rooms.build_people,
        demo_rooms._release_outcomes,
        demo_rooms._build_budgets,
        demo_rooms._build_letters,
        demo_rooms._build_schemes,
    ):
        build()


def _samples() -> dict[str, str]:
    from vliegwiel.foundation.budgets.models import BudgetLine, CouncilItem
    from vliegwiel.foundation.people.models import Mandate, Role
    from vliegwiel.see.figures.models import Release
    from vliegwiel.support.schemes.models import SchemeVersion

    version = SchemeVersion.objects.select_related("scheme").order_by("pk")[0]
    first = {
        "release": Release.objects.order_by("pk"),
        "role": Role.objects.order_by("pk"),
        "mandate": Mandate.objects.order_by("pk"),
        "post": BudgetLine.objects.order_by("pk"),
        "item": CouncilItem.objects.order_by("pk"),
    }
    found = {name: str(records.values_list("public_id", flat=True).first() or "") for name, records in first.items()}
    return {**found, "area": "GM9900", "code": "GM9900", "scheme": version.scheme.key, "version": version.public_id}
