"""What returns by the clock, of every room: the one list."""

from vliegwiel.foundation.jobs import tasks as jobs
from vliegwiel.foundation.notices import tasks as notices
from vliegwiel.foundation.papers import tasks as papers
from vliegwiel.foundation.people import tasks as people
from vliegwiel.foundation.search import tasks as search
from vliegwiel.see.facilities import tasks as facilities
from vliegwiel.see.fieldwork import tasks as fieldwork
from vliegwiel.see.figures import tasks as figures
from vliegwiel.see.surveys import tasks as surveys
from vliegwiel.support.archive import tasks as archive
from vliegwiel.support.challenges import tasks as challenges
from vliegwiel.support.confidential import tasks as confidential
from vliegwiel.support.consents import tasks as consents
from vliegwiel.support.experts import tasks as experts
from vliegwiel.support.grants import tasks as grants
from vliegwiel.support.initiatives import tasks as initiatives
from vliegwiel.support.objections import tasks as objections
from vliegwiel.support.outreach import tasks as outreach
from vliegwiel.support.schemes import tasks as schemes
from vliegwiel.support.settlements import tasks as settlements
from vliegwiel.support.supporters import tasks as supporters

SCHEDULE = (
    *jobs.SCHEDULE,
    *people.SCHEDULE,
    *papers.SCHEDULE,
    *notices.SCHEDULE,
    *facilities.SCHEDULE,
    *figures.SCHEDULE,
    *surveys.SCHEDULE,
    *fieldwork.SCHEDULE,
    *confidential.SCHEDULE,
    *consents.SCHEDULE,
    *challenges.SCHEDULE,
    *experts.SCHEDULE,
    *outreach.SCHEDULE,
    *grants.SCHEDULE,
    *schemes.SCHEDULE,
    *search.SCHEDULE,
    *supporters.SCHEDULE,
    *initiatives.SCHEDULE,
    *objections.SCHEDULE,
    *settlements.SCHEDULE,
    *archive.SCHEDULE,
)
