"""The secret link of a question: it opens one page for who has it, and is nowhere in the database.

Each question has a number of its link. The next number makes another link, and the earlier one opens nothing any more.
"""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from vliegwiel.support.desk.models import Enquiry

_LENGTH = 24
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def token_of(enquiry: Enquiry) -> str:
    """The secret part of the link of a question as it is now, made from the secret of this installation."""
    named = f"{enquiry.public_id}/{enquiry.link_number}"
    number = int.from_bytes(salted_hmac("vliegwiel.desk.link", named, algorithm="sha256").digest(), "big")
    letters = []
    for _place in range(_LENGTH):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return "".join(letters)


def fits(enquiry: Enquiry, token: str) -> bool:
    """Whether this is the secret part of the link of this question; takes as long for every wrong one."""
    return bool(token) and hmac.compare_digest(token_of(enquiry).encode(), token.encode())


def path_of(enquiry: Enquiry) -> str:
    """The address of the page of a question, for who has no account."""
    return f"/loket/vragen/{enquiry.public_id}/{token_of(enquiry)}"


def full_address(enquiry: Enquiry) -> str:
    """The same with the site in front, as a message says it."""
    return f"{settings.VLIEGWIEL_ADDRESS}{path_of(enquiry)}"
