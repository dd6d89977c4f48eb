"""What other rooms may know of objections.

`objections_of` gives those about an application, `counts` how many per scheme and outcome.
"""

from vliegwiel.support.objections.queries import ObjectionCount, counts, objections_of

__all__ = ["ObjectionCount", "counts", "objections_of"]
