"""The texts that two people wrote at once in one field: nothing typed is lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.people.models import User
from traam.productions.models.production import Production


class Aside(models.Model):
    """A text written upon a version of its field that another had replaced meanwhile.

    `base`: the version of the field that its writer had; `save_key`: given by the browser, so that
    a save sent twice is one. `settled_at`: one of the two texts was chosen since.
    """

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="asides", verbose_name="production"
    )
    field = models.CharField("champ", max_length=40)
    value = models.JSONField("texte", null=True)
    base = models.PositiveIntegerField("écrit d’après la version", default=0)
    save_key = models.CharField("clé d’enregistrement", max_length=60, blank=True, default="")
    saved_at = models.DateTimeField("enregistré à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    settled_at = models.DateTimeField("départagé à", null=True)

    class Meta:
        verbose_name = "texte mis de côté"
        verbose_name_plural = "textes mis de côté"
        indexes: ClassVar = [
            models.Index(
                fields=["production"],
                condition=Q(settled_at=None),
                name="productions_texts_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.production_id} {self.field}"
