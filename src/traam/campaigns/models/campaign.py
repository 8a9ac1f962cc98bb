"""Campaigns: their years, state, calendar, and the rules of their call."""

import json
from functools import lru_cache
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich
from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.call import CallRules
from traam.campaigns.rules.life import (
    ANNOUNCED_ON,
    CALL_CLOSED_ON,
    CALL_OPENED_ON,
    CampaignState,
)
from traam.campaigns.rules.years import UNKNOWN_YEAR, Years

RULES_MAX = 64  # contents kept by a process


def campaign_flags(state: str) -> frozenset[Flag]:
    """What a campaign's state makes true of all that belongs to it."""
    found = {
        Flag.CALL_OPEN: state in CALL_OPENED_ON,
        Flag.CALL_CLOSED: state in CALL_CLOSED_ON,
        Flag.ANNOUNCED: state in ANNOUNCED_ON,
    }
    return frozenset(flag for flag, is_true in found.items() if is_true)


def flag_paths(path: str) -> dict[str, Q]:
    """The same as conditions, for a model whose campaign's state is at `path`."""
    return {
        "call_open": Q(**{f"{path}__in": sorted(CALL_OPENED_ON)}),
        "call_closed": Q(**{f"{path}__in": sorted(CALL_CLOSED_ON)}),
        "announced": Q(**{f"{path}__in": sorted(ANNOUNCED_ON)}),
    }


class CampaignQuerySet(OverWhich, models.QuerySet["Campaign"]):
    def public(self) -> Self:
        """Those that everyone may see: their call has opened, or they are of the archive."""
        return self.filter(state__in=sorted(CALL_OPENED_ON))

    def prepared(self) -> Self:
        """Those that are led here, whatever their state; the archive is not."""
        return self.filter(is_archive=False)

    def latest_first(self) -> Self:
        """The latest years first; what has no year comes last."""
        return self.order_by(F("last_year").desc(nulls_last=True), "-first_year", "pk")


class Campaign(models.Model):
    """What is done over one school year, or over a span of them."""

    year = models.CharField("années", max_length=20, unique=True)  # the part of its address
    first_year = models.PositiveSmallIntegerField("commence à l’automne de", null=True)
    last_year = models.PositiveSmallIntegerField("finit à l’été de", null=True)
    state = models.CharField(
        "état",
        max_length=12,
        choices=CampaignState.choices(),
        default=CampaignState.PREPARATION,
    )
    is_archive = models.BooleanField("archive", default=False)
    is_demonstration = models.BooleanField("démonstration", default=False)
    rules = models.JSONField("règles de l’appel", default=dict, blank=True)  # see `call_rules`
    # Rules, weights and grid may no longer change: the first review has opened.
    frozen_at = models.DateTimeField("règles gelées à", null=True)
    state_at = models.DateTimeField("dans cet état depuis", null=True)
    letter = models.TextField("lettre d’appel", blank=True, default="")  # Markdown; "": the usual
    # The digests of the PDFs made when the call opened, as everyone may have them.
    letter_file = models.CharField("PDF de la lettre", max_length=64, blank=True, default="")
    brief_file = models.CharField(
        "PDF du cahier des charges", max_length=64, blank=True, default=""
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="copiée de"
    )

    SCOPE_PATHS: ClassVar = flag_paths("state")

    objects: ClassVar[models.Manager["Campaign"]] = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(last_year__gt=F("first_year")),
                name="campaign_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_archive=False) | Q(state="closed"),
                name="campaign_of_archive_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """« 2016-2017 », « année non connue »."""
        return "année non connue" if self.year == UNKNOWN_YEAR else self.years.address

    @property
    def years(self) -> Years:
        return Years(self.first_year, self.last_year)

    @property
    def state_label(self) -> str:
        return CampaignState(self.state).label

    @property
    def call_rules(self) -> CallRules:
        """Numbers, grid, weights and commitments of the call; the defaults where none is set."""
        return _rules(json.dumps(self.rules))

    @property
    def calendar(self) -> Calendar:
        """Its milestones, in one query (none where they were fetched with it)."""
        return Calendar({Milestone(one.kind): one.at for one in self.milestones.all()})

    def place(self) -> Place:
        return Place(state=self.state, flags=campaign_flags(self.state))


@lru_cache(maxsize=RULES_MAX)
def _rules(text: str) -> CallRules:
    """The rules that this says: a list reads those of its campaign once, not for each of its rows
    (they are frozen)."""
    return CallRules.read(json.loads(text))


class MilestoneDate(models.Model):
    """One instant of a campaign's calendar."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="milestones", verbose_name="campagne"
    )
    kind = models.CharField("étape", max_length=20, choices=Milestone.choices())
    at = models.DateTimeField("à")

    class Meta:
        verbose_name = "date du calendrier"
        verbose_name_plural = "dates du calendrier"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "kind"],
                name="campaign_has_a_milestone_once",
                violation_error_message="Cette étape a déjà une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.kind}"


class Questionnaire(models.Model):
    """A version of the questions that a campaign asks of applications: a draft until published.

    `content` is what `rules.questions` reads: sections and questions, each with a stable identity.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="questionnaires", verbose_name="campagne"
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    published_at = models.DateTimeField("publié à", null=True)

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="questionnaire_version_once"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(published_at=None),
                name="questionnaire_one_draft",
                violation_error_message="Un brouillon du questionnaire existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} v{self.number}"
