"""Where a role or organisation can lie: codes of a province and of a municipality."""

import re

from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid

_PROVINCE, _MUNICIPALITY = re.compile(r"PV\d{2}"), re.compile(r"GM\d{4}")


def check_scope(province: str, municipality: str) -> None:
    """Raises NotValid unless these are the code of a province and of a municipality (or empty)."""
    if not _PROVINCE.fullmatch(province):
        raise NotValid(_("Noem de provincie met haar code, zoals PV25."), code="unknown-province")
    if municipality and not _MUNICIPALITY.fullmatch(municipality):
        raise NotValid(_("Noem de gemeente met haar code, zoals GM1876."), code="unknown-municipality")
