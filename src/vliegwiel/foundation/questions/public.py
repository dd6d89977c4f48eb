"""What other rooms may ask of questions: one small form, the same for applications, checks and surveys.

`Form`, `Block`, `Question`, `Option` and `Kind` describe a form as data. `drawn` makes fields of it for the template
`foundation/questions/parts/fields.html`; `read` turns what came in into plain JSON values and says what is wrong per question,
`fits` judges a value that came another way;
`shown` and `kept` follow the conditions; `missing` says what must still be answered; `told` and `in_words` tell answers back;
`ask` draws one form on a page, reads it when it was sent, and acts;
`differences` lays two texts beside each other for a save that came too late; `as_facts` hands answers to the rulebook. `day_in`,
`minutes_in`, `money_in` and the like read one field of a small form.

The step "who can take part, who is missing?" is one part for every room: `inclusion_part` draws and tells it, `read_inclusion` reads it,
`inclusion_block` makes it a page of a form, `inclusion_question` one of its questions among others.

`parts/errors.html` shows `problems_of(fields)` above the h1, `parts/why.html` why each thing is asked, `parts/told.html` the answers with
*Wijzig*.
"""

from vliegwiel.foundation.questions.answers import REFUSED, Reading, as_facts, fits, in_words, kept, missing, read, shown
from vliegwiel.foundation.questions.asking import Asked, ask
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
from vliegwiel.foundation.questions.inclusion import (
    JOINS,
    MISSES,
    InclusionPart,
    inclusion_block,
    inclusion_part,
    inclusion_question,
    read_inclusion,
)
from vliegwiel.foundation.questions.posted import day_in, day_or_none, minutes_in, money_in, money_or_none, revision_in, whole_in
from vliegwiel.foundation.questions.schema import Block, Form, Kind, Option, Question
from vliegwiel.foundation.questions.typed import amount_of, as_typed, date_of, number_of

__all__ = [
    "JOINS",
    "MISSES",
    "REFUSED",
    "Asked",
    "Block",
    "Difference",
    "Field",
    "Form",
    "InclusionPart",
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
    "ask",
    "date_of",
    "day_in",
    "day_or_none",
    "differences",
    "drawn",
    "fits",
    "in_words",
    "inclusion_block",
    "inclusion_part",
    "inclusion_question",
    "kept",
    "minutes_in",
    "missing",
    "money_in",
    "money_or_none",
    "number_of",
    "problems_of",
    "read",
    "read_inclusion",
    "revision_in",
    "shown",
    "told",
    "whole_in",
]
