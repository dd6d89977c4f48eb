"""Everything the rooms of a grant hold, to show that a refusal changed nothing."""

from vliegwiel.foundation.trail.tests.snapshot import snapshot_of

ROOMS = ("grants", "budgets", "consents", "register", "state_aid", "papers", "notices", "schemes")


def snapshot(*above: str) -> dict[str, str]:
    """A hash per table of these rooms and those `above`, and the number of acts that were done."""
    return snapshot_of(*ROOMS, *above)
