"""Findings of a national group, and the observations that each rests on."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich
from traam.groups.models import NationalGroup
from traam.people.models import User
from traam.syntheses.rules.life import FindingKind, Support
from traam.trials.models import Observation, Trial

STALE = (
    Q(observation=None)
    | Q(observation__withdrawn_at__isnull=False)
    | Q(observation__kept_at__isnull=False)
    | ~Q(observation__version=F("observation_version"))
    | ~Q(observation__trial__state="closed")
)


class FindingQuerySet(OverWhich, models.QuerySet["Finding"]):
    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Finding(models.Model):
    """What a group has established, in one sentence; its counts are computed, never typed.

    `scope`: « en 6e, avec un ordinateur pour deux ». `ark`: its public page, once published.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    group = models.ForeignKey(
        NationalGroup, on_delete=models.PROTECT, related_name="+", verbose_name="groupe"
    )
    kind = models.CharField("sorte", max_length=14, choices=FindingKind.choices())
    text = models.TextField("constat")
    scope = models.CharField("portée", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("version", default=1)
    created_at = models.DateTimeField("écrit à")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="écrit par"
    )
    published_at = models.DateTimeField("publié à", null=True)
    withdrawn_at = models.DateTimeField("retiré à", null=True)
    reason = models.TextField("motif du retrait", blank=True, default="")

    SCOPE_PATHS: ClassVar = {
        "theme": "group__theme__code",
        "group_team": "group__teams__code",
        "published": Q(published_at__isnull=False),
    }

    objects: ClassVar[models.Manager["Finding"]] = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "constat"
        verbose_name_plural = "constats"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
        ]

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where its group stands."""
        base = self.group.place()
        return Place(
            themes=base.themes,
            group_teams=base.group_teams,
            flags=frozenset({Flag.PUBLISHED} if self.published_at is not None else ()),
        )


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def stale(self) -> Self:
        """Those whose observation was corrected, withdrawn, deleted, or its trial reopened."""
        return self.filter(STALE)


class Evidence(models.Model):
    """An observation that supports, qualifies or contradicts a finding, as it was read.

    `observation_version`: the version that was read. A correction makes the row stale until someone
    reads again; a deleted observation leaves the row, stale for ever, with its key.
    """

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="evidence", verbose_name="constat"
    )
    observation = models.ForeignKey(
        Observation,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="observation",
    )
    observation_key = models.UUIDField("clé de l’observation")
    observation_version = models.PositiveIntegerField("version lue")
    support = models.CharField("effet", max_length=12, choices=Support.choices())
    note = models.TextField("pourquoi", blank=True, default="")
    added_at = models.DateTimeField("ajoutée à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    objects: ClassVar[models.Manager["Evidence"]] = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "preuve d’un constat"
        verbose_name_plural = "preuves des constats"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["finding", "observation_key"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.support}"


class Sought(models.Model):
    """A trial where the finding was sought, whatever was seen there: the denominator of its count.

    « vu dans 7 essais sur 11 où il était recherché »: the 11 are these rows.
    """

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="sought", verbose_name="constat"
    )
    trial = models.ForeignKey(
        Trial, on_delete=models.PROTECT, related_name="+", verbose_name="essai"
    )
    added_at = models.DateTimeField("ajouté à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "essai où un constat est recherché"
        verbose_name_plural = "essais où les constats sont recherchés"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["finding", "trial"], name="sought_once"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.trial_id}"
