"""What may be written in a confidential case, and what may be told in public: on plain values."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.initiatives.public import concerns_in, is_about_health

#: Concerns of a text that are refused: they point at one person.
_REFUSED = frozenset({"phone", "email", "citizen-number"})
#: A form of address, initials and small words of a surname ("van der"), and the first letter of the name itself.
_NAMED = re.compile(
    r"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de heer)\s+"
    r"(?:(?i:van|von|de|der|den|het|te|ten|ter|la|le|el)\s+|[’'][a-z]\s+)*([^\W\d_])"
)
LONGEST = 4_000


def checked(*texts: str, looked_again: bool = False) -> None:
    """Go on only when these texts hold what a case may hold.

    A citizen number (*BSN*, UAVG article 46), a phone number, an e-mail address and somebody's name are refused. Words about health (GDPR
    article 9) are refused once: who looked again and says so (`looked_again`) goes on, because a building can be ill too. Raises NotValid.
    """
    found = set(concerns_in(texts)) & _REFUSED
    wrong = []
    if "citizen-number" in found:
        wrong.append(_("Er staat een nummer in dat een burgerservicenummer kan zijn. Haal het weg. Dat mag hier nooit staan."))
    if found & {"phone", "email"}:
        wrong.append(_("Er staat een telefoonnummer of e-mailadres in. Haal het weg. Dit dossier gaat niet over één persoon."))
    if any(_names_someone(text) for text in texts):
        wrong.append(_("Er staat een naam van iemand in. Schrijf wat u zag, zonder naam."))
    if wrong:
        raise NotValid(wrong[0], code="personal", details=tuple(wrong[1:]))
    if not looked_again and any(is_about_health(text) for text in texts):
        raise NotValid(
            _("Gaat dit over iemands gezondheid? Haal dat weg. Schrijf wat u ziet, niet wat iemand heeft."), code="health"
        )
    if any(len(text) > LONGEST for text in texts):
        raise NotValid(_("Dit is te lang. Schrijf alleen op wat nodig is."), code="too-long")


def _names_someone(text: str) -> bool:
    """Whether a form of address is followed by a name with a capital, not by another word.

    >>> [_names_someone(text) for text in ("mevrouw Jansen", "Dhr. van der Berg", "de heer die daar woont")]
    [True, True, False]
    """
    return any(match[1].isupper() for match in _NAMED.finditer(text))


def told(by_team: Mapping[str, Iterable[tuple[str, int]]], least: int) -> dict[str, int]:
    """What is told of each municipality: the sum over the teams that reach the threshold themselves, and nothing of the others.

    `by_team` gives per municipality the teams with their number of cases. A team that is too small adds nothing, so that who knows
    the number of their own team cannot find another's by subtracting. A municipality that is not in the answer is hidden, whether it
    has no case or a few.

    >>> told({"GM1": [("a", 14), ("b", 3)], "GM2": [("a", 9)], "GM3": []}, 10)
    {'GM1': 14}
    >>> told({"GM1": [("a", 14), ("b", 12)]}, 10)
    {'GM1': 26}
    """
    large = {place: [number for _team, number in teams if number >= least] for place, teams in by_team.items()}
    return {place: sum(numbers) for place, numbers in large.items() if numbers}
