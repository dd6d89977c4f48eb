"""The letterhead of this installation: the name of the province, and what it put in `VLIEGWIEL_HOME/brand`."""

from pathlib import Path

import yaml
from django.conf import settings

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.papers.typeset import Letterhead


def letterhead_of(province: str) -> Letterhead:
    """Name from the catalogue, unless `brand/letterhead.yml` (name, return_line, contact as word: value, foot) or `brand/logo.svg` says
    otherwise."""
    folder = Path(settings.VLIEGWIEL_HOME) / "brand"
    own = folder / "letterhead.yml"
    said = yaml.safe_load(own.read_text(encoding="utf-8")) if own.is_file() else {}
    logo = folder / "logo.svg"
    known = provinces().get(province, "")
    return Letterhead(
        name=said.get("name") or (f"Provincie {known}" if known else "Provincie"),
        return_line=said.get("return_line", ""),
        contact=tuple((str(word), str(value)) for word, value in said.get("contact", {}).items()),
        foot=said.get("foot", ""),
        logo=logo.read_text(encoding="utf-8") if logo.is_file() else "",
        made_up=bool(settings.VLIEGWIEL_DEMO),
    )
