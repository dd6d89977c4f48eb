"""What returns by the clock, of every room: the one list."""

from vliegwiel.foundation.jobs import tasks as jobs
from vliegwiel.foundation.people import tasks as people
from vliegwiel.see.figures import tasks as figures

SCHEDULE = (*jobs.SCHEDULE, *people.SCHEDULE, *figures.SCHEDULE)
