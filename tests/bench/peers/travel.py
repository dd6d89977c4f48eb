"""What other packages need for the same question. Runs in the environment of requirements/peers.lock; the product never imports these.

`python travel.py networkit|pandana|spopt FILE SECONDS` prints one line of JSON.
"""

import json
import resource
import sys
import time
from statistics import median

import numpy as np


def least(deed, runs):
    """The median of the least of clock and processor: what is in favour of a peer on a busy machine."""
    found = []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        deed()
        found.append(min(time.perf_counter() - clock, time.process_time() - processor))
    return median(found)


def networkit(given):
    """One search from a node that lies at no distance from every facility."""
    import networkit as nk

    nodes = len(given["x"])
    started = time.process_time()
    graph = nk.GraphFromCoo(
        (
            np.concatenate([given["milliseconds"].astype(float), np.zeros(len(given["facilities"]))]),
            (
                np.concatenate([given["tail"], np.full(len(given["facilities"]), nodes)]),
                np.concatenate([given["head"], given["facilities"]]),
            ),
        ),
        n=nodes + 1,
        weighted=True,
        directed=False,
    )
    build = time.process_time() - started

    def search():
        run = nk.distance.Dijkstra(graph, nodes, storePaths=False)
        run.run()
        return np.array(run.getDistances())[given["origins"]]

    return {"build": build, "seconds": least(search, 3)}


def pandana(given):
    """The five nearest with their ids, within a thousand seconds."""
    import pandana as pdna
    import pandas as pd

    started = time.process_time()
    edges = pd.DataFrame({"time": given["milliseconds"] / 1000.0})
    net = pdna.Network(pd.Series(given["x"]), pd.Series(given["y"]), pd.Series(given["tail"]), pd.Series(given["head"]), edges)
    build = time.process_time() - started

    def search():
        there = given["facilities"]
        net.set_pois("facility", 1000.0, 5, pd.Series(given["x"][there]), pd.Series(given["y"][there]))
        found = net.nearest_pois(1000.0, "facility", num_pois=5, include_poi_ids=True)
        return found.to_numpy()[given["origins"]]

    return {"build": build, "seconds": least(search, 1)}


def spopt(given):
    """p-median with HiGHS, building the model included."""
    import pulp
    from spopt.locate import PMedian

    started = time.process_time()
    model = PMedian.from_cost_matrix(given["costs"], given["weights"], p_facilities=int(given["number"]))
    model = model.solve(pulp.HiGHS(msg=False, gapRel=0.0))
    return {"seconds": time.process_time() - started, "objective": float(pulp.value(model.problem.objective))}


if __name__ == "__main__":
    _, name, file, limit = sys.argv
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    with np.load(file) as stored:
        given = dict(stored)
    print(json.dumps({"networkit": networkit, "pandana": pandana, "spopt": spopt}[name](given)))
