"""The sealing of the journal, as a job."""

from traam.journal import actions
from traam.kit.clock import now
from traam.kit.jobs import every, job


@every(minutes=10)
@job(retries=3, label="sceller le journal")
def seal() -> None:
    """Seal all that is not sealed yet."""
    while actions.seal(now=now()):
        pass
