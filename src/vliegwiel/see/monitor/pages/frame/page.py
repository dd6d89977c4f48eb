"""Frames side by side: by which themes others look at a place, and which of our figures belong there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.frames import Frame, FramePart, frames
from vliegwiel.catalogue.reader import Indicator, indicators
from vliegwiel.see.figures import queries as figures


def frames_page(request: HttpRequest) -> HttpResponse:
    """`/kaders`."""
    context = {
        "frames": [(frame, [(part, _figures(part)) for part in frame.parts], _unnamed(frame)) for frame in frames().values()],
        "loaded": figures.loaded_indicators(),
    }
    return render(request, "see/monitor/pages/frame/page.html", context)


def _figures(part: FramePart) -> list[tuple[Indicator, bool]]:
    """The figures of a part, each with whether the frame itself names it."""
    return [(indicators()[key], key in part.official) for key in part.keys]


def _unnamed(frame: Frame) -> str:
    """What the source leaves unsaid, in words."""
    return _("Nog {unnamed}: de bron noemt ze niet.").format(unnamed=frame.unnamed) if frame.unnamed else ""
