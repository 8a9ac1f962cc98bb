"""Jobs of the groups: teams follow their academy, what was written goes in one mail a day;
due dates are reminded."""

from traam.groups.actions import reminding
from traam.groups.actions.launching import follow_withdrawn
from traam.groups.actions.space import send_digests
from traam.kit.clock import now
from traam.kit.jobs import every, job


@every(minutes=5)
@job(retries=3, label="retirer les équipes des académies qui se sont retirées")
def follow_academies() -> None:
    """An academy withdraws on the page of its decision: its team follows."""
    follow_withdrawn(now=now())


@every(hours=1)
@job(retries=3, label="envoyer les messages de la veille")
def digests() -> None:
    """What was written the day before, once for each reader."""
    send_digests(now=now())


@every(hours=1)
@job(retries=3, label="rappeler les échéances des groupes")
def remind_dues() -> None:
    """Before, after, to the inspector, to the pilots: each once."""
    reminding.remind_due(now=now())
