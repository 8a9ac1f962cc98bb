"""What the channels keep ready: derived from the notices, never the truth, made again at will."""

from typing import ClassVar

from django.db import models

from traam.catalogue.models import Notice


class Rendering(models.Model):
    """The Dublin Core of a current notice, ready to send: building it costs more than reading it.

    A notice without a rendering of the present form is rendered when it is asked: nothing waits.
    """

    notice = models.OneToOneField(
        Notice, models.CASCADE, primary_key=True, related_name="+", verbose_name="notice"
    )
    sequence = models.PositiveBigIntegerField("numéro d’ordre")  # the notice's: what was followed
    form = models.PositiveSmallIntegerField("forme")  # `dublin_core.FORM` when it was made
    oai_dc = models.TextField("Dublin Core")

    class Meta:
        verbose_name = "rendu"
        verbose_name_plural = "rendus"
        indexes: ClassVar = [models.Index(fields=["form", "sequence"], name="rendering_followed")]

    def __str__(self) -> str:
        return f"{self.notice_id} (forme {self.form})"
