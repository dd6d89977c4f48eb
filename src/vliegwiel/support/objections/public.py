"""What other rooms may know of objections.

`objections_of` gives those about an application, `counts` how many per scheme and outcome. Decisions of rooms beside this one, such as a
settlement or a recovery, are not objected to here yet.
"""

from vliegwiel.support.objections.queries import ObjectionCount, counts, objections_of

__all__ = ["ObjectionCount", "counts", "objections_of"]
