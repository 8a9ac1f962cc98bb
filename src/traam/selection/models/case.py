"""A deposited application under study, and the reviews that it is given."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich, Via
from traam.applications.models import Application, Deposit
from traam.applications.rules.life import MAY_READ
from traam.campaigns.models import Campaign, Theme, flag_paths
from traam.people.models import User
from traam.selection.rules.life import ReviewState

CLEARED = Via(
    "case__application__examiners__person",
    where=Q(case__application__examiners__standing__in=sorted(MAY_READ)),
)


class CaseQuerySet(OverWhich, models.QuerySet["Case"]):
    pass


class Case(models.Model):
    """An application as it is studied; campaign and theme repeated, for lists."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="+", verbose_name="candidature"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="+", verbose_name="thème"
    )
    opened_at = models.DateTimeField("ouvert à")

    SCOPE_PATHS: ClassVar = {
        "academy": "application__academy__code",
        "theme": "theme__code",
        "author": "application__authors__person",
        "inspector": "application__inspectors__person",
        "cleared": Via(
            "application__examiners__person",
            where=Q(application__examiners__standing__in=sorted(MAY_READ)),
        ),
        "state": "application__state",
        **flag_paths("campaign__state"),
        "retained": Q(decision__kind="retained"),
    }

    objects: ClassVar[models.Manager["Case"]] = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier à l’étude"
        verbose_name_plural = "dossiers à l’étude"
        indexes: ClassVar = [
            models.Index(fields=["campaign", "theme", "id"], name="cases_in_order"),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"

    def place(self) -> Place:
        """Where it stands: its application's place; the decision's own flag is added there."""
        return self.application.place()


class ReviewQuerySet(OverWhich, models.QuerySet["Review"]):
    pass


class Review(models.Model):
    """One person's reading of a case. `scores`: by criterion's key. `deposit`: the version read.

    `fields`: by field of the form, the version of its text and the key of the save that wrote it;
    `asides`: the texts that another tab wrote at once, until one of the two is chosen.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="reviews", verbose_name="dossier"
    )
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="relecteur·rice"
    )
    state = models.CharField(
        "état", max_length=10, choices=ReviewState.choices(), default=ReviewState.ASSIGNED
    )
    deposit = models.ForeignKey(
        Deposit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="version lue"
    )
    scores = models.JSONField("notes", default=dict, blank=True)
    comment = models.TextField("appréciation", blank=True, default="")
    advice = models.TextField("remarques pour l’académie", blank=True, default="")
    total = models.DecimalField("total sur 20", max_digits=5, decimal_places=3, null=True)
    version = models.PositiveIntegerField("version", default=0)
    fields = models.JSONField("versions des champs", default=dict, blank=True)
    asides = models.JSONField("textes à départager", default=list, blank=True)
    saved_at = models.DateTimeField("enregistré à", null=True)
    assigned_at = models.DateTimeField("confié à")
    assigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="confié par"
    )
    submitted_at = models.DateTimeField("rendu à", null=True)
    declined_for = models.CharField("décliné pour", max_length=20, blank=True, default="")
    reason = models.TextField("motif", blank=True, default="")

    SCOPE_PATHS: ClassVar = {
        "theme": "case__theme__code",
        "academy": "case__application__academy__code",
        "reviewer": "reviewer",
        "reviewed_by": Via(
            "case__reviews__reviewer", where=Q(case__reviews__state=ReviewState.SUBMITTED)
        ),
        "cleared": CLEARED,
        "state": "state",
        **flag_paths("case__campaign__state"),
    }

    objects: ClassVar[models.Manager["Review"]] = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "reviewer"],
                name="review_once_for_a_reviewer",
                violation_error_message="Cette personne a déjà un avis à rendre sur ce dossier.",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False, total__gte=0),
                name="review_submitted_has_date_and_total",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reviewer", "state", "id"], name="reviews_of_a_reviewer"),
        ]

    def __str__(self) -> str:
        return f"avis {self.pk}"

    def place(self) -> Place:
        """Where the review stands for `access`."""
        base = self.case.place()
        given = (one for one in self.case.reviews.all() if one.state == ReviewState.SUBMITTED)
        return Place(
            academies=base.academies,
            themes=base.themes,
            reviewers=frozenset({self.reviewer_id}),
            reviewed_by=frozenset(one.reviewer_id for one in given),
            cleared=base.cleared,
            state=self.state,
            flags=base.flags,
        )
