"""Work done before the first visitor asks: roads read, kernels compiled, and how long it is to each kind."""

import numpy as np

from vliegwiel.see.facilities.distances import distances_of, times_of
from vliegwiel.see.facilities.ground import Ground, ground_of, profiles_with_roads
from vliegwiel.see.facilities.losses import loss_of


def make_ready(province: str) -> bool:
    """Read the roads of every way of travelling and ask what pages ask, so that the next question is quick; False without roads.

    One kind is asked everything, as compiling takes half a minute once per machine; of every kind is worked out how long it is.
    """
    ready = False
    for way in profiles_with_roads(province):
        ground = ground_of(province, way)
        if ground is None:
            continue
        ready = True
        there = [spot for spot, node in zip(ground.spots, ground.laid.nodes.tolist(), strict=True) if node >= 0]
        if there:
            _ask(ground, there[0].kind)
            loss_of(province, way, there[0].kind, there[0].id)
            distances_of(province, way, there[0].kind)
        for kind in dict.fromkeys(spot.kind for spot in there):
            times_of(province, way, kind)
    return ready


def _ask(ground: Ground, kind: str) -> None:
    _spots, nodes = ground.of_kind(kind)
    ground.network.scenario(nodes, ground.who, close=[int(np.flatnonzero(nodes >= 0)[0])])
