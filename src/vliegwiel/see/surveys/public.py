"""What other rooms may ask of surveys.

`take_in_wave` keeps answers that another room gathered as a wave, with their code book: the same as reading a file, so names and
addresses are left out here too. It returns the public id of the wave; its work goes on at `/werk/enquetes/<id>`. `import_wave` reads a
file. `VERB` is what a person must be allowed to do. `wave_exists` says whether a survey has a wave of a year already.
`describe_wave` says what kind of sample it is (`Drawn`) and which columns are scores and backgrounds (`Asked`); `note_break` keeps why a
series breaks.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn, describe_wave, note_break
from vliegwiel.see.surveys.actions.import_wave import VERB, import_wave
from vliegwiel.see.surveys.delivered import CodeBook
from vliegwiel.see.surveys.models import Wave

__all__ = [
    "VERB",
    "Asked",
    "CodeBook",
    "Drawn",
    "describe_wave",
    "import_wave",
    "note_break",
    "take_in_wave",
    "wave_exists",
]

Answers = Sequence[float | None] | Sequence[str | None]


def wave_exists(province: str, survey: str, period: str) -> bool:
    """Whether the survey with this title has a wave of this period."""
    return Wave.objects.filter(survey__province=province, survey__title=" ".join(survey.split())[:120], period=period).exists()


def take_in_wave(
    *,
    actor: Actor,
    province: str,
    survey: str,
    period: str,
    area_year: int,
    answers: Mapping[str, Answers],
    book: CodeBook,
    name: str = "veldwerk.parquet",
    made_up: bool = False,
    open_columns: Sequence[str] = (),
    assessment: str = "",
) -> str:
    """Keep `answers` (column → an answer per person: numbers or texts, None for no answer) as a wave; returns its public id.

    `open_columns` are answers in words, read by two persons before anybody else. `book` holds titles, the words of answer codes and
    the codes that mean no answer. `assessment` is the DPIA of an experience survey (*belevingsonderzoek*).

    Everything in one transaction; raises what `import_wave` raises, and nothing is kept then.
    """
    import pyarrow as pa
    from pyarrow import parquet

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meting.parquet"
        parquet.write_table(pa.table({column: pa.array(values) for column, values in answers.items()}), path)
        wave = import_wave(
            actor=actor, province=province, survey=survey, period=period, area_year=area_year, path=path, book=book, name=name,
            made_up=made_up, open_columns=open_columns, assessment=assessment,
        )  # fmt: skip
    return wave.public_id
