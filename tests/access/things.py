"""A model made for these tests: it keeps its facts in every way that a real model might."""
# ruff: noqa: DJ008

from typing import ClassVar

from django.apps.registry import Apps
from django.db import models
from django.db.migrations.state import AppConfigStub
from django.db.models import Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich, Via

APPS = Apps([AppConfigStub("things")])  # a registry of their own: no other test sees them


class ThingQuerySet(OverWhich, models.QuerySet):
    pass


class Label(models.Model):
    """A code that many things may share."""

    code = models.CharField(max_length=20, unique=True)

    class Meta:
        app_label = "things"
        apps = APPS


class Group(models.Model):
    is_distributed = models.BooleanField(default=False)
    teams = models.ManyToManyField(Label, related_name="+")

    class Meta:
        app_label = "things"
        apps = APPS


class Human(models.Model):
    class Meta:
        app_label = "things"
        apps = APPS


def _flag():
    return models.BooleanField(null=True)  # NULL is not true


class Thing(models.Model):
    theme = models.CharField(max_length=20)  # in the row itself
    academies = models.ManyToManyField(Label, related_name="+")  # many to many
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE)  # and beyond it
    authors = models.ManyToManyField(Human, related_name="+")
    inspector = models.ForeignKey(Human, null=True, on_delete=models.CASCADE, related_name="+")
    reviewers = models.ManyToManyField(Human, related_name="+")
    asked = models.ManyToManyField(Human, related_name="+")
    cleared = models.ManyToManyField(Human, related_name="+")
    state = models.CharField(max_length=30)
    call = models.CharField(max_length=10)  # two flags in one column
    announced = _flag()
    retained = _flag()
    shared = _flag()
    started = _flag()
    closed = _flag()
    validated = _flag()
    published = _flag()

    SCOPE_PATHS: ClassVar = {
        "academy": "academies__code",
        "discipline": Via("tags__code", where=Q(tags__kind="discipline")),
        "theme": "theme",
        "team": Via("tags__code", where=Q(tags__kind="team")),
        "group_team": "group__teams__code",
        "author": "authors",
        "inspector": "inspector",
        "reviewer": "reviewers",
        "asked": "asked",
        "cleared": "cleared",
        "reviewed_by": "opinions__author",
        "person": ("pk", "opinions__author"),  # about itself, and who gave an opinion
        "state": "state",
        "call_open": Q(call="open"),
        "call_closed": Q(call="closed"),
        "announced": "announced",
        "retained": "retained",
        "shared": "shared",
        "started": "started",
        "closed": "closed",
        "validated": "validated",
        "distributed": "group__is_distributed",
        "published": "published",
        "academic": None,
    }

    objects = ThingQuerySet.as_manager()

    class Meta:
        app_label = "things"
        apps = APPS

    def _tags(self, kind: str) -> frozenset[str]:
        return frozenset(self.tags.filter(kind=kind).values_list("code", flat=True))

    def _flags(self) -> frozenset[Flag]:
        kept = {flag for flag in Flag if getattr(self, flag.value, None) is True}
        kept |= {Flag.CALL_OPEN} if self.call == "open" else set()
        kept |= {Flag.CALL_CLOSED} if self.call == "closed" else set()
        kept |= {Flag.DISTRIBUTED} if self.group and self.group.is_distributed else set()
        return frozenset(kept)

    def place(self) -> Place:
        teams = self.group.teams.values_list("code", flat=True) if self.group else ()
        return Place(
            academies=frozenset(self.academies.values_list("code", flat=True)),
            disciplines=self._tags("discipline"),
            themes=frozenset({self.theme}),
            teams=self._tags("team"),
            group_teams=frozenset(teams),
            authors=frozenset(self.authors.values_list("pk", flat=True)),
            inspectors=frozenset({self.inspector_id} - {None}),
            reviewers=frozenset(self.reviewers.values_list("pk", flat=True)),
            asked=frozenset(self.asked.values_list("pk", flat=True)),
            cleared=frozenset(self.cleared.values_list("pk", flat=True)),
            reviewed_by=frozenset(self.opinions.values_list("author_id", flat=True)),
            persons=frozenset({self.pk, *self.opinions.values_list("author_id", flat=True)}),
            state=self.state,
            flags=self._flags(),
        )


class Tag(models.Model):
    """A row of the thing's own, of one kind or another."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=20)

    class Meta:
        app_label = "things"
        apps = APPS


class Opinion(models.Model):
    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="opinions")
    author = models.ForeignKey(Human, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "things"
        apps = APPS


MODELS = (Label, Group, Human, Thing, Tag, Opinion)
FLAG_FIELDS = ("announced", "retained", "shared", "started", "closed", "validated", "published")


def make(
    *,
    academies=(),
    disciplines=(),
    theme="",
    teams=(),
    group_teams=None,
    authors=(),
    inspector=None,
    reviewers=(),
    reviewed_by=(),
    asked=(),
    cleared=(),
    state="draft",
    call="",
    distributed=False,
    flags=(),
) -> Thing:
    """A thing with these facts; `group_teams` None: it belongs to no group."""
    for person in {*authors, *reviewers, *reviewed_by, *asked, *cleared} | (
        {inspector} if inspector else set()
    ):
        Human.objects.get_or_create(pk=person)
    group = None
    if group_teams is not None:
        group = Group.objects.create(is_distributed=distributed)
        group.teams.set(labels(group_teams))
    thing = Thing.objects.create(
        theme=theme,
        group=group,
        inspector_id=inspector,
        state=state,
        call=call,
        **dict.fromkeys(flags, True),
    )
    thing.academies.set(labels(academies))
    thing.authors.set(authors)
    thing.reviewers.set(reviewers)
    thing.asked.set(asked)
    thing.cleared.set(cleared)
    for kind, codes in (("discipline", disciplines), ("team", teams)):
        for code in codes:
            Tag.objects.create(thing=thing, kind=kind, code=code)
    for person in reviewed_by:
        Opinion.objects.create(thing=thing, author_id=person)
    return thing


def labels(codes) -> list[Label]:
    return [Label.objects.get_or_create(code=code)[0] for code in codes]
