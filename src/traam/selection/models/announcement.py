"""What is told after the choice: letters, minutes, replies; and who takes part from then on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.campaigns.models import Campaign, Theme, campaign_flags, flag_paths
from traam.documents.models import StoredFile
from traam.people.models import User
from traam.reference.models import Academy
from traam.selection.models.choice import Decision, academies_of
from traam.selection.rules.life import ParticipationState


class Letter(models.Model):
    """The letter that tells a decision, written from it and editable until it is sent.

    `source`: what the decision said when the text was written, as a digest
    (`rules.announcing.source_of`). `file`: the digest of the PDF that was sent.
    """

    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, related_name="letter", verbose_name="décision"
    )
    subject = models.CharField("objet", max_length=300)
    text = models.TextField("texte")
    is_edited = models.BooleanField("retouchée", default=False)
    version = models.PositiveIntegerField("version", default=0)
    source = models.CharField("empreinte de la décision", max_length=64, blank=True, default="")
    sent_at = models.DateTimeField("envoyée à", null=True)
    file = models.CharField("PDF envoyé", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "lettre de décision"
        verbose_name_plural = "lettres de décision"

    def __str__(self) -> str:
        return f"lettre {self.decision_id}"


class Minutes(models.Model):
    """The minutes of the deliberation, as tagged PDF and as ODT; a new version for each writing.

    `session`: what was typed of the session (who was there by function, the day, remarks).
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    theme = models.ForeignKey(  # None: of the arbitration across themes
        Theme, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="thème"
    )
    number = models.PositiveIntegerField("version")
    pdf = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="PDF"
    )
    odt = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="ODT"
    )
    session = models.JSONField("séance", default=dict, blank=True)
    written_at = models.DateTimeField("rédigé à")
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="rédigé par"
    )

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "theme", "number"], name="minutes_number_once"
            ),
            models.UniqueConstraint(  # those of the arbitration have no theme
                fields=["campaign", "number"],
                condition=Q(theme=None),
                name="minutes_of_arbitration_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} v{self.number}"


class Reply(models.Model):
    """What an academy answers to a decision within its delay, and what is answered to it."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="replies", verbose_name="décision"
    )
    text = models.TextField("texte")
    replied_at = models.DateTimeField("reçue à")
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="par"
    )
    answer = models.TextField("réponse", blank=True, default="")
    answered_at = models.DateTimeField("répondu à", null=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="répondu par"
    )

    class Meta:
        verbose_name = "observation en réponse"
        verbose_name_plural = "observations en réponse"

    def __str__(self) -> str:
        return f"{self.decision_id} {self.pk}"


class ParticipationQuerySet(OverWhich, models.QuerySet["Participation"]):
    pass


class Participation(models.Model):
    """An academy in a theme from the announcement on: retained, or a reserve that was called."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="participation", verbose_name="décision"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="+", verbose_name="thème"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )
    state = models.CharField("état", max_length=12, choices=ParticipationState.choices())
    reason = models.TextField("motif", blank=True, default="")
    began_at = models.DateTimeField("depuis")
    called_at = models.DateTimeField("appelée à", null=True)  # a reserve
    answer_by = models.DateTimeField("réponse attendue avant", null=True)
    ended_at = models.DateTimeField("terminée à", null=True)

    SCOPE_PATHS: ClassVar = {
        "theme": "theme__code",
        # Merged since: today's successor follows it, answers for it and is told.
        "academy": ("academy__code", "academy__successor__code"),
        "author": "decision__case__application__authors__person",
        "inspector": "decision__case__application__inspectors__person",
        "state": "state",
        **flag_paths("theme__campaign__state"),
    }

    objects: ClassVar[models.Manager["Participation"]] = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "participation"
        verbose_name_plural = "participations"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (~Q(reason="") & Q(ended_at__isnull=False)),
                name="participation_withdrawn_has_reason_and_date",
                violation_error_message="Un retrait donne son motif et sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.academy_id}"

    def place(self) -> Place:
        base = self.decision.case.place()
        return Place(
            academies=academies_of(self.academy),
            academy_names=base.academy_names,
            themes=base.themes,
            authors=base.authors,
            inspectors=base.inspectors,
            state=self.state,
            flags=campaign_flags(self.theme.campaign.state),
        )
