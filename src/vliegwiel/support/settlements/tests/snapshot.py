"""Everything that the rooms of a grant and what comes after it hold, to show that a refusal changed nothing."""

from functools import partial

from vliegwiel.support.grants.tests.snapshot import snapshot as of_grants

snapshot = partial(of_grants, "settlements")
