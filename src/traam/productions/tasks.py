"""Jobs of productions: the health of links, where a setting says that the network may be asked."""

from django.conf import settings

from traam.kit.clock import now
from traam.kit.jobs import every, job
from traam.productions.actions import check_due
from traam.productions.checking import health


@every(hours=1)
@job(retries=3, label="vérifier les liens des productions")
def check_links() -> None:
    """Some links each hour, each once a week; nothing leaves this machine without the setting."""
    if settings.CHECKS_LINKS:
        check_due(checker=health, now=now())
