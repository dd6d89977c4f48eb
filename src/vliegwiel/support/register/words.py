"""Words to find an entry by: lower case, without accents, cut at everything that is no letter or digit."""

import re
import unicodedata

_CUT = re.compile(r"[^0-9a-z]+")
LONGEST = 40


def words_in(*texts: str) -> list[str]:
    """The words of texts, each once, in the order in which they come.

    >>> words_in("Dorpshuis 'De Héi'", "dorpshuis")
    ['dorpshuis', 'de', 'hei']
    """
    plain = unicodedata.normalize("NFKD", " ".join(texts)).encode("ascii", "ignore").decode().lower()
    return list(dict.fromkeys(word[:LONGEST] for word in _CUT.split(plain) if word))
