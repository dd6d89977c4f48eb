"""Everything that the rooms of an objection and what lies below it hold, to show that a refusal changed nothing."""

from functools import partial

from vliegwiel.support.grants.tests.snapshot import snapshot as of_grants

snapshot = partial(of_grants, "settlements", "objections")
