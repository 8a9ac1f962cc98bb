"""Jobs of syntheses: what rests on changed evidence is reopened, receipts are asked once again."""

from traam.kit.clock import now
from traam.kit.jobs import every, job
from traam.syntheses.actions import remind_due, reopen_changed


@every(minutes=5)
@job(retries=3, label="rouvrir les synthèses dont une preuve a changé")
def reopen_syntheses() -> None:
    """Signatures given on other evidence are void."""
    reopen_changed(now=now())


@every(hours=1)
@job(retries=3, label="rappeler une fois les synthèses non reçues")
def remind_receipts() -> None:
    """Two weeks after it was sent, once."""
    remind_due(now=now())
