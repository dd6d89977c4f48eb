"""How far it is, what if it closes, which ones do we keep (*bereikbaarheid*): networks, nearest facilities, closures and what to keep.

Whole milliseconds and metres, so that results do not depend on order or machine. Arrays in, results with receipts out.

>>> import numpy as np
>>> net = Network.from_edges(nodes=4, tail=[0, 1, 2], head=[1, 2, 3], milliseconds=[1000, 2000, 4000], directed=False)
>>> who = Origins(node=[0, 1, 2, 3], persons=[10, 10, 10, 5], groups={"65+": [1, 2, 3, 4]})
>>> near = net.nearest([0, 3], who)
>>> near.milliseconds.tolist(), near.facility.tolist()
([0, 1000, 3000, 0], [0, 0, 0, 1])
>>> net.closures([0, 3], who).extra.tolist()
[130000.0, 35000.0]
"""

from vliegwiel.engines.travel.choice import Alternative, Choice
from vliegwiel.engines.travel.closures import Closures, Losses
from vliegwiel.engines.travel.keep import keep
from vliegwiel.engines.travel.nearest import KNearest, Nearest, Travel
from vliegwiel.engines.travel.network import Network
from vliegwiel.engines.travel.origins import Origins
from vliegwiel.engines.travel.reach import Catchment, Within
from vliegwiel.engines.travel.scenario import Difference, Scenario
from vliegwiel.engines.travel.streets import Streets, made_up_streets, streets_from_osm

__all__ = [
    "Alternative",
    "Catchment",
    "Choice",
    "Closures",
    "Difference",
    "KNearest",
    "Losses",
    "Nearest",
    "Network",
    "Origins",
    "Scenario",
    "Streets",
    "Travel",
    "Within",
    "keep",
    "made_up_streets",
    "streets_from_osm",
]
