"""The calls open and close at their instant, as jobs."""

from traam.campaigns import actions
from traam.kit.clock import now
from traam.kit.jobs import every, job


@every(minutes=1)
@job(retries=3, label="ouvrir les appels dont l’heure est venue")
def open_calls() -> None:
    """Open what is due and waits for nothing."""
    actions.open_due(now=now())


@every(minutes=1)
@job(retries=3, label="clore les appels dont l’heure est passée")
def close_calls() -> None:
    """Close what is over."""
    actions.close_due(now=now())
