"""Jobs: what has expired goes, sessions (a stranded sign-in code lies in one) and dead counts."""

from importlib import import_module

from django.conf import settings

from traam.kit.clock import now
from traam.kit.jobs import every, job
from traam.people.models import RateCount


@every(hours=1)
@job(retries=3, label="effacer les sessions finies")
def clear_expired() -> None:
    """Delete the expired sessions and the dead counts of attempts."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    RateCount.objects.filter(expires__lt=now()).delete()
