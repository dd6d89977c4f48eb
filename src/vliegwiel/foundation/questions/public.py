"""What other rooms may ask of questions: one small form, the same for applications, checks and surveys.

`Form`, `Block`, `Question`, `Option` and `Kind` describe a form as data. `drawn` makes fields of it for the template
`foundation/questions/parts/fields.html`; `read` turns what came in into plain JSON values and says what is wrong per question,
`fits` judges a value that came another way;
`shown` and `kept` follow the conditions; `missing` says what must still be answered; `told` and `in_words` tell answers back;
`differences` lays two texts beside each other for a save that came too late; `as_facts` hands answers to the rulebook.

`parts/errors.html` shows `problems_of(fields)` above the h1, `parts/why.html` why each thing is asked, `parts/told.html` the answers with
*Wijzig*.
"""

from vliegwiel.foundation.questions.answers import REFUSED, Reading, as_facts, fits, in_words, kept, missing, read, shown
from vliegwiel.foundation.questions.drawn import (
    Difference,
    Field,
    KeptFile,
    Problem,
    Told,
    differences,
    drawn,
    problems_of,
    told,
)
from vliegwiel.foundation.questions.schema import Block, Form, Kind, Option, Question
from vliegwiel.foundation.questions.typed import amount_of, as_typed, date_of, number_of

__all__ = [
    "REFUSED",
    "Block",
    "Difference",
    "Field",
    "Form",
    "KeptFile",
    "Kind",
    "Option",
    "Problem",
    "Question",
    "Reading",
    "Told",
    "amount_of",
    "as_facts",
    "as_typed",
    "date_of",
    "differences",
    "drawn",
    "fits",
    "in_words",
    "kept",
    "missing",
    "number_of",
    "problems_of",
    "read",
    "shown",
    "told",
]
