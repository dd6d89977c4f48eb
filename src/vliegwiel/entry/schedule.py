"""What returns by the clock, of every room: the one list."""

from vliegwiel.foundation.jobs import tasks as jobs
from vliegwiel.foundation.notices import tasks as notices
from vliegwiel.foundation.papers import tasks as papers
from vliegwiel.foundation.people import tasks as people
from vliegwiel.foundation.search import tasks as search
from vliegwiel.see.figures import tasks as figures
from vliegwiel.support.consents import tasks as consents
from vliegwiel.support.grants import tasks as grants
from vliegwiel.support.objections import tasks as objections
from vliegwiel.support.schemes import tasks as schemes
from vliegwiel.support.settlements import tasks as settlements

SCHEDULE = (
    *jobs.SCHEDULE,
    *people.SCHEDULE,
    *papers.SCHEDULE,
    *notices.SCHEDULE,
    *figures.SCHEDULE,
    *consents.SCHEDULE,
    *grants.SCHEDULE,
    *schemes.SCHEDULE,
    *search.SCHEDULE,
    *objections.SCHEDULE,
    *settlements.SCHEDULE,
)
