"""`vliegwiel figures show` from cold: a new process that prints every value of an area."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench import homes
from tests.bench.harness import Bar, Result, seconds


def measure(size: str) -> list[Result]:
    """Beside starting Python and Django alone."""
    from django.conf import settings

    from vliegwiel.see.areas.models import Area

    home = Path(settings.VLIEGWIEL_HOME)
    area = Area.objects.filter(level="buurt").order_by("-year", "code").first()
    if area is None:
        return [Result("figures show, vanaf koud", "", why_not="er zijn geen gebieden geladen")]
    runs = 5 if size == "full" else 1
    words = ("figures", "show", area.code, "--year", str(area.year), "--json")
    count = len(json.loads(homes.command(home, *words).stdout)["cijfers"])
    ours = statistics.median(seconds(lambda: homes.command(home, *words)) for _ in range(runs))
    line = [sys.executable, "-c", "import django.db, django.template"]
    peer = statistics.median(seconds(lambda: subprocess.run(line, env=homes.environment(home), check=True)) for _ in range(runs))
    return [
        Result("figures show, vanaf koud", "s", ours, runs, Bar(1), "alleen Python en Django starten", peer, f"{count} cijfers")
    ]
