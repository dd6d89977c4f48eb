"""What other rooms may ask of monitor.

`AreaPart` is what a later room adds to the page of a place and to the first page: a `StageCount` beside its stage of the wheel, and a
section of HTML. Both are asked about a `Place`. `OpenTable` is a table of money or
schemes in the data catalogue. They are handed down by `entry/composition.py`. `sketch_of` draws the areas of a municipality or province
once and remembers it: a map on which others put their points. `pressed_areas` are the neighbourhoods where themes are under pressure, as
everybody may read them today. `show_first` shows an own estimate to the municipalities ten working days before everybody sees it;
`may_see_ahead` says who may look, `notes_beside` what municipalities wrote beside it.
"""

from vliegwiel.see.monitor.open_data import OpenTable
from vliegwiel.see.monitor.pressed import PressedArea, pressed_areas
from vliegwiel.see.monitor.shown_first import NoteBeside, ShownFirst, may_see_ahead, notes_beside, show_first
from vliegwiel.see.monitor.sketches import Sketch, sketch_of
from vliegwiel.see.monitor.stages import AreaPart, Place, StageCount

__all__ = [
    "AreaPart",
    "NoteBeside",
    "OpenTable",
    "Place",
    "PressedArea",
    "ShownFirst",
    "Sketch",
    "StageCount",
    "may_see_ahead",
    "notes_beside",
    "pressed_areas",
    "show_first",
    "sketch_of",
]
