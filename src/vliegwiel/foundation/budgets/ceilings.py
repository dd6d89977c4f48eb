"""Every ceiling of a province at once."""

from collections import defaultdict

from vliegwiel.foundation.budgets.models import Ceiling, CeilingVersion
from vliegwiel.foundation.budgets.queries import CeilingFacts, ceiling_facts


def every_ceiling(province: str) -> dict[str, CeilingFacts]:
    """Every ceiling of a province as last announced, by public id, in a fixed number of questions."""
    found = {ceiling.pk: ceiling for ceiling in Ceiling.objects.filter(province=province).select_related("line").order_by("pk")}
    versions: dict[int, list[CeilingVersion]] = defaultdict(list)
    for version in CeilingVersion.objects.filter(ceiling__province=province).order_by("ceiling", "number"):
        versions[version.ceiling_id].append(version)
    for ceiling in found.values():
        ceiling.within = found[ceiling.within_id] if ceiling.within_id else None
    return {ceiling.public_id: ceiling_facts(ceiling, None, versions[ceiling.pk]) for ceiling in found.values()}
