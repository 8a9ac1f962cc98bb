"""The journal's two tables. Triggers of the database refuse any change but setting a seal, once."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from traam.journal.rules import Line


class Seal(models.Model):
    """A closed batch of entries, chained to the one before."""

    number = models.PositiveBigIntegerField("numéro", unique=True)
    sealed_at = models.DateTimeField("scellé à")
    digest = models.CharField("empreinte", max_length=64)
    previous = models.CharField("empreinte précédente", max_length=64)
    entry_count = models.PositiveIntegerField("nombre d’inscriptions")
    # [id, mark] of each entry, to name the one that was altered; None: sealed before marks were.
    marks = models.JSONField("repères des inscriptions", null=True)

    class Meta:
        verbose_name = "sceau"
        verbose_name_plural = "sceaux"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["previous"], name="seal_follows_one_other"),
            models.CheckConstraint(
                condition=Q(number__gte=1, entry_count__gte=1), name="seal_covers_something"
            ),
        ]

    def __str__(self) -> str:
        return f"sceau {self.number}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def unsealed(self) -> Self:
        """The entries that no seal covers yet."""
        return self.filter(seal__isnull=True)

    def between(self, *, first: date | None, last: date | None) -> Self:
        """From the first day to the last, both included, in Paris time."""
        kept = self
        if first:
            kept = kept.filter(at__date__gte=first)
        if last:
            kept = kept.filter(at__date__lte=last)
        return kept


class Entry(models.Model):
    """Who did what to what, and when: keys, states, codes and digests; never a name."""

    at = models.DateTimeField("à")
    actor = models.PositiveBigIntegerField("clé de la personne", null=True)
    on_behalf_of = models.PositiveBigIntegerField("au nom de (clé)", null=True)
    verb = models.CharField("acte", max_length=60)
    subject = models.CharField("objet", max_length=160)
    before = models.JSONField("avant", default=dict)
    after = models.JSONField("après", default=dict)
    seal = models.ForeignKey(
        Seal, on_delete=models.PROTECT, null=True, related_name="entries", verbose_name="sceau"
    )

    objects: ClassVar[models.Manager["Entry"]] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription au journal"
        verbose_name_plural = "inscriptions au journal"
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="entry_by_subject"),
            models.Index(fields=["verb", "id"], name="entry_by_verb"),
            models.Index(fields=["actor", "id"], name="entry_by_actor"),
            models.Index(fields=["at"], name="entry_by_instant"),
            models.Index(fields=["id"], condition=Q(seal__isnull=True), name="entry_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def line(self) -> Line:
        """The entry as it is sealed."""
        return Line(
            id=self.pk,
            at=self.at,
            actor=self.actor,
            on_behalf_of=self.on_behalf_of,
            verb=self.verb,
            subject=self.subject,
            before=self.before,
            after=self.after,
        )
