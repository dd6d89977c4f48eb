"""What other rooms may ask of monitor.

`AreaPart` is what a later room adds to the page of a place and to the first page: a `StageCount` beside its stage of the wheel, and a
section of HTML. Both are asked about a `Place`. They are handed down by `entry/composition.py`.
"""

from vliegwiel.see.monitor.stages import AreaPart, Place, StageCount

__all__ = ["AreaPart", "Place", "StageCount"]
