"""The year of a group: due dates and their reminders; hours granted, split and spent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.access.sql import OverWhich
from traam.campaigns.models import Campaign
from traam.groups.models.team import Member, NationalGroup, Team
from traam.groups.rules.life import Step
from traam.people.models import User
from traam.reference.models import Academy


class Due(models.Model):
    """A due date of a group, met by each team; it never slides: a new date is a change, told."""

    group = models.ForeignKey(
        NationalGroup, on_delete=models.CASCADE, related_name="dues", verbose_name="groupe"
    )
    key = models.SlugField("clé", max_length=40)  # « shared », « tested », « synthesis »…
    title = models.CharField("intitulé", max_length=200)
    due_on = models.DateField("pour le")  # inclusive
    changed_at = models.DateTimeField("changée à", null=True)  # for calendars

    class Meta:
        verbose_name = "échéance"
        verbose_name_plural = "échéances"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "key"], name="due_key_once_in_a_group"),
        ]

    def __str__(self) -> str:
        return self.title


class Done(models.Model):
    """A due date met by a team, declared by someone; what the data show needs no such row."""

    due = models.ForeignKey(
        Due, on_delete=models.CASCADE, related_name="done", verbose_name="échéance"
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="+", verbose_name="équipe"
    )
    done_at = models.DateTimeField("tenue à")
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "échéance tenue"
        verbose_name_plural = "échéances tenues"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["due", "team"], name="due_done_once_by_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.team_id}"


class Reminder(models.Model):
    """A reminder that was sent: each step once for a due date, a date and a team."""

    due = models.ForeignKey(
        Due, on_delete=models.CASCADE, related_name="reminders", verbose_name="échéance"
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="+", verbose_name="équipe"
    )
    due_on = models.DateField("pour le")  # as it was: a new date is reminded anew
    step = models.CharField("étape", max_length=10, choices=Step.choices())
    sent_at = models.DateTimeField("envoyé à")

    class Meta:
        verbose_name = "rappel"
        verbose_name_plural = "rappels"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["due", "team", "due_on", "step"], name="reminder_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.step}"


class TrancheQuerySet(OverWhich, models.QuerySet["Tranche"]):
    pass


class Tranche(models.Model):
    """Hours notified to an academy for a campaign, in one go (20 h, then 30 h: `process.md` §3)."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.PROTECT, related_name="+", verbose_name="académie"
    )
    label = models.CharField("intitulé", max_length=100)
    hours = models.DecimalField("heures", max_digits=6, decimal_places=2)
    notified_on = models.DateField("notifiée le")
    noted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="saisie par"
    )

    SCOPE_PATHS: ClassVar = {"academy": ("academy__code", "academy__successor__code")}

    objects: ClassVar[models.Manager["Tranche"]] = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = "tranche d’heures"
        verbose_name_plural = "tranches d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "academy", "label"], name="tranche_label_once"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="tranche_is_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class Allotment(models.Model):
    """What the academy's delegate gives a team out of its tranches; changed, it is a new row."""

    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="allotments", verbose_name="équipe"
    )
    hours = models.DecimalField("heures", max_digits=6, decimal_places=2)  # negative: taken back
    reason = models.TextField("motif", blank=True, default="")
    given_at = models.DateTimeField("attribuées à")
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="attribuées par"
    )

    class Meta:
        verbose_name = "dotation d’une équipe"
        verbose_name_plural = "dotations des équipes"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(hours=0), name="allotment_is_not_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.hours}"


class Spent(models.Model):
    """Hours of a member, declared by the référent, attested by the inspector; never overspent."""

    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="spent", verbose_name="équipe"
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name="membre"
    )
    hours = models.DecimalField("heures", max_digits=6, decimal_places=2)
    on = models.DateField("le")
    what = models.CharField("pour", max_length=200)
    declared_at = models.DateTimeField("déclarées à")
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="déclarées par"
    )
    attested_at = models.DateTimeField("attestées à", null=True)
    attested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="attestées par"
    )
    cancelled_at = models.DateTimeField("annulées à", null=True)
    reason = models.TextField("motif", blank=True, default="")  # why cancelled, or attested no more

    class Meta:
        verbose_name = "heures d’un membre"
        verbose_name_plural = "heures des membres"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="spent_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.hours}"
