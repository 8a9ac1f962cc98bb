"""Stored files, by the digest of their bytes, and what withholds them from being shown."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class StoredFile(models.Model):
    """Bytes that were stored once; their name and licence belong to whoever uses them."""

    digest = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    media_type = models.CharField("type réel", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    created_at = models.DateTimeField("déposé à")

    class Meta:
        verbose_name = "fichier"
        verbose_name_plural = "fichiers"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=1), name="file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.digest


class Withholding(models.Model):
    """From `since` on, the file may be shown to nobody; `until` ends it (the file is shown again).

    `reason` is a code of the calling stage (« authorisation_withdrawn »), never a name.
    """

    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="withholdings", verbose_name="fichier"
    )
    reason = models.CharField("raison", max_length=60)
    since = models.DateTimeField("depuis")
    until = models.DateTimeField("jusqu’à", null=True)

    class Meta:
        verbose_name = "retenue"
        verbose_name_plural = "retenues"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "reason"],
                condition=Q(until__isnull=True),
                name="file_is_withheld_once_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="withholding_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.reason}"
