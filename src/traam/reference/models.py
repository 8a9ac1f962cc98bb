"""Vocabularies as rows: editions, terms, writings; and the académies, with what they add.

Days of validity are both included; an empty one means not known, or still in use. Nothing is ever
deleted: what disappears is ended.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from traam.kit.labels import Labelled
from traam.reference.rules import facts


class Status(Labelled):
    """What a term is today."""

    CURRENT = facts.CURRENT, "en usage"
    FORMER = facts.FORMER, "ancien"
    REMARK = facts.REMARK, "mention"  # a word that is understood and is not a term


class AcademyKind(Labelled):
    """What a territory of the Éducation nationale is; the value is what the files write."""

    ACADEMY = "académie", "académie"
    VICE_RECTORATE = "vice-rectorat", "vice-rectorat"
    SERVICE = "service de l'éducation nationale", "service de l’éducation nationale"


def valid_on(day: date) -> Q:
    """The rows whose days of validity hold this day: `Academy.objects.filter(valid_on(day))`."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=day))


def _days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message="La fin de validité précède son début.",
    )


class Scheme(models.Model):
    """One edition of a vocabulary. Two editions of the same code may live side by side."""

    code = models.CharField("code", max_length=60)
    edition = models.CharField("édition", max_length=60)
    label = models.CharField("nom", max_length=250)
    facet = models.CharField("facette des adresses", max_length=30, blank=True)
    prefix = models.CharField("préfixe des codes ajoutés", max_length=20, blank=True)
    is_open = models.BooleanField("ouvert aux mots nouveaux", default=False)
    source = models.TextField("source")
    licence = models.TextField("licence")
    uri = models.CharField("adresse du vocabulaire", max_length=300, blank=True)
    valid_from = models.DateField("premier jour de validité", null=True, blank=True)
    valid_to = models.DateField("dernier jour de validité", null=True, blank=True)
    note = models.TextField("note", blank=True)
    # The digest of the last shipped file that was loaded: what the pilot changes since is kept.
    shipped = models.CharField("empreinte du fichier livré", max_length=64, blank=True)
    changed_at = models.DateTimeField("changé à")

    class Meta:
        verbose_name = "référentiel"
        verbose_name_plural = "référentiels"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "edition"],
                name="reference_scheme_edition_once",
                violation_error_message="Cette édition du référentiel existe déjà.",
            ),
            _days_in_order("reference_scheme_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.label


class Term(models.Model):
    """A word of a vocabulary; its code is what appears in addresses and never changes."""

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="terms", verbose_name="référentiel"
    )
    code = models.CharField("code", max_length=60)
    label = models.CharField("libellé", max_length=250)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="terme père"
    )
    uri = models.CharField("adresse", max_length=300, blank=True)
    official = models.CharField("libellé ScoLOMFR", max_length=250, blank=True)
    status = models.CharField("état", max_length=10, choices=Status.choices())
    valid_from = models.DateField("premier jour de validité", null=True, blank=True)
    valid_to = models.DateField("dernier jour de validité", null=True, blank=True)
    rank = models.PositiveIntegerField("rang")
    source = models.TextField("source", blank=True)
    note = models.TextField("note", blank=True)
    needs_review = models.BooleanField("à vérifier", default=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="remplacé par"
    )
    facts = models.JSONField("repères", default=dict, blank=True)  # what the readers need

    class Meta:
        verbose_name = "terme"
        verbose_name_plural = "termes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="reference_term_code_once",
                violation_error_message="Ce code existe déjà dans ce référentiel.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["current", "former", "remark"]),
                name="reference_term_status_known",
                violation_error_message="État de terme inconnu.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(status="former"),
                name="reference_term_replaced_is_former",
                violation_error_message="Un terme remplacé n’est plus en usage.",
            ),
            _days_in_order("reference_term_days_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["scheme", "rank"], name="reference_term_order")]

    def __str__(self) -> str:
        return self.label


class Alias(models.Model):
    """One writing of a term, its label included: no two terms of a scheme share one."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", verbose_name="référentiel")
    term = models.ForeignKey(Term, models.PROTECT, related_name="aliases", verbose_name="terme")
    text = models.CharField("écriture", max_length=250)
    folded = models.CharField("écriture réduite", max_length=250)

    class Meta:
        verbose_name = "écriture"
        verbose_name_plural = "écritures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "folded"],
                name="reference_alias_once",
                violation_error_message="Cette écriture désigne déjà un terme de ce référentiel.",
            ),
            models.CheckConstraint(
                condition=~Q(folded=""),
                name="reference_alias_not_empty",
                violation_error_message="Une écriture contient au moins une lettre ou un chiffre.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Region(models.Model):
    """A région académique. Its name and days are those of its term."""

    term = models.OneToOneField(Term, models.PROTECT, related_name="region", verbose_name="terme")
    code = models.CharField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=250)
    valid_from = models.DateField("premier jour de validité", null=True, blank=True)
    valid_to = models.DateField("dernier jour de validité", null=True, blank=True)

    class Meta:
        verbose_name = "région académique"
        verbose_name_plural = "régions académiques"
        constraints: ClassVar = [_days_in_order("reference_region_days_in_order")]

    def __str__(self) -> str:
        return self.name


class Academy(models.Model):
    """An académie, or what takes its place overseas. Written with its term, by the loader alone."""

    term = models.OneToOneField(Term, models.PROTECT, related_name="academy", verbose_name="terme")
    code = models.CharField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=250)
    kind = models.CharField("nature", max_length=40, choices=AcademyKind.choices())
    former_kind = models.CharField(
        "nature précédente", max_length=40, choices=AcademyKind.choices(), blank=True
    )
    kind_since = models.DateField("premier jour de la nature présente", null=True, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="academies",
        verbose_name="région",
    )
    departments = models.JSONField("départements", default=list)  # codes as text: « 2A », « 01 »
    overseas = models.BooleanField("outre-mer", default=False)
    valid_from = models.DateField("premier jour de validité", null=True, blank=True)
    valid_to = models.DateField("dernier jour de validité", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="académie qui lui succède",
    )
    source = models.TextField("source", blank=True)
    note = models.TextField("note", blank=True)

    class Meta:
        verbose_name = "académie"
        verbose_name_plural = "académies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(former_kind="", kind_since=None)
                | (~Q(former_kind="") & Q(kind_since__isnull=False)),
                name="reference_academy_former_kind_dated",
                violation_error_message="Un changement de nature porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_to__isnull=False),
                name="reference_academy_succeeded_is_ended",
                violation_error_message="Une académie qui a une suite a une fin.",
            ),
            _days_in_order("reference_academy_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """One row: what tells a kept snapshot that the vocabularies have changed since."""

    number = models.PositiveBigIntegerField("numéro", default=0)
    # Chained from the one before and what changed: equal after equal histories, never by chance.
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "version des référentiels"
        verbose_name_plural = "version des référentiels"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="reference_version_one_row",
                violation_error_message="La version des référentiels tient en une ligne.",
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
