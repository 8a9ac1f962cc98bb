"""Jobs of the choice: cases are opened as applications come in; reviewers and pilots reminded."""

from traam.kit.clock import now
from traam.kit.jobs import every, job
from traam.selection import reminding
from traam.selection.actions import let_pass_due, open_due, remind_calls


@every(minutes=5)
@job(retries=3, label="ouvrir à l’étude les candidatures déposées")
def open_cases() -> None:
    """A case for each deposit, in every campaign whose call is over."""
    open_due(now=now())


@every(hours=1)
@job(retries=3, label="rappeler les avis à rendre")
def remind_reviewers() -> None:
    """Seven days before the deadline, then one."""
    reminding.remind_due(now=now())


@every(hours=1)
@job(retries=3, label="dire au pilotage les avis en retard")
def tell_late() -> None:
    """One message a day."""
    reminding.tell_late(now=now())


@every(minutes=1)
@job(retries=3, label="constater les délais passés des académies appelées")
def let_pass() -> None:
    """The place of whoever has not answered in time may be offered to the next."""
    let_pass_due(now=now())


@every(hours=1)
@job(retries=3, label="rappeler les places proposées qui attendent une réponse")
def remind_called() -> None:
    """A day before the end of their delay, once."""
    remind_calls(now=now())
