"""The delivery of messages, as a job."""

from django.core.mail import get_connection

from traam.kit.clock import now
from traam.kit.jobs import every, job
from traam.post import actions


@every(minutes=1)
@job(retries=3, label="remettre le courrier")
def deliver() -> None:
    """Deliver all that is due, over one connection."""
    connection = get_connection()
    try:
        while actions.deliver_next(now=now(), connection=connection):
            pass
    finally:
        connection.close()
