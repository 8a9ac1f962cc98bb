"""What an application says, field by field, every text that was ever saved, and its pieces."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.applications.models.application import Application
from traam.documents.models import StoredFile
from traam.people.models import User


class Answer(models.Model):
    """The present text of one field; `version` counts its writings, for two people at once."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="answers", verbose_name="candidature"
    )
    field = models.CharField("champ", max_length=60)  # the question's stable identity
    value = models.JSONField("valeur")
    version = models.PositiveIntegerField("version", default=1)
    saved_at = models.DateTimeField("enregistré à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "field"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.field}"


class AnswerVersion(models.Model):
    """A text that a field had, or that someone wrote while another did: nothing typed is lost."""

    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        related_name="answer_versions",
        verbose_name="candidature",
    )
    field = models.CharField("champ", max_length=60)
    value = models.JSONField("valeur")
    version = models.PositiveIntegerField("version")  # the one it was, or was written upon
    # It was written upon a version that another had replaced: to be shown beside, and settled.
    is_rival = models.BooleanField("concurrente", default=False)
    settled_at = models.DateTimeField("départagée à", null=True)
    # Given by the browser, so that a save sent twice is one.
    save_key = models.CharField("clé d’enregistrement", max_length=60, blank=True, default="")
    saved_at = models.DateTimeField("enregistré à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une réponse"
        verbose_name_plural = "versions des réponses"
        indexes: ClassVar = [
            models.Index(fields=["application", "field", "id"], name="answer_versions_in_order"),
            models.Index(
                fields=["application"],
                condition=Q(is_rival=True, settled_at=None),
                name="answer_versions_waiting",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "field", "save_key"],
                condition=~Q(save_key=""),
                name="answer_saved_once_for_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.field} v{self.version}"


class Piece(models.Model):
    """A file joined to an application; taken away, its trace stays."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="pieces", verbose_name="candidature"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier"
    )
    name = models.CharField("nom", max_length=200)
    label = models.CharField("objet", max_length=200, blank=True, default="")
    added_at = models.DateTimeField("jointe à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="jointe par"
    )
    removed_at = models.DateTimeField("retirée à", null=True)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "file"],
                condition=Q(removed_at=None),
                name="piece_once",
                violation_error_message="Ce fichier est déjà joint.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Who has the form open, and in which field, since when: « qui d’autre écrit »."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="presences", verbose_name="candidature"
    )
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name="personne"
    )
    field = models.CharField("champ", max_length=60, blank=True, default="")
    seen_at = models.DateTimeField("vu à")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "person"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"
