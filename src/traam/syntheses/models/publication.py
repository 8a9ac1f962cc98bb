"""What a published synthesis counts: its findings by number, and each observation behind them.

Kept here, never shown: the notice says the same to everyone, without any key.
"""

from typing import Any, ClassVar, Self

from django.db import models

from traam.syntheses.models.finding import Finding
from traam.syntheses.models.synthesis import Synthesis
from traam.syntheses.rules.life import Support
from traam.trials.models import Observation, Trial


class PublishedFinding(models.Model):
    """A finding of a published synthesis; `number`: the end of its address, for ever."""

    synthesis = models.ForeignKey(
        Synthesis,
        on_delete=models.CASCADE,
        related_name="published_findings",
        verbose_name="synthèse",
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="+", verbose_name="constat"
    )
    number = models.PositiveSmallIntegerField("numéro")

    class Meta:
        verbose_name = "constat publié"
        verbose_name_plural = "constats publiés"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["synthesis", "number"], name="published_finding_number_once"
            ),
            models.UniqueConstraint(fields=["synthesis", "finding"], name="published_finding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis_id} constat {self.number}"


class CountedQuerySet(models.QuerySet["Counted"]):
    def with_state(self) -> Self:
        """With `is_stale`: was its observation corrected, withdrawn or deleted since?"""
        present = Observation.objects.filter(
            key=models.OuterRef("observation_key"),
            version=models.OuterRef("observation_version"),
            withdrawn_at=None,
            kept_at=None,
            trial__state="closed",
        )
        return self.annotate(is_stale=~models.Exists(present))


class Counted(models.Model):
    """An observation that a published finding counts, as it was that day.

    `view`: what is displayed of it (`rules.anonymity.View`), None where it is only counted.
    """

    published = models.ForeignKey(
        PublishedFinding,
        on_delete=models.CASCADE,
        related_name="counted",
        verbose_name="constat publié",
    )
    rank = models.PositiveSmallIntegerField("rang")
    observation_key = models.UUIDField("clé de l’observation")
    observation_version = models.PositiveIntegerField("version comptée")
    trial = models.ForeignKey(
        Trial, on_delete=models.PROTECT, related_name="+", verbose_name="essai"
    )
    support = models.CharField("effet", max_length=12, choices=Support.choices())
    view: models.JSONField[Any, Any] = models.JSONField("vue publique", null=True)

    objects: ClassVar[models.Manager["Counted"]] = CountedQuerySet.as_manager()

    class Meta:
        verbose_name = "observation comptée"
        verbose_name_plural = "observations comptées"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["published", "rank"], name="counted_rank_once"),
            models.UniqueConstraint(
                fields=["published", "observation_key"], name="counted_observation_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["observation_key"], name="counted_by_observation"),
        ]

    def __str__(self) -> str:
        return f"{self.published_id} rang {self.rank}"
