"""What returns by the clock, of every room: the one list."""

from vliegwiel.foundation.jobs import tasks as jobs
from vliegwiel.foundation.people import tasks as people
from vliegwiel.see.figures import tasks as figures
from vliegwiel.support.consents import tasks as consents

SCHEDULE = (*jobs.SCHEDULE, *people.SCHEDULE, *figures.SCHEDULE, *consents.SCHEDULE)
