"""What a group or a team keeps: documents, points to remember, messages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.documents.models import StoredFile
from traam.groups.models.meeting import OF_ONE, Meeting
from traam.groups.models.team import NationalGroup, Team
from traam.groups.rules.life import Heading, PointKind
from traam.people.models import User


class Document(models.Model):
    """A document of a group or of a team: a file, or a link."""

    group = models.ForeignKey(
        NationalGroup,
        on_delete=models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name="groupe",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="documents", verbose_name="équipe"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="réunion"
    )
    heading = models.CharField("rubrique", max_length=10, choices=Heading.choices())
    title = models.CharField("titre", max_length=200)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="fichier"
    )
    file_name = models.CharField("nom du fichier", max_length=200, blank=True, default="")
    link = models.URLField("lien", max_length=500, blank=True, default="")
    added_at = models.DateTimeField("ajouté à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ajouté par"
    )
    withdrawn_at = models.DateTimeField("retiré à", null=True)

    class Meta:
        verbose_name = "document d’un groupe"
        verbose_name_plural = "documents des groupes"
        constraints: ClassVar = [
            models.CheckConstraint(condition=OF_ONE, name="document_of_a_group_or_a_team"),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(link=""), name="document_is_a_file_or_a_link"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """A decision taken, or an action to be done by someone before a day."""

    group = models.ForeignKey(
        NationalGroup,
        on_delete=models.PROTECT,
        null=True,
        related_name="points",
        verbose_name="groupe",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="points", verbose_name="équipe"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="réunion"
    )
    kind = models.CharField("sorte", max_length=8, choices=PointKind.choices())
    text = models.TextField("texte")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="chargé·e"
    )
    due_on = models.DateField("pour le", null=True)
    added_at = models.DateTimeField("noté à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="noté par"
    )
    done_at = models.DateTimeField("fait à", null=True)

    class Meta:
        verbose_name = "décision ou action"
        verbose_name_plural = "décisions et actions"
        constraints: ClassVar = [
            models.CheckConstraint(condition=OF_ONE, name="point_of_a_group_or_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Message(models.Model):
    """A message to a group or to a team, or an answer to one; `key`: sent twice is once."""

    group = models.ForeignKey(
        NationalGroup,
        on_delete=models.PROTECT,
        null=True,
        related_name="messages",
        verbose_name="groupe",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="messages", verbose_name="équipe"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies", verbose_name="répond à"
    )
    subject = models.CharField("objet", max_length=200, blank=True, default="")
    text = models.TextField("texte")  # Markdown
    key = models.UUIDField("clé d’envoi", unique=True)
    sent_at = models.DateTimeField("envoyé à")
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    withdrawn_at = models.DateTimeField("retiré à", null=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="retiré par"
    )
    withdrawn_for = models.TextField("motif du retrait", blank=True, default="")

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        constraints: ClassVar = [
            models.CheckConstraint(condition=OF_ONE, name="message_of_a_group_or_a_team"),
        ]
        indexes: ClassVar = [models.Index(fields=["sent_at"], name="messages_by_date")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def may_be_put_back(self, *, person: int | None, keeps: bool) -> bool:
        """By its writer who withdrew it; by whoever keeps the space, where one of them did."""
        if self.withdrawn_at is None or self.withdrawn_by_id is None:
            return False
        return self.withdrawn_by_id == person if self.withdrawn_by_id == self.sent_by_id else keeps
