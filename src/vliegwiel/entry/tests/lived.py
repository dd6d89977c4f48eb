"""A history that was lived, held against its own data and against the ledger and the register; run by itself it lives the whole of one."""

import json
import os
import sys
from collections import Counter
from dataclasses import replace

from vliegwiel.catalogue.history import History, history

KEY = "groningen-2020-2023"


def small() -> History:
    """A part of the history that is lived in seconds: a tender with a refusal, two grants of the fund, a yearly and two single grants."""
    whole = history(KEY)
    tenders, fund = whole.schemes
    first = fund.calls[0]
    kept = {"Stichting Leergeld", "Regionaal Distributiecentrum Groningen", "Tocamaheerd"}
    return replace(
        whole,
        schemes=(
            replace(tenders, calls=tenders.calls[:1]),
            replace(fund, calls=(replace(first, applications=first.applications[:2]),)),
        ),
        direct=tuple(grant for grant in whole.direct if grant.to in kept),
        expected=(
            {"scheme": tenders.regulation, "calls": 1, "applications": 4, "granted": 3},
            {"scheme": fund.regulation, "granted": 2, "awarded": 1_000_000, "per_year": {2021: 2}},
        ),
    )


def disagreements(lived: History) -> list[str]:
    """Where what was lived differs from what the source says, or where ledger, register and decisions do not agree to the cent."""
    from vliegwiel.foundation.budgets import verification
    from vliegwiel.foundation.budgets.public import entries_of
    from vliegwiel.support.grants.lifecycle import PENDING, UNSENT
    from vliegwiel.support.grants.models import Application
    from vliegwiel.support.grants.public import grant_of
    from vliegwiel.support.grants.tally import tally
    from vliegwiel.support.register.models import RegisterEntry

    counted = {row.scheme: row for row in tally()}
    wrong = []
    for said in lived.expected:
        row = counted[said["scheme"]].to_json()
        wrong += [
            f"{said['scheme']}: {key} {row[key]}"
            for key in ("calls", "applications", "granted")
            if row[key] != said.get(key, row[key])
        ]
        if "awarded" in said and row["awarded"] != said["awarded"] * 100:
            wrong.append(f"{said['scheme']}: awarded {row['awarded']}")
        decided = Application.objects.filter(scheme=said["scheme"], awarded__gt=0).values_list("decided_on__year", flat=True)
        if "per_year" in said and Counter(decided) != Counter(said["per_year"]):
            wrong.append(f"{said['scheme']}: per year {Counter(decided)}")
    waiting = Application.objects.filter(state__in=[state.value for state in PENDING | UNSENT])
    wrong += [f"{file.number}: nothing was decided, it is {file.state}" for file in waiting]
    files = list(Application.objects.filter(awarded__gt=0))
    for file in files:
        ledger = sum(entry.amount.cents for entry in entries_of(grant_of(file.public_id).about) if entry.kind == "commit")
        register = sum(RegisterEntry.objects.filter(number=file.number).values_list("amount", flat=True))
        if not ledger == register == file.awarded:
            wrong.append(f"{file.number}: ledger {ledger}, register {register}, decision {file.awarded}")
    if not files:
        wrong.append("nothing was granted")
    direct = sum(amount.cents for grant in lived.direct for amount in grant.amounts.values())
    without = sum(file.awarded or 0 for file in files if not file.call)
    if direct != without:
        wrong.append(f"direct grants: {without} of {direct}")
    found = verification.verify(lived.province)
    return wrong + ([] if found.holds else [str(line) for line in found.broken])


def main() -> None:
    """Live the whole history in a home of its own and print what came of it, as JSON."""
    os.environ.update(VLIEGWIEL_DEMO="1", VLIEGWIEL_PROVINCE="PV20", DJANGO_SETTINGS_MODULE="vliegwiel.entry.settings")
    import django

    django.setup()
    from vliegwiel.entry import serve
    from vliegwiel.entry.history.relive import relive
    from vliegwiel.foundation.trail.queries import verify
    from vliegwiel.support.grants.tally import tally

    serve.ensure_database()
    whole = history(KEY)
    steps = relive(whole)
    problems = disagreements(whole)
    print(
        json.dumps(
            {"steps": steps, "problems": problems, "trail": not verify().broken, "counts": [row.to_json() for row in tally()]}
        )
    )


if __name__ == "__main__":
    sys.exit(main())
