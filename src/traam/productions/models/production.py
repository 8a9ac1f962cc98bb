"""Productions: what a team writes, its versions, its authors, where it comes from."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from traam.access.place import Flag, Place
from traam.access.sql import OverWhich, Via
from traam.campaigns.models import Campaign
from traam.groups.models import Team, academy_paths
from traam.people.models import User
from traam.productions.rules.life import (
    LIVING,
    SHARED_ON,
    Authorisation,
    ProductionState,
    Recognisable,
    Uses,
)


class ProductionQuerySet(OverWhich, models.QuerySet["Production"]):
    def living(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(state__in=sorted(LIVING))

    def shared(self) -> Self:
        """Those that the national group reads: what cross-tests are asked about."""
        return self.filter(state__in=sorted(SHARED_ON))


class Production(models.Model):
    """A scenario, or any other production of a team; `kind`: a code of the vocabulary « kinds ».

    Long texts are Markdown. `version` counts every save (optimistic); `number` counts the published
    versions, the one being written included. `ark`: its notice, once published; it is kept while a
    new version is written, and when the notice is withdrawn.
    """

    code = models.SlugField("code", max_length=80, unique=True)  # part of its address
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", verbose_name="équipe"
    )
    campaign = models.ForeignKey(  # the team's, repeated for lists
        Campaign, on_delete=models.PROTECT, related_name="+", verbose_name="campagne"
    )
    kind = models.CharField("sorte", max_length=40)
    state = models.CharField(
        "état",
        max_length=10,
        choices=ProductionState.choices(),
        default=ProductionState.DRAFT,
    )
    state_at = models.DateTimeField("dans cet état depuis")
    # Lines keep more than may be shared: a draft keeps what was typed, its faults said beside it.
    title = models.CharField("titre", max_length=1000, blank=True, default="")
    hook = models.CharField("accroche", max_length=1000, blank=True, default="")
    aim = models.TextField("objectif", blank=True, default="")
    steps = models.TextField("déroulement", blank=True, default="")
    duration = models.CharField("durée", max_length=1000, blank=True, default="")
    summary = models.TextField("résumé pour les non-spécialistes", blank=True, default="")
    needs = models.TextField("ce qu’il faut", blank=True, default="")
    licence = models.CharField("licence", max_length=40, blank=True, default="")  # « cc-by-sa-4.0 »
    number = models.PositiveIntegerField("numéro de version", default=1)
    version = models.PositiveIntegerField("enregistrements", default=0)
    # Of each field written: {"title": {"version": 12, "key": "a1b2-17", "by": 3, "at": "…"}}; its
    # version is that of the production when it was written.
    traces = models.JSONField("traces des champs", default=dict, blank=True)
    ark = models.CharField("identifiant pérenne", max_length=60, blank=True, default="")
    created_at = models.DateTimeField("commencée à")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="commencée par"
    )
    changed_at = models.DateTimeField("changée à")
    shared_at = models.DateTimeField("partagée à", null=True)
    published_at = models.DateTimeField("publiée à", null=True)

    SCOPE_PATHS: ClassVar = {
        "team": "team__code",
        "group_team": "team__group__teams__code",
        "theme": "team__group__theme__code",
        "academy": academy_paths("team"),
        "discipline": Via("terms__code", where=Q(terms__scheme="disciplines")),
        "author": "authors__person",
        "state": "state",
        "shared": Q(state__in=sorted(SHARED_ON)),
        "published": ~Q(ark=""),
    }

    objects: ClassVar[models.Manager["Production"]] = ProductionQuerySet.as_manager()

    class Meta:
        verbose_name = "production"
        verbose_name_plural = "productions"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(ark="") & Q(published_at__isnull=False) & ~Q(title="")),
                name="production_published_has_a_notice",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state"], name="productions_by_state"),
            models.Index(fields=["team", "state"], name="productions_of_a_team"),
        ]

    def __str__(self) -> str:
        return self.code

    def place(self) -> Place:
        """Where it stands: where its team does, its own authors and state."""
        team, group = self.team, self.team.group
        flags = set[Flag]()
        if self.state in SHARED_ON:
            flags.add(Flag.SHARED)
        if self.ark:
            flags.add(Flag.PUBLISHED)
        return Place(
            academies=team.academy_codes,
            academy_names=(team.named,),
            themes=frozenset({group.theme.code}),
            disciplines=frozenset(
                term.code for term in self.terms.all() if term.scheme == "disciplines"
            ),
            teams=frozenset({team.code}),
            group_teams=frozenset(one.code for one in group.teams.all()),
            authors=frozenset(one.person_id for one in self.authors.all()),
            state=self.state,
            flags=frozenset(flags),
        )


class ProductionTerm(models.Model):
    """A word of a vocabulary that describes a production, copied as it was.

    Schemes: disciplines, levels, cycles, school_types, competences, crcn, tools, programmes.
    """

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="terms", verbose_name="production"
    )
    scheme = models.CharField("référentiel", max_length=40)
    code = models.CharField("code", max_length=100)
    label = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "terme d’une production"
        verbose_name_plural = "termes des productions"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["production", "scheme", "code"], name="production_term_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CoAuthor(models.Model):
    """Someone who writes a production."""

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="authors", verbose_name="production"
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )

    class Meta:
        verbose_name = "auteur ou autrice d’une production"
        verbose_name_plural = "auteurs et autrices des productions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["production", "person"], name="co_author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.production_id} {self.person_id}"


class ProductionVersion(models.Model):
    """What a production said after one save: its fields, terms, files and links, as plain values.

    `digest`: SHA-256 of the canonical JSON of `content`.
    """

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="versions", verbose_name="production"
    )
    number = models.PositiveIntegerField("enregistrement")  # Production.version
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte", max_length=64)
    saved_at = models.DateTimeField("enregistrée à")
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "version d’une production"
        verbose_name_plural = "versions des productions"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["production", "number"], name="production_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.production_id} v{self.number}"


class ProductionEvent(models.Model):
    """An act on a production that says something to its readers: a return and its reason…"""

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="events", verbose_name="production"
    )
    kind = models.CharField("acte", max_length=60)  # the journal's verb
    reason = models.TextField("motif", blank=True, default="")
    channel = models.CharField("saisi d’après", max_length=100, blank=True, default="")
    at = models.DateTimeField("à")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "acte sur une production"
        verbose_name_plural = "actes sur les productions"

    def __str__(self) -> str:
        return f"{self.production_id} {self.kind}"


class Reprise(models.Model):
    """A production that starts from another: what it keeps, what it adapted. Never a loop.

    `source` None and `source_ark` set: taken from a notice of the archive.
    """

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="reprises", verbose_name="production"
    )
    source = models.ForeignKey(
        Production,
        on_delete=models.PROTECT,
        null=True,
        related_name="taken_by",
        verbose_name="reprise de",
    )
    source_ark = models.CharField("notice reprise", max_length=60, blank=True, default="")
    source_title = models.CharField("titre de la notice", max_length=300, blank=True, default="")
    source_number = models.PositiveIntegerField("version reprise", null=True)
    adapted = models.TextField("ce qui a été adapté", blank=True, default="")
    made_at = models.DateTimeField("faite à")
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "reprise"
        verbose_name_plural = "reprises"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["production", "source"],
                condition=Q(source__isnull=False),
                name="reprise_once_of_a_production",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(source_ark=""),
                name="reprise_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(source=None) | ~Q(source=F("production")),
                name="reprise_is_not_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.production_id} reprend {self.source_id or self.source_ark}"


class ProductionLink(models.Model):
    """An address outside, and whether it still answers (`health`: an HTTP status, 0 unknown)."""

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="links", verbose_name="production"
    )
    url = models.URLField("adresse", max_length=500)
    label = models.CharField("intitulé", max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField("rang")
    health = models.PositiveSmallIntegerField("santé", default=0)
    checked_at = models.DateTimeField("vérifié à", null=True)

    class Meta:
        verbose_name = "lien d’une production"
        verbose_name_plural = "liens des productions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["production", "url"], name="production_link_once"),
        ]

    def __str__(self) -> str:
        return self.url


class ProductionFile(models.Model):
    """A file of a production: its use, its licence, and whether it may be shown."""

    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, related_name="files", verbose_name="production"
    )
    file = models.ForeignKey(
        "documents.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name="fichier"
    )
    name = models.CharField("nom", max_length=200)
    use = models.CharField("usage", max_length=12)  # rules.life.FileUse
    description = models.CharField("texte de remplacement", max_length=300, blank=True, default="")
    credit = models.CharField("crédit", max_length=200, blank=True, default="")
    licence = models.CharField("licence", max_length=40, blank=True, default="")
    recognisable = models.CharField(
        "un élève est-il reconnaissable ?",
        max_length=8,
        choices=Recognisable.choices(),
        default=Recognisable.UNSAID,
    )
    authorisation = models.CharField(
        "autorisation",
        max_length=12,
        choices=Authorisation.choices(),
        default=Authorisation.NOT_NEEDED,
    )
    position = models.PositiveSmallIntegerField("rang")
    added_at = models.DateTimeField("ajouté à")
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "fichier d’une production"
        verbose_name_plural = "fichiers des productions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["production", "file"], name="production_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ToolSheet(models.Model):
    """What is known of a tool: who hosts it, its data, the least age; `code` of « tools »."""

    code = models.SlugField("code", max_length=100, unique=True)
    label = models.CharField("nom", max_length=200)
    host = models.CharField("hébergement", max_length=200, blank=True, default="")
    data = models.TextField("données traitées", blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField("âge minimal, en années", null=True)
    ai = models.CharField(
        "intelligence artificielle", max_length=8, choices=Uses.choices(), default=Uses.UNKNOWN
    )
    source = models.CharField("source", max_length=300, blank=True, default="")
    checked_on = models.DateField("vérifié le", null=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "fiche d’un outil"
        verbose_name_plural = "fiches des outils"

    def __str__(self) -> str:
        return self.label
