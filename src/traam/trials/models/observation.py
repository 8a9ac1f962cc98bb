"""What was observed in a trial: sights, versions, pictures."""

from dataclasses import replace
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.documents.models import StoredFile
from traam.groups.models import academy_paths
from traam.people.models import User
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials.models.trial import Indicator, Session, Trial
from traam.trials.rules.life import Observer, Outcome


class ObservationQuerySet(OverWhich, models.QuerySet["Observation"]):
    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def counted(self) -> Self:
        """Those that count: neither withdrawn, nor set aside until their trial takes them."""
        return self.filter(withdrawn_at=None, kept_at=None)

    def kept(self) -> Self:
        """Those that wait for their trial to take them, or for someone to discard them."""
        return self.filter(withdrawn_at=None, kept_at__isnull=False)


class Observation(models.Model):
    """What was seen, in a few words, for each indicator sought. No pupil's name has a field here.

    `key`: given by the device that wrote it: sending twice is once. `kept_at`: it came when
    its trial was already closed; it is offered to its teacher, and counts nowhere until taken.
    """

    key = models.UUIDField("clé d’envoi", unique=True)
    trial = models.ForeignKey(
        Trial, on_delete=models.PROTECT, related_name="observations", verbose_name="essai"
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        related_name="observations",
        verbose_name="séance",
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="notée par"
    )
    observer = models.CharField(
        "qui a observé", max_length=10, choices=Observer.choices(), default=Observer.SELF
    )
    seen_at = models.DateTimeField("vu à")
    seen = models.TextField("ce qui a été vu")
    location = models.CharField("lieu", max_length=200, blank=True, default="")
    pupils = models.PositiveSmallIntegerField("élèves présents", null=True)
    version = models.PositiveIntegerField("version", default=1)
    received_at = models.DateTimeField("reçue à")
    kept_at = models.DateTimeField("mise de côté à", null=True)
    withdrawn_at = models.DateTimeField("retirée à", null=True)
    reason = models.TextField("motif du retrait", blank=True, default="")
    proofread_at = models.DateTimeField("relue à", null=True)  # this very version, for the public
    proofread_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="relue par"
    )

    SCOPE_PATHS: ClassVar = {
        "team": "trial__team__code",
        "group_team": (
            "trial__team__group__teams__code",
            "trial__production__team__group__teams__code",
        ),
        "theme": "trial__team__group__theme__code",
        "academy": academy_paths("trial__team"),
        "author": ("trial__teacher", "author"),
        "state": "trial__state",
        "started": Q(trial__protocol_at__isnull=False),
        "closed": Q(trial__state="closed"),
    }

    objects: ClassVar[models.Manager["Observation"]] = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        verbose_name_plural = "observations"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(seen=""), name="observation_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""),
                name="observation_withdrawn_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["trial", "seen_at"], name="observations_by_date"),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"

    def place(self) -> Place:
        """Where its trial stands; it is also whose who noted it."""
        place = self.trial.place()
        return replace(place, authors=place.authors | {self.author_id})


class Sight(models.Model):
    """What one observation says of one indicator."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="sights", verbose_name="observation"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="sights", verbose_name="indicateur"
    )
    outcome = models.CharField("constat", max_length=10, choices=Outcome.choices())

    class Meta:
        verbose_name = "indicateur observé"
        verbose_name_plural = "indicateurs observés"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["observation", "indicator"], name="sight_once"),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.outcome}"


class ObservationVersion(models.Model):
    """What an observation said at one version, before it was corrected."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="versions", verbose_name="observation"
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    saved_at = models.DateTimeField("enregistrée à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une observation"
        verbose_name_plural = "versions des observations"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["observation", "number"], name="observation_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} v{self.number}"


class Picture(models.Model):
    """A picture joined to an observation: freed of its EXIF, with the question on pupils asked."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="pictures", verbose_name="observation"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier"
    )
    description = models.CharField("texte de remplacement", max_length=300, blank=True, default="")
    recognisable = models.CharField(
        "un élève est-il reconnaissable ?", max_length=8, choices=Recognisable.choices()
    )
    authorisation = models.CharField(
        "autorisation",
        max_length=12,
        choices=Authorisation.choices(),
        default=Authorisation.NOT_NEEDED,
    )
    added_at = models.DateTimeField("ajoutée à")

    class Meta:
        verbose_name = "image d’une observation"
        verbose_name_plural = "images des observations"

    def __str__(self) -> str:
        return f"image {self.pk}"
