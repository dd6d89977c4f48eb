"""Photos: the picture alone is kept, standing upright; where, when and with what it was taken is left out."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 100_000_000
#: What a picture may turn out to be by its media type. A phone writes a JPEG with more pictures in it (MPO): the first one counts.
_FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",)}


def without_place(data: bytes, media_type: str, *, other: Exception, bomb: Exception) -> bytes:
    """The bytes of the bare picture. Raises `other` for what is no such picture, and `bomb` for one of far too many pixels."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=_FORMATS[media_type])
            small = picture.width * picture.height <= _MOST_PIXELS
            bare = _bare(picture) if small else b""
    except Image.DecompressionBombError:
        raise bomb from None
    except Exception as fault:  # a broken picture makes the library raise whatever it meets
        raise other from fault
    if not bare:
        raise bomb
    return bare


def _bare(picture: "Image") -> bytes:
    """A JPEG that stands upright keeps its own quality; one that is turned is written again."""
    from PIL import ImageOps

    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    same = picture.format != "MPO" and upright.size == picture.size and upright.tobytes() == picture.tobytes()
    kept = picture if same else upright
    kept.load()
    kept.info = {name: value for name, value in kept.info.items() if name in ("transparency", "gamma")}
    out = io.BytesIO()
    if picture.format == "PNG":
        kept.save(out, "PNG", icc_profile=profile)
    else:
        quality: str | int = "keep" if same else 92
        kept.save(out, "JPEG", quality=quality, icc_profile=profile, exif=b"", comment=b"")
    return out.getvalue()
