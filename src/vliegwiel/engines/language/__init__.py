"""The Dutch analyser: tokens, compounds, stems, synonyms, spelling and highlighting. No framework; usable in a notebook.

>>> analyser = Analyser()
>>> set(analyser.tokens("eenzaamheid")) <= set(analyser.tokens("eenzaamheidsbestrijding in de wijk"))
True
>>> set(analyser.tokens("eettafel")) <= set(analyser.tokens("Elke woensdag samen eten"))
True
"""

from vliegwiel.engines.language.analyser import CONCEPT, EXACT, PART, STEM, Analyser, Wanted, Word, expanded
from vliegwiel.engines.language.folding import fold
from vliegwiel.engines.language.highlight import Piece, excerpt, marked
from vliegwiel.engines.language.spelling import distance, keys, nearest, sound

__all__ = [
    "CONCEPT",
    "EXACT",
    "PART",
    "STEM",
    "Analyser",
    "Piece",
    "Wanted",
    "Word",
    "distance",
    "excerpt",
    "expanded",
    "fold",
    "keys",
    "marked",
    "nearest",
    "sound",
]
