"""Notices: each row is one version, written once. Only `is_current` ever changes."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.catalogue.record import Record
from traam.kit.labels import Labelled


class Act(Labelled):
    """What a version does to the notice."""

    PUBLISHED = "published", "publiée"
    CORRECTED = "corrected", "corrigée"
    WITHDRAWN = "withdrawn", "retirée"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def current(self) -> Self:
        """The last version of each notice, tombstones included."""
        return self.filter(is_current=True)

    def shown(self) -> Self:
        """The last version of each notice that is not withdrawn."""
        return self.current().exclude(act=Act.WITHDRAWN)

    def after(self, sequence: int) -> Self:
        """What was written after this sequence number, oldest first: how an index follows."""
        return self.filter(sequence__gt=sequence).order_by("sequence")


class Notice(models.Model):
    """One immutable version of a notice; the versions of a notice share its ARK name."""

    ark = models.CharField("nom ARK", max_length=20)
    version = models.PositiveIntegerField("version")
    act = models.CharField("acte", max_length=10, choices=Act.choices())
    sequence = models.PositiveBigIntegerField("numéro d’ordre", unique=True)
    datestamp = models.DateTimeField("horodatage")  # UTC, whole seconds: OAI's granularity
    first_published_at = models.DateTimeField("première publication")
    is_current = models.BooleanField("version courante", default=True)
    origin = models.CharField("origine", max_length=100)  # natural key, « archive:R001 »
    record = models.JSONField("métadonnées")  # Record.as_data(); a tombstone keeps the title only
    digest = models.CharField("empreinte", max_length=64)
    reason = models.TextField("raison", blank=True, default="")

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notice"
        verbose_name_plural = "notices"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ark", "version"], name="notice_version_is_unique"),
            models.UniqueConstraint(
                fields=["ark"], condition=Q(is_current=True), name="notice_has_one_current_version"
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(is_current=True),
                name="notice_origin_has_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(act="published") | ~Q(reason=""),
                name="notice_change_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["datestamp", "id"], condition=Q(is_current=True), name="notice_harvest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ark} v{self.version}"

    def frozen(self) -> Record:
        """The record as it was published."""
        return Record.from_data(self.record)


class Sequence(models.Model):
    """One row: the last sequence number given; locked while a notice is written, so that numbers
    become visible in their order and a follower never misses one."""

    last = models.PositiveBigIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"

    def __str__(self) -> str:
        return str(self.last)
