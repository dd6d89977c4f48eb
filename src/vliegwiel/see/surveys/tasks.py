"""Background work of surveys: estimating, making public on the day, and destroying answers whose term is over."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor


@task()
def carry_out(run: str) -> str:
    """Estimate everything of a run (public id); returns how it ended."""
    from vliegwiel.see.surveys.actions.run_wave import carry_out_run

    return str(carry_out_run(actor=Actor.system("job"), run=run).state)


@task()
def forget_answers() -> int:
    """Destroy answers that are over their term; returns of how many waves."""
    from vliegwiel.see.surveys.actions.forget_answers import forget_old_answers

    return forget_old_answers(actor=Actor.system("job"))


@task()
def publish_waves() -> int:
    """Make public what municipalities saw first and of which the day has come; returns how many."""
    from vliegwiel.see.surveys.actions.review_run import publish_due

    return publish_due(actor=Actor.system("job"))


SCHEDULE = (Periodic(forget_answers, timedelta(days=1)), Periodic(publish_waves, timedelta(hours=1)))
