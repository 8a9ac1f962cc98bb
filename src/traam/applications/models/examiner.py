"""Who is called to judge an application, and the conflicts that forbid it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from traam.applications.models.application import Application
from traam.applications.rules.life import Standing
from traam.people.models import User


class Examiner(models.Model):
    """An expert or inspector general before an application: no row, or a conflict, no reading.

    `kinds`: the conflicts found (`ConflictKind`), separated by spaces. The row is what opens the
    application to them: whoever was not checked reads nothing.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="examiners", verbose_name="candidature"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )
    standing = models.CharField("situation", max_length=10, choices=Standing.choices())
    kinds = models.CharField("conflits", max_length=60, blank=True, default="")
    reason = models.TextField("motif", blank=True, default="")
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tranché par"
    )
    checked_at = models.DateTimeField("vérifié à")

    class Meta:
        verbose_name = "examinateur·rice"
        verbose_name_plural = "examinateur·rices"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "person"], name="examiner_once"),
            models.CheckConstraint(
                condition=~Q(standing="dismissed") | ~Q(reason=""),
                name="examiner_dismissed_has_a_reason",
                violation_error_message="Écarter un conflit demande un motif.",
            ),
            models.CheckConstraint(
                condition=~Q(standing="clear") | Q(kinds=""), name="examiner_clear_has_no_conflict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"
