"""The agreement of a school to a trial: asked from a partner of the team, and answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.place import Place
from traam.access.sql import OverWhich
from traam.people.models import User
from traam.trials.models.trial import Trial
from traam.trials.rules.life import AgreementState


class AgreementQuerySet(OverWhich, models.QuerySet["Agreement"]):
    pass


class Agreement(models.Model):
    """What a partner (a head of school) answers to a trial: one row for both, moved by their acts.

    It locks nothing: people decide. `asked_at`: the last time; `reason`: that of the refusal.
    """

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, related_name="agreements", verbose_name="essai"
    )
    partner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé à"
    )
    state = models.CharField(
        "état", max_length=10, choices=AgreementState.choices(), default=AgreementState.ASKED
    )
    state_at = models.DateTimeField("dans cet état depuis")
    reason = models.TextField("motif", blank=True, default="")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="demandé par"
    )

    SCOPE_PATHS: ClassVar = {
        "team": "trial__team__code",
        "asked": "partner",
        "state": "trial__state",
    }

    objects: ClassVar[models.Manager["Agreement"]] = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "accord d’un établissement"
        verbose_name_plural = "accords des établissements"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "partner"], name="agreement_once_a_partner"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="agreement_refused_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.partner_id}"

    def place(self) -> Place:
        """Where it stands: the team and the state of its trial, the person asked."""
        team = self.trial.team
        return Place(
            academy_names=(team.named,),
            teams=frozenset({team.code}),
            asked=frozenset({self.partner_id}),
            state=self.trial.state,
        )
