"""What returns by the clock: who is not in the pool is forgotten."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.experts.actions.leave_experts import forget_experts


@task()
def forget_outside_experts() -> int:
    """Forget drafts, and who was not let in or stopped, when their term is over."""
    return forget_experts(actor=Actor.system("job"))


SCHEDULE = (Periodic(forget_outside_experts, timedelta(days=1)),)
