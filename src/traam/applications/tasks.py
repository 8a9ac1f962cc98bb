"""Jobs of the call, each minute and idempotent; no act waits for them: they judge the instant."""

from traam.applications.actions import (
    clear_due,
    end_extensions,
    lapse_due,
    tell_moved_closings,
    warn_due,
)
from traam.kit.clock import now
from traam.kit.jobs import every, job


@every(minutes=1)
@job(retries=3, label="finir les prolongations, constater les caducités")
def follow_deadlines() -> None:
    """End the extensions that are past, tell of an end that was moved, and find lapsed what was
    not deposited in time."""
    end_extensions(now=now())
    tell_moved_closings(now=now())
    lapse_due(now=now())


@every(minutes=30)
@job(retries=3, label="prévenir avant la clôture de l’appel")
def warn() -> None:
    """Tell the authors and the delegates that the end is near."""
    warn_due(now=now())


@every(minutes=1)
@job(retries=3, label="vérifier les conflits d’intérêts")
def check_examiners() -> None:
    """Open the deposited applications to those who judge them and have no conflict."""
    clear_due(now=now())
