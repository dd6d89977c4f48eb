"""Compile what pages will ask for, once per machine."""

from vliegwiel.engines.travel.keep import keep
from vliegwiel.engines.travel.network import Network
from vliegwiel.engines.travel.origins import Origins


def warm() -> None:
    """Ask every question once on a street of three houses; the compiled kernels stay on disk for all processes."""
    net = Network.from_edges(
        nodes=4, tail=[0, 1, 2], head=[1, 2, 3], milliseconds=[1000, 2000, 4000], x=[0, 1, 2, 3], y=[0, 0, 1, 1], directed=False
    )
    who = Origins(node=[0, -1, 2], edge=[-1, 1, -1], offset=[0.0, 0.5, 0.0])
    net.nearest([0, 3], who).groups  # noqa: B018  # the sums are compiled as well
    net.k_nearest([0, 3], who, k=2)
    net.closures([0, 3], who)
    net.scenario([0, 3], who, close=[0])
    net.within([0, 3], who, minutes=[1])
    keep(net.costs(who, [0, 2, 3]), who.persons, p=2)
