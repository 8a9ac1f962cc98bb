"""The texts of a call that the DNE and the general inspection both sign, version by version."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.campaigns.models.campaign import Campaign, campaign_flags, flag_paths
from traam.campaigns.models.theme import Theme
from traam.campaigns.rules.signing import Side, TextState
from traam.people.models import User


class BriefQuerySet(OverWhich, models.QuerySet["Brief"]):
    pass


class Brief(models.Model):
    """The cahier des charges of a campaign: its text (Markdown) and the commitments it asks."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="brief", verbose_name="campagne"
    )
    text = models.TextField("texte", blank=True, default="")
    state = models.CharField(
        "état", max_length=12, choices=TextState.choices(), default=TextState.DRAFT
    )
    version = models.PositiveIntegerField("version", default=0)
    state_at = models.DateTimeField("dans cet état depuis", null=True)
    changed_at = models.DateTimeField("texte changé à", null=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="changé par"
    )

    # It is signed with the themes: its experts and inspectors general are those of any of them.
    SCOPE_PATHS: ClassVar = {
        "theme": "campaign__themes__code",
        "state": "state",
        **flag_paths("campaign__state"),
    }

    objects: ClassVar[models.Manager["Brief"]] = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = "cahier des charges"
        verbose_name_plural = "cahiers des charges"

    def __str__(self) -> str:
        return f"cahier des charges {self.campaign_id}"

    def place(self) -> Place:
        return Place(
            themes=frozenset(self.campaign.themes.values_list("code", flat=True)),
            state=self.state,
            flags=campaign_flags(self.campaign.state),
        )


class CampaignEvent(models.Model):
    """Why something was taken back, withdrawn, reopened: the reason, which no journal may keep.

    `kind` is the journal's verb; `theme` None: the campaign itself, or its cahier des charges.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="events", verbose_name="campagne"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, related_name="events", verbose_name="thème"
    )
    kind = models.CharField("acte", max_length=60)
    reason = models.TextField("motif")
    at = models.DateTimeField("à")
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "événement d’une campagne"
        verbose_name_plural = "événements des campagnes"

    def __str__(self) -> str:
        return f"{self.kind} {self.campaign_id}"


class TextVersion(models.Model):
    """What a theme or a cahier des charges said when it was submitted; never changed.

    `content` is canonical (`rules.signing.canonical`), `digest` its SHA-256.
    """

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, related_name="versions", verbose_name="thème"
    )
    brief = models.ForeignKey(
        Brief,
        on_delete=models.CASCADE,
        null=True,
        related_name="versions",
        verbose_name="cahier des charges",
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    submitted_at = models.DateTimeField("soumis à")
    submitted_by = models.ForeignKey(  # None: the house itself
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="soumis par"
    )

    class Meta:
        verbose_name = "version d’un texte à signer"
        verbose_name_plural = "versions des textes à signer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(theme=None, brief__isnull=False) | Q(theme__isnull=False, brief=None),
                name="text_version_is_of_one_text",
            ),
            models.UniqueConstraint(fields=["theme", "number"], name="theme_version_once"),
            models.UniqueConstraint(fields=["brief", "number"], name="brief_version_once"),
        ]

    def __str__(self) -> str:
        return self.digest


class Signature(models.Model):
    """Someone signed this version for one side; void since the text changed, if `voided_at`."""

    version = models.ForeignKey(
        TextVersion, on_delete=models.CASCADE, related_name="signatures", verbose_name="version"
    )
    side = models.CharField("pour", max_length=3, choices=Side.choices())
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="signataire"
    )
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="au nom de"
    )
    signed_at = models.DateTimeField("signé à")
    voided_at = models.DateTimeField("caduque depuis", null=True)

    class Meta:
        verbose_name = "signature"
        verbose_name_plural = "signatures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "side"],
                condition=Q(voided_at=None),
                name="text_version_signed_once_by_a_side",
                violation_error_message="Cette version est déjà signée de ce côté.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.version_id}"
