"""The jobs of the channels."""

from traam.dissemination import actions
from traam.kit.jobs import every, job


@every(minutes=1)
@job(label="préparer les notices pour les moissonneurs et les flux")
def render() -> None:
    """Keep the renderings in step with the notices."""
    actions.follow()
