"""Notices: each row is one version, written once; only `is_current` ever changes (a trigger of the
database sees to it). And the loads of files, from their check to their end."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import BooleanField, Func, Q

from traam.catalogue.load_rules import FileKind, LoadState
from traam.catalogue.record import Record
from traam.kit.labels import Labelled
from traam.kit.rows import Outcome


class Act(Labelled):
    """What a version does to the notice."""

    PUBLISHED = "published", "publiée"
    CORRECTED = "corrected", "corrigée"
    WITHDRAWN = "withdrawn", "retirée"


OF_SYNTHESIS = "synthese:"  # begins the origin of the notice of a synthesis written here


class OfSynthesis(Func):
    """Whether an origin is that of a synthesis. Written out, not a parameter: a database sees that
    the index of syntheses holds all that is asked for."""

    template = f"SUBSTR(%(expressions)s, 1, {len(OF_SYNTHESIS)}) = '{OF_SYNTHESIS}'"
    output_field = BooleanField()


class NoticeQuerySet(models.QuerySet["Notice"]):
    def current(self) -> Self:
        """The last version of each notice, tombstones included."""
        return self.filter(is_current=True)

    def shown(self) -> Self:
        """The last version of each notice that is not withdrawn."""
        return self.current().exclude(act=Act.WITHDRAWN)

    def of_syntheses(self) -> Self:
        """The notices of the syntheses written here."""
        return self.filter(OfSynthesis("origin"))

    def after(self, sequence: int) -> Self:
        """What was written after this sequence number, oldest first: how an index follows."""
        return self.filter(sequence__gt=sequence).order_by("sequence")


class Notice(models.Model):
    """One immutable version of a notice; the versions of a notice share its ARK name."""

    ark = models.CharField("nom ARK", max_length=20)
    version = models.PositiveIntegerField("version")
    act = models.CharField("acte", max_length=10, choices=Act.choices())
    sequence = models.PositiveBigIntegerField("numéro d’ordre", unique=True)
    datestamp = models.DateTimeField("horodatage")  # UTC, whole seconds: OAI's granularity
    first_published_at = models.DateTimeField("première publication")
    is_current = models.BooleanField("version courante", default=True)
    origin = models.CharField("origine", max_length=100)  # natural key, « archive:R001 »
    record = models.JSONField("métadonnées")  # Record.as_data(); a tombstone keeps the title only
    digest = models.CharField("empreinte", max_length=64)
    reason = models.TextField("raison", blank=True, default="")
    # OAI's leaf sets between spaces, « academie:09 discipline:SVT »; a tombstone keeps those of
    # the version before it, so that its deletion reaches whoever harvests the set.
    sets = models.TextField("ensembles OAI", blank=True, default="")

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notice"
        verbose_name_plural = "notices"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ark", "version"], name="notice_version_is_unique"),
            models.UniqueConstraint(
                fields=["ark"], condition=Q(is_current=True), name="notice_has_one_current_version"
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(is_current=True),
                name="notice_origin_has_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(act="published") | ~Q(reason=""),
                name="notice_change_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["datestamp", "id"], condition=Q(is_current=True), name="notice_harvest"
            ),
            models.Index(
                fields=["-first_published_at", "id", "act"],
                condition=Q(OfSynthesis("origin"), is_current=True),
                name="notice_of_synthesis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ark} v{self.version}"

    def frozen(self) -> Record:
        """The record as it was published."""
        return Record.from_data(self.record)


class Sequence(models.Model):
    """One row: the last sequence number given; locked while a notice is written, so that numbers
    become visible in their order and a follower never misses one."""

    last = models.PositiveBigIntegerField("dernier numéro", default=0)
    named = models.PositiveBigIntegerField("dernier nom", default=0)  # ARK names given so far

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"

    def __str__(self) -> str:
        return str(self.last)


class HarvestSet(models.Model):
    """One OAI set: never removed, even when empty."""

    spec = models.CharField("setSpec", max_length=120, unique=True)
    name = models.CharField("intitulé", max_length=300)

    class Meta:
        verbose_name = "ensemble OAI"
        verbose_name_plural = "ensembles OAI"

    def __str__(self) -> str:
        return self.spec


class Membership(models.Model):
    """A current notice in a set, or in an ancestor of it: derived from `Notice.sets`."""

    harvest_set = models.ForeignKey(
        HarvestSet, models.CASCADE, related_name="+", db_index=False, verbose_name="ensemble"
    )
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+", verbose_name="notice")
    datestamp = models.DateTimeField("horodatage")  # a copy of the notice's: the harvest's order

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        constraints: ClassVar = [
            # This unique index is the index of the harvest: no other is needed.
            models.UniqueConstraint(
                fields=["harvest_set", "datestamp", "notice"], name="membership_in_harvest_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.harvest_set_id}"


class LoadQuerySet(models.QuerySet["Load"]):
    def waiting(self) -> Self:
        """Checked, and neither loaded nor abandoned."""
        return self.filter(state=LoadState.CHECKED)


class Load(models.Model):
    """A file brought by a person: checked first, then loaded, or abandoned."""

    kind = models.CharField("contenu", max_length=12, choices=FileKind.choices())
    name = models.CharField("nom du fichier", max_length=200)
    # What was read of the file, cleaned of any mail address: the file itself is not kept.
    rows_digest = models.CharField("empreinte des lignes", max_length=64)
    row_count = models.PositiveIntegerField("lignes")
    state = models.CharField(
        "état", max_length=10, choices=LoadState.choices(), default=LoadState.CHECKING
    )
    run = models.UUIDField("tâche", null=True)  # the job that checks or loads it, when it is long
    # How many of `LoadRow` had each outcome, written with them: a list counts none of them.
    taken_count = models.PositiveIntegerField("prises", default=0)
    mended_count = models.PositiveIntegerField("prises avec réparation", default=0)
    refused_count = models.PositiveIntegerField("refusées", default=0)
    unchanged_count = models.PositiveIntegerField("inchangées", default=0)
    checked_at = models.DateTimeField("vérifié à")
    checked_by = models.PositiveBigIntegerField("vérifié par")  # a person's key
    ended_at = models.DateTimeField("terminé à", null=True)
    ended_by = models.PositiveBigIntegerField("terminé par", null=True)

    objects: ClassVar[models.Manager["Load"]] = LoadQuerySet.as_manager()

    class Meta:
        verbose_name = "chargement"
        verbose_name_plural = "chargements"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["checking", "checked", "loading"], ended_at__isnull=True)
                | Q(
                    state__in=["done", "abandoned"],
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="load_end_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["checked_at", "id"], name="load_by_instant"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    def counts(self) -> dict[Outcome, int]:
        """How many rows had, or would have, each outcome; every outcome is there."""
        return {outcome: getattr(self, f"{outcome.value}_count") for outcome in Outcome}


class LoadRow(models.Model):
    """What becomes of one row of a load: of its check, then of the load itself."""

    load = models.ForeignKey(
        Load, models.CASCADE, related_name="rows", db_index=False, verbose_name="chargement"
    )
    row = models.PositiveIntegerField("ligne")  # from 1, without a gap
    outcome = models.CharField("issue", max_length=10, choices=Outcome.choices())
    reasons = models.JSONField("raisons", default=list)  # French sentences

    class Meta:
        verbose_name = "ligne d’un chargement"
        verbose_name_plural = "lignes des chargements"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["load", "row"], name="load_row_is_unique"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["load", "outcome", "row"], name="load_row_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.load_id} {self.row}"
