"""The outbox: one row a message, to a person's key; names and addresses are never kept here."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.post.rules import State


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """What may be sent now: what waits its turn, and what a dead process left half-way."""
        return self.filter(state__in=(State.QUEUED, State.SENDING), next_try_at__lte=now)

    def of_person(self, person: int) -> Self:
        """What was written to this person, secrets excepted (their trace names nobody)."""
        return self.filter(to=person)


class Message(models.Model):
    """A message, written in the transaction of the act it speaks of.

    The trace of a secret (a sign-in code) has no recipient and no parameter.
    """

    to = models.PositiveBigIntegerField("clé du destinataire", null=True)
    kind = models.CharField("sorte", max_length=80)
    params = models.JSONField("paramètres", default=dict)
    attachments = models.JSONField("fichiers joints", default=list)  # {"digest", "name"} each
    key = models.CharField("clé", max_length=200, unique=True)
    state = models.CharField("état", max_length=10, choices=State.choices(), default="queued")
    attempts = models.PositiveSmallIntegerField("tentatives", default=0)
    last_error = models.CharField("dernière erreur", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("écrit à")
    sent_at = models.DateTimeField("envoyé à", null=True)
    next_try_at = models.DateTimeField("prochaine tentative à", null=True)

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="message_sent_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending"), next_try_at__isnull=False)
                | ~Q(state__in=("queued", "sending")) & Q(next_try_at__isnull=True),
                name="message_waiting_has_a_next_try",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False) | Q(state__in=("sent", "failed")),
                name="message_without_recipient_is_a_trace",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to", "-id"], name="message_by_person"),
            models.Index(fields=["kind", "-id"], name="message_by_kind"),
            models.Index(fields=["state", "next_try_at"], name="message_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
