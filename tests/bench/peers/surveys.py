"""What other packages need for the same survey. Runs in the environment of requirements/peers.lock; the product never imports these.

`python surveys.py svy_domains|svy_overall|samplics_domains|svy_rake|ipfn_rake FILE SECONDS` prints one line of JSON.
"""

import json
import resource
import sys
import time
import warnings
from statistics import median

warnings.simplefilter("ignore")


def least(deed, runs):
    """The median of the least of clock and processor: what is in favour of a peer on a busy machine."""
    found = []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        deed()
        found.append(min(time.perf_counter() - clock, time.process_time() - processor))
    return median(found)


def svy_sample(file, columns):
    """A sample as svy wants it."""
    import polars as pl
    import svy

    frame = pl.read_parquet(file, columns=["stratum", "psu", "weight", *columns])
    return svy.Sample(frame, svy.Design(stratum="stratum", psu="psu", wgt="weight"))


def svy_domains(file):
    """One item in all domains."""
    sample = svy_sample(file, ["domain", "q0"])
    return {"seconds": least(lambda: sample.estimation.mean("q0", by="domain"), 1)}


def svy_overall(file):
    """Twenty items without domains."""
    items = [f"q{place}" for place in range(20)]
    sample = svy_sample(file, items)
    return {"seconds": least(lambda: sample.estimation.mean(items), 3)}


def samplics_domains(file):
    """One item in all domains."""
    import pandas as pd
    from samplics.estimation import TaylorEstimator
    from samplics.utils.types import PopParam

    frame = pd.read_parquet(file, columns=["stratum", "psu", "weight", "domain", "q0"])
    estimator = TaylorEstimator(PopParam.mean)
    return {
        "seconds": least(
            lambda: estimator.estimate(
                y=frame["q0"], samp_weight=frame["weight"], stratum=frame["stratum"], psu=frame["psu"], domain=frame["domain"]
            ),
            1,
        )
    }


def margins_of(file):
    """The wanted totals, kept beside the file."""
    with open(f"{file}.margins.json", encoding="utf-8") as stored:  # noqa: PTH123  # a script without our packages
        return {name: {int(level): total for level, total in margin.items()} for name, margin in json.load(stored).items()}


def svy_rake(file):
    """Six margins; the weights are there already."""
    import polars as pl
    import svy

    margins = margins_of(file)
    frame = pl.read_parquet(file, columns=["weight", *margins])
    sample = svy.Sample(frame, svy.Design(wgt="weight"))
    return {"seconds": least(lambda: sample.weighting.rake(controls=margins, tol=1e-10, max_iter=200), 3)}


def ipfn_rake(file):
    """Six margins."""
    import pandas as pd
    from ipfn import ipfn

    margins = margins_of(file)
    frame = pd.read_parquet(file, columns=["weight", *margins]).rename(columns={"weight": "total"})
    wanted = [pd.Series(margin, name="total").rename_axis(name) for name, margin in margins.items()]
    names = [[name] for name in margins]
    return {"seconds": least(lambda: ipfn.ipfn(frame.copy(), wanted, names, convergence_rate=1e-10).iteration(), 1)}


if __name__ == "__main__":
    _, chosen, file, limit = sys.argv
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    known = {one.__name__: one for one in (svy_domains, svy_overall, samplics_domains, svy_rake, ipfn_rake)}
    found = known[chosen](file)
    print(json.dumps({**found, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))
