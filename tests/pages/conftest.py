"""The made-up province of the demo with its people, money and schemes, built by the same actions."""

from typing import Any

import pytest


@pytest.fixture
def made_up_province(db: None, settings: Any) -> dict[str, str]:
    """Samples for addresses: an area, a release, and one of each kind of record that the demo has."""
    from vliegwiel.entry import demo
    from vliegwiel.foundation.budgets.models import BudgetLine, CouncilItem
    from vliegwiel.foundation.people.models import Mandate, Role
    from vliegwiel.see.figures.models import Release
    from vliegwiel.support.schemes.models import SchemeVersion

    settings.VLIEGWIEL_DEMO = True
    settings.VLIEGWIEL_PROVINCE = "PV99"
    settings.PAGE_CACHE_MEGABYTES = 0
    for build in (
        demo._build_made_up,
        demo._build_people,
        demo._release_outcomes,
        demo._build_budgets,
        demo._build_letters,
        demo._build_schemes,
    ):
        build()
    settings.VLIEGWIEL_DEMO = False
    settings.VLIEGWIEL_SECURITY_CONTACT = "mailto:veilig@vliegwiel.example"
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
