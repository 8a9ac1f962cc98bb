"""What happened to an application, with the reasons given, and what each deposit contained."""

from typing import ClassVar

from django.db import models

from traam.applications.models.application import Application
from traam.campaigns.models import TextVersion
from traam.people.models import User


class Event(models.Model):
    """An act upon an application, as its people read it (the journal keeps no reason)."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="events", verbose_name="candidature"
    )
    verb = models.CharField("acte", max_length=60)
    at = models.DateTimeField("à")
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="au nom de"
    )
    channel = models.CharField("d’après", max_length=100, blank=True, default="")  # « courriel »
    reason = models.TextField("motif", blank=True, default="")

    class Meta:
        verbose_name = "événement d’une candidature"
        verbose_name_plural = "événements des candidatures"
        indexes: ClassVar = [models.Index(fields=["application", "id"], name="events_in_order")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.verb}"


class Deposit(models.Model):
    """All that the application said when it was deposited; never changed. A review names it."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="deposits", verbose_name="candidature"
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    brief = models.ForeignKey(  # the cahier des charges that it accepts
        TextVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="accepte"
    )
    deposited_at = models.DateTimeField("déposée à")
    deposited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="visée par"
    )

    class Meta:
        verbose_name = "dépôt"
        verbose_name_plural = "dépôts"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="deposit_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.number}"
