"""Cross-tests: who tests whose production, and the plan that was computed for a group."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.groups.models import NationalGroup, Team
from traam.people.models import User
from traam.productions.models import Production
from traam.trials.models.trial import Trial
from traam.trials.rules.life import COUNTED, CrossTestState


class CrossTestPlan(models.Model):
    """An assignment computed for a group: what it was given, what it says, and who adopted it.

    `instance` and `result` are the optimiser's, so that the plan can be computed again.
    """

    group = models.ForeignKey(
        NationalGroup, on_delete=models.PROTECT, related_name="+", verbose_name="groupe"
    )
    number = models.PositiveIntegerField("numéro")
    instance = models.JSONField("données")
    result = models.JSONField("résultat")
    digest = models.CharField("empreinte", max_length=64)
    made_at = models.DateTimeField("calculé à")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )
    adopted_at = models.DateTimeField("adopté à", null=True)
    adopted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="adopté par"
    )

    class Meta:
        verbose_name = "plan de tests croisés"
        verbose_name_plural = "plans de tests croisés"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="cross_test_plan_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} plan {self.number}"


class CrossTestQuerySet(OverWhich, models.QuerySet["CrossTest"]):
    pass


class CrossTest(models.Model):
    """A production to be tested by a team of another academy; accepted, it is a trial."""

    production = models.ForeignKey(
        Production, on_delete=models.PROTECT, related_name="+", verbose_name="production"
    )
    tester = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", verbose_name="équipe qui teste"
    )
    plan = models.ForeignKey(
        CrossTestPlan, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="plan"
    )
    state = models.CharField(
        "état", max_length=10, choices=CrossTestState.choices(), default=CrossTestState.ASKED
    )
    state_at = models.DateTimeField("dans cet état depuis")
    reason = models.TextField("motif", blank=True, default="")
    due_on = models.DateField("pour le", null=True)
    asked_at = models.DateTimeField("demandé à")
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="demandé par"
    )
    trial = models.OneToOneField(
        Trial, on_delete=models.PROTECT, null=True, related_name="cross_test", verbose_name="essai"
    )

    SCOPE_PATHS: ClassVar = {
        # « team » is the tester's: who answers; the author's team reads it as its group does.
        "team": "tester__code",
        "group_team": ("tester__group__teams__code", "production__team__group__teams__code"),
        "theme": ("production__team__group__theme__code", "tester__group__theme__code"),
        "state": "state",
    }

    objects: ClassVar[models.Manager["CrossTest"]] = CrossTestQuerySet.as_manager()

    class Meta:
        verbose_name = "test croisé"
        verbose_name_plural = "tests croisés"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["production", "tester"],
                condition=Q(state__in=sorted(COUNTED)),
                name="cross_test_once_by_a_team",
                violation_error_message="Cette équipe teste déjà cette production.",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="cross_test_declined_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(trial__isnull=False),
                name="cross_test_closed_has_a_trial",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.production_id} par {self.tester_id}"

    def place(self) -> Place:
        """Where it stands: between the tester's team and the production's group."""
        tester, tested = self.tester.place(), self.production.team.place()
        return Place(
            academies=tester.academies,
            academy_names=tester.academy_names,
            themes=tester.themes | tested.themes,
            teams=tester.teams,
            group_teams=tester.group_teams | tested.group_teams,
            state=self.state,
        )
