"""The made-up province of the demo with its people, built by the same actions."""

from typing import Any

import pytest

from vliegwiel.see.figures.models import Release


@pytest.fixture
def made_up_province(db: None, settings: Any) -> dict[str, str]:
    """Samples for addresses: an area, a release, and a role, mandate and organisation that exist."""
    from vliegwiel.entry import demo
    from vliegwiel.foundation.people.demo import build
    from vliegwiel.foundation.people.models import Mandate, Role

    settings.VLIEGWIEL_DEMO = True
    settings.VLIEGWIEL_PROVINCE = "PV99"
    settings.PAGE_CACHE_MEGABYTES = 0
    demo._build_made_up()
    build("PV99")
    demo._release_outcomes()
    settings.VLIEGWIEL_DEMO = False
    settings.VLIEGWIEL_SECURITY_CONTACT = "mailto:veilig@vliegwiel.example"
    return {
        "area": "GM9900",
        "code": "GM9900",
        "release": Release.objects.get().public_id,
        "role": Role.objects.order_by("pk").values_list("public_id", flat=True)[0],
        "mandate": Mandate.objects.order_by("pk").values_list("public_id", flat=True)[0],
    }
