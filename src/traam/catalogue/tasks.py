"""The jobs of the catalogue: long files, checked then loaded."""

from traam.catalogue.loading import uploads
from traam.catalogue.publishing.syntheses import follow_published
from traam.kit.clock import now
from traam.kit.jobs import every, job


@job(retries=2, label="vérifier un long fichier")
def check_load(load: int) -> None:
    """Say what would become of each row of a long file."""
    uploads.check(load=load, now=now())


@job(retries=2, label="charger un long fichier")
def carry_out_load(load: int, person: int) -> None:
    """Load a long file, for the person who asked and had the right to."""
    uploads.carry_out(load=load, now=now(), person=person)


@every(minutes=5)
@job(retries=3, label="dire des synthèses publiées ce qui a changé depuis")
def follow_syntheses() -> None:
    """« Preuve corrigée depuis », words proof-read since, syntheses withdrawn."""
    follow_published(now=now())
