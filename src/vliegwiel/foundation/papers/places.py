"""Where documents wait for the virus scanner."""

from vliegwiel.foundation.papers.quarantine import Quarantine

WAITING = Quarantine("quarantine-papers")
