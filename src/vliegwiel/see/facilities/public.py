"""What other rooms may ask of facilities.

`NearbyList` is what a later room adds to the page about a facility that closes: what is near, such as initiatives of residents. It is asked
about points in RD metres and answers with `Nearby` rows, nearest first; `entry/composition.py` hands the lists down. What fails says so,
and the page stands.

A room that keeps a page about a facility, such as who runs a meeting place and how it is used, has one record here and no second one:
`enter_place` makes it, `tie_place` takes one that is there, `tell_of_place` keeps what who runs it says of rooms, opening and access, and
`close_place` closes it. They are part of the caller's transaction, and the caller's act asks who may. `places_to_tie` are the records near
a point that have no such page yet.
"""

from vliegwiel.see.facilities.actions.keep_place import close_place, enter_place, tell_of_place, tie_place
from vliegwiel.see.facilities.nearby import Nearby, NearbyList
from vliegwiel.see.facilities.queries import places_to_tie

__all__ = ["Nearby", "NearbyList", "close_place", "enter_place", "places_to_tie", "tell_of_place", "tie_place"]
