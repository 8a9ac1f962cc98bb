"""Computed and written variants of the choice, locks, decisions, and what seals them together."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich
from traam.campaigns.models import Campaign, flag_paths
from traam.kit.labels import Labelled
from traam.people.models import User
from traam.reference.models import Academy
from traam.selection.models.case import CLEARED, Case
from traam.selection.rules.life import DecisionKind, DecisionState


def academies_of(academy: Academy) -> frozenset[str]:
    """The code of an academy, and of that which it was merged into, if it was."""
    return frozenset({academy.code, *([academy.successor.code] if academy.successor else [])})


class SealKind(Labelled):
    """What a seal holds together."""

    RULES = "rules", "règles, poids et grille, avant le premier avis"
    CHOICE = "choice", "entrées, règles, variantes et décisions"


class Seal(models.Model):
    """A canonical document and its SHA-256, never changed; the journal holds the digest too."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    kind = models.CharField("sorte", max_length=10, choices=SealKind.choices())
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    sealed_at = models.DateTimeField("scellé à")

    class Meta:
        verbose_name = "scellé"
        verbose_name_plural = "scellés"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "kind", "number"], name="seal_number_once"),
        ]

    def __str__(self) -> str:
        return self.digest


class Variant(models.Model):
    """A choice that was computed and kept: the instance given, the result, under a name."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    name = models.CharField("nom", max_length=200)
    instance = models.JSONField("données du calcul")
    result = models.JSONField("résultat")
    digest = models.CharField("empreinte", max_length=64)  # of instance and result
    computed_at = models.DateTimeField("calculée à")
    computed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="calculée par"
    )
    is_reference = models.BooleanField("proposition de référence", default=False)

    class Meta:
        verbose_name = "variante"
        verbose_name_plural = "variantes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="variant_name_once",
                violation_error_message="Une variante porte déjà ce nom.",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(is_reference=True),
                name="variant_one_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lock(models.Model):
    """A case that must be in, or out, of the computed choice, and why; lifted, its trace stays."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="locks", verbose_name="dossier"
    )
    is_in = models.BooleanField("retenu d’office")
    reason = models.TextField("motif")
    locked_at = models.DateTimeField("posé à")
    locked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="posé par"
    )
    lifted_at = models.DateTimeField("levé à", null=True)

    class Meta:
        verbose_name = "verrou"
        verbose_name_plural = "verrous"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(lifted_at=None),
                name="case_locked_once",
                violation_error_message="Ce dossier porte déjà un verrou.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {'in' if self.is_in else 'out'}"


class Pair(models.Model):
    """Two cases that cannot both be in the computed choice, and why; lifted, its trace stays."""

    one = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", verbose_name="dossier"
    )
    other = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", verbose_name="autre dossier"
    )
    reason = models.TextField("motif")
    made_at = models.DateTimeField("déclarée à")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="déclarée par"
    )
    lifted_at = models.DateTimeField("levée à", null=True)

    class Meta:
        verbose_name = "paire incompatible"
        verbose_name_plural = "paires incompatibles"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(one__lt=F("other")),
                name="pair_is_of_two_in_order",
                violation_error_message="Une paire est de deux dossiers.",
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(lifted_at=None),
                name="pair_once",
                violation_error_message="Ces deux dossiers sont déjà déclarés incompatibles.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class DecisionQuerySet(OverWhich, models.QuerySet["Decision"]):
    pass


class Decision(models.Model):
    """What becomes of a case: prepared in private, announced with all the others.

    `reason`: for the academy where it is not retained. `remarks`: chosen for the academy.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="decision", verbose_name="dossier"
    )
    kind = models.CharField("décision", max_length=12, choices=DecisionKind.choices())
    state = models.CharField(
        "état", max_length=10, choices=DecisionState.choices(), default=DecisionState.PREPARED
    )
    rank = models.PositiveSmallIntegerField("rang sur la liste complémentaire", null=True)
    reason = models.TextField("motif", blank=True, default="")
    remarks = models.TextField("remarques pour l’académie", blank=True, default="")
    version = models.PositiveIntegerField("version", default=0)
    prepared_at = models.DateTimeField("préparée à")
    prepared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="préparée par"
    )
    announced_at = models.DateTimeField("annoncée à", null=True)

    SCOPE_PATHS: ClassVar = {
        "theme": "case__theme__code",
        # Merged since: today's successor reads it and answers for it.
        "academy": (
            "case__application__academy__code",
            "case__application__academy__successor__code",
        ),
        "author": "case__application__authors__person",
        "inspector": "case__application__inspectors__person",
        "cleared": CLEARED,
        "state": "state",
        **flag_paths("case__campaign__state"),
        "announced": Q(state=DecisionState.ANNOUNCED),
        "retained": Q(kind=DecisionKind.RETAINED),
    }

    objects: ClassVar[models.Manager["Decision"]] = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="reserve", rank__gte=1) | (~Q(kind="reserve") & Q(rank=None)),
                name="decision_rank_is_of_a_reserve",
                violation_error_message="Un rang se donne aux dossiers en réserve, à eux seuls.",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(announced_at__isnull=False),
                name="decision_announced_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_retained", state="announced") | ~Q(reason=""),
                name="decision_refusal_has_a_reason",
                violation_error_message="Un refus annoncé donne son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    def place(self) -> Place:
        """Where it stands: its case, announced or not by itself, retained or not."""
        base = self.case.place()
        flags = set(base.flags) - {Flag.ANNOUNCED}
        if self.state == DecisionState.ANNOUNCED:
            flags.add(Flag.ANNOUNCED)
        if self.kind == DecisionKind.RETAINED:
            flags.add(Flag.RETAINED)
        return Place(
            academies=academies_of(self.case.application.academy),
            academy_names=base.academy_names,
            themes=base.themes,
            authors=base.authors,
            inspectors=base.inspectors,
            cleared=base.cleared,
            state=self.state,
            flags=frozenset(flags),
        )


class Departure(models.Model):
    """Where people decided otherwise than the computed choice, and why: a journal of departures."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="departures", verbose_name="dossier"
    )
    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="departures", verbose_name="variante"
    )
    computed = models.CharField("proposé", max_length=12)
    decided = models.CharField("décidé", max_length=12)
    reason = models.TextField("motif")
    price = models.DecimalField("prix, en points", max_digits=10, decimal_places=3, null=True)
    at = models.DateTimeField("à")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "écart à la proposition"
        verbose_name_plural = "écarts à la proposition"

    def __str__(self) -> str:
        return f"{self.case_id} {self.computed} {self.decided}"


class CaseEvent(models.Model):
    """Why a lock was lifted, a decision arbitrated or taken back: the reason, which no journal may
    keep.

    `kind` is the journal's verb; `version`: of the decision when it was taken back, so that the
    next one counts on.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="events", verbose_name="dossier"
    )
    kind = models.CharField("acte", max_length=60)
    reason = models.TextField("motif")
    version = models.PositiveIntegerField("version", default=0)
    at = models.DateTimeField("à")
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    channel = models.CharField("d’après", max_length=100, blank=True, default="")  # « courriel »

    class Meta:
        verbose_name = "événement d’un dossier"
        verbose_name_plural = "événements des dossiers"

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
