"""Syntheses: what is written from the data, validated, signed, frozen, published and sent."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich
from traam.campaigns.models import Campaign
from traam.groups.models import NationalGroup, Team, academy_paths
from traam.people.models import User
from traam.syntheses.models.finding import Finding
from traam.syntheses.rules.life import (
    VALIDATED_ON,
    Addressee,
    Capacity,
    Mark,
    SynthesisKind,
    SynthesisState,
)
from traam.trials.models import Trial


class SynthesisQuerySet(OverWhich, models.QuerySet["Synthesis"]):
    def living(self) -> Self:
        """Those that have not been withdrawn."""
        return self.exclude(state=SynthesisState.WITHDRAWN)


class Synthesis(models.Model):
    """A report of a trial, an academic, pluri-academic or national synthesis.

    Its text is its blocks. `version` counts every save (optimistic); `number` the published
    versions. `summary`: for non-specialists, required. `ark`: its notice, once published.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    kind = models.CharField("sorte", max_length=14, choices=SynthesisKind.choices())
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    group = models.ForeignKey(
        NationalGroup, on_delete=models.PROTECT, related_name="+", verbose_name="groupe"
    )
    teams = models.ManyToManyField(  # whose work it is; none: the whole group's
        Team, related_name="+", verbose_name="équipes"
    )
    trial = models.OneToOneField(
        Trial, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="essai"
    )
    state = models.CharField(
        "état", max_length=18, choices=SynthesisState.choices(), default=SynthesisState.DRAFT
    )
    state_at = models.DateTimeField("dans cet état depuis")
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("résumé pour les non-spécialistes", blank=True, default="")
    number = models.PositiveIntegerField("numéro de version", default=1)
    version = models.PositiveIntegerField("enregistrements", default=0)
    digest = models.CharField("empreinte du texte validé", max_length=64, blank=True, default="")
    ark = models.CharField("identifiant pérenne", max_length=60, blank=True, default="")
    created_at = models.DateTimeField("commencée à")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="commencée par"
    )
    changed_at = models.DateTimeField("changée à")
    distributed_at = models.DateTimeField("diffusée à", null=True)
    published_at = models.DateTimeField("publiée à", null=True)

    SCOPE_PATHS: ClassVar = {
        "team": "teams__code",
        "group_team": "group__teams__code",
        "theme": "group__theme__code",
        "academy": academy_paths("group__teams"),
        "state": "state",
        "validated": Q(state__in=sorted(VALIDATED_ON)),
        "distributed": Q(distributed_at__isnull=False),
        "published": Q(state="published"),
    }

    objects: ClassVar[models.Manager["Synthesis"]] = SynthesisQuerySet.as_manager()

    class Meta:
        verbose_name = "synthèse"
        verbose_name_plural = "synthèses"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=("validated", "signed", "published")) | ~Q(digest=""),
                name="synthesis_validated_has_a_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(ark="") & Q(published_at__isnull=False) & ~Q(summary="")),
                name="synthesis_published_has_a_notice",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(kind="national") & ~Q(state="withdrawn"),
                name="synthesis_national_once_in_a_group",
                violation_error_message="Ce groupe a déjà sa synthèse nationale.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "kind", "state"], name="syntheses_by_state"),
        ]

    def __str__(self) -> str:
        return self.code

    def own_teams(self) -> list[Team]:
        """Its teams, in their order, fetched once; none of a national one, its whole group's."""
        if self.kind == SynthesisKind.NATIONAL:
            return []
        teams = Team.objects.select_related("academy").order_by("pk")
        models.prefetch_related_objects([self], models.Prefetch("teams", teams))
        return list(self.teams.all())

    def place(self) -> Place:
        """Where it stands: its teams' and its group's place, and how far it has been told."""
        base = self.group.place()
        teams = self.own_teams()
        flags = set[Flag]()
        if self.state in VALIDATED_ON:
            flags.add(Flag.VALIDATED)
        if self.distributed_at is not None:
            flags.add(Flag.DISTRIBUTED)
        if self.state == SynthesisState.PUBLISHED:
            flags.add(Flag.PUBLISHED)
        return Place(
            academies=base.academies,
            academy_names=tuple(one.named for one in teams),
            themes=base.themes,
            teams=frozenset(one.code for one in teams),
            group_teams=base.group_teams,
            state=self.state,
            flags=frozenset(flags),
        )


class Block(models.Model):
    """A sentence or a paragraph of a section; `section`: a key of the kind's skeleton.

    `mark`: what the sentence is, where each must say it; `finding`: the one it states.
    """

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.CASCADE, related_name="blocks", verbose_name="synthèse"
    )
    section = models.CharField("section", max_length=40)
    position = models.PositiveSmallIntegerField("rang")
    text = models.TextField("texte", blank=True, default="")  # empty: the finding's own text
    mark = models.CharField("marque", max_length=8, choices=Mark.choices(), default=Mark.NONE)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="constat"
    )
    version = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "passage d’une synthèse"
        verbose_name_plural = "passages des synthèses"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["synthesis", "section", "position"],
                name="block_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(mark="finding", finding__isnull=False)
                | (~Q(mark="finding") & Q(finding=None)),
                name="block_marked_as_a_finding_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"


class SynthesisVersion(models.Model):
    """What a synthesis said after one save: its text, findings and counts, as plain values."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.CASCADE, related_name="versions", verbose_name="synthèse"
    )
    number = models.PositiveIntegerField("enregistrement")  # Synthesis.version
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    saved_at = models.DateTimeField("enregistrée à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une synthèse"
        verbose_name_plural = "versions des synthèses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["synthesis", "number"], name="synthesis_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis_id} v{self.number}"


class Remark(models.Model):
    """A remark on a synthesis, or on one of its blocks, until it is settled."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.CASCADE, related_name="remarks", verbose_name="synthèse"
    )
    block = models.ForeignKey(
        Block, on_delete=models.SET_NULL, null=True, related_name="remarks", verbose_name="passage"
    )
    text = models.TextField("remarque")
    is_correction = models.BooleanField("correction demandée", default=False)
    made_at = models.DateTimeField("faite à")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    answer = models.TextField("réponse", blank=True, default="")
    settled_at = models.DateTimeField("réglée à", null=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="réglée par"
    )

    class Meta:
        verbose_name = "remarque"
        verbose_name_plural = "remarques"

    def __str__(self) -> str:
        return f"remarque {self.pk}"


class Signature(models.Model):
    """A validation or signature of a digest, with a reservation if any; void once changed."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.PROTECT, related_name="signatures", verbose_name="synthèse"
    )
    capacity = models.CharField("qualité", max_length=20, choices=Capacity.choices())
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )
    digest = models.CharField("empreinte signée", max_length=64)
    reservation = models.TextField("réserve", blank=True, default="")
    signed_at = models.DateTimeField("signée à")
    voided_at = models.DateTimeField("annulée à", null=True)

    class Meta:
        verbose_name = "signature d’une synthèse"
        verbose_name_plural = "signatures des synthèses"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["synthesis", "capacity"],
                condition=Q(voided_at=None),
                name="synthesis_signature_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis_id} {self.capacity}"


class Erratum(models.Model):
    """What is corrected of a published synthesis, and since when; the frozen text stays."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.PROTECT, related_name="errata", verbose_name="synthèse"
    )
    number = models.PositiveIntegerField("numéro")
    text = models.TextField("erratum")
    published_at = models.DateTimeField("publié à")
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "erratum"
        verbose_name_plural = "errata"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["synthesis", "number"], name="erratum_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis_id} erratum {self.number}"


class SynthesisEvent(models.Model):
    """An act on a synthesis that says something to its readers: a reason, a channel."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.CASCADE, related_name="events", verbose_name="synthèse"
    )
    kind = models.CharField("acte", max_length=60)  # the journal's verb
    reason = models.TextField("motif", blank=True, default="")
    channel = models.CharField("saisi d’après", max_length=100, blank=True, default="")
    at = models.DateTimeField("à")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "acte sur une synthèse"
        verbose_name_plural = "actes sur les synthèses"

    def __str__(self) -> str:
        return f"{self.synthesis_id} {self.kind}"


class Sending(models.Model):
    """A synthesis sent to someone, who says with a button that they have it; no tracker."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.PROTECT, related_name="sendings", verbose_name="synthèse"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="destinataire"
    )
    addressee = models.CharField("à titre de", max_length=20, choices=Addressee.choices())
    sent_at = models.DateTimeField("envoyée à")
    reminded_at = models.DateTimeField("rappelée à", null=True)
    received_at = models.DateTimeField("reçue à", null=True)

    class Meta:
        verbose_name = "envoi d’une synthèse"
        verbose_name_plural = "envois des synthèses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["synthesis", "person"], name="sending_once"),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis_id} {self.person_id}"
