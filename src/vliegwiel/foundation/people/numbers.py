"""Numbers that name an organisation: in the trade register and at the tax service."""

import re

from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid

_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def check_kvk(number: str) -> None:
    """A number of the trade register (*KvK-nummer*) has eight digits; empty is none. Raises NotValid."""
    if number and not re.fullmatch(r"\d{8}", number):
        raise NotValid(_("Een KvK-nummer heeft acht cijfers, zoals 12345678."), code="no-kvk")


def check_rsin(number: str) -> None:
    """An RSIN has nine digits and passes the test of eleven; empty is none. Raises NotValid.

    >>> check_rsin("002220647")
    """
    if not number:
        return
    if not re.fullmatch(r"\d{9}", number) or sum(int(digit) * weight for digit, weight in zip(number, _ELEVEN, strict=True)) % 11:
        raise NotValid(_("Dit RSIN klopt niet. Kijk het nummer na: het heeft negen cijfers."), code="no-rsin")
