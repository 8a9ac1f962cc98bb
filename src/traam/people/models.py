"""Accounts and mandates. Names and addresses of people live here and nowhere else."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from traam.access.place import Flag, Place
from traam.access.roles import Role
from traam.access.sql import OverWhich, Via
from traam.kit.labels import Labelled
from traam.people.rules import ACADEMIC_ROLES, REASON_MAX, VIEW_NAME_MAX


class UserQuerySet(OverWhich, models.QuerySet["User"]):
    def personas(self) -> Self:
        """The accounts of the demonstration: functions, never persons."""
        return self.filter(persona__isnull=False)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Accounts are found by their address, folded to lower case."""

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email=(username or "").strip().lower())
        return user


class User(AbstractBaseUser):
    """An account: one person, or one functional mailbox. Its rights come from its mandates alone.

    Erased, it keeps its key (journal and post refer to it) and loses its name and address.
    """

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom affiché", max_length=200)
    persona = models.SlugField(
        "persona", max_length=60, unique=True, null=True, blank=True, default=None
    )
    is_active = models.BooleanField("actif", default=True)
    reason = models.CharField(  # why it was last closed or reopened
        "raison", max_length=REASON_MAX, blank=True, default=""
    )
    created_at = models.DateTimeField("créé à", db_default=Now())
    erased_at = models.DateTimeField("effacé à", null=True, blank=True, default=None)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    SCOPE_PATHS: ClassVar = {
        "academy": Via("mandates__scopes__code", where=Q(mandates__scopes__kind="academy")),
        "person": "pk",
    }

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(is_active=False, name="", reason="", email__endswith="@efface.invalid"),
                name="user_erased_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "compte effacé"

    def place(self) -> Place:
        """Where the account stands: the academies of its mandates."""
        scopes = MandateScope.objects.filter(mandate__person=self, kind=ScopeKind.ACADEMY)
        codes = frozenset(scopes.values_list("code", flat=True))
        return Place(academies=codes, persons=frozenset({self.pk}))


class ScopeKind(Labelled):
    """What a mandate is limited to."""

    ACADEMY = "academy", "académie"
    DISCIPLINE = "discipline", "discipline"
    THEME = "theme", "thème"
    TEAM = "team", "équipe"


class MandateQuerySet(OverWhich, models.QuerySet["Mandate"]):
    def in_force(self, today: date) -> Self:
        """Those that count today: begun, not ended (the end is exclusive)."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)


class Mandate(models.Model):
    """A role that a person holds over a scope for a period: `ends_on` exclusive, open if None."""

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="mandates", verbose_name="personne"
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices())
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au (exclu)", null=True, blank=True)

    SCOPE_PATHS: ClassVar = {
        "academy": Via("scopes__code", where=Q(scopes__kind="academy")),
        "person": "person",
        "academic": Q(role__in=sorted(ACADEMIC_ROLES)),
    }

    objects: ClassVar[models.Manager["Mandate"]] = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandats"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="mandate_ends_after_it_starts",
                violation_error_message="La fin du mandat doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="mandate_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return Role(self.role).label

    def codes(self, kind: ScopeKind) -> frozenset[str]:
        """The codes of one kind to which the mandate is limited; empty: no limit of that kind."""
        return frozenset(scope.code for scope in self.scopes.all() if scope.kind == kind)

    def place(self) -> Place:
        """Where the mandate stands, to judge who may end or delegate it."""
        academic = Role(self.role) in ACADEMIC_ROLES
        return Place(
            academies=self.codes(ScopeKind.ACADEMY),
            persons=frozenset({self.person_id}),
            flags=frozenset({Flag.ACADEMIC} if academic else ()),
        )


class MandateScopeQuerySet(models.QuerySet["MandateScope"]):
    def in_force(self, today: date) -> Self:
        """Those of mandates that count today, as `MandateQuerySet.in_force` says it. By a join: a
        subquery would have every mandate in force be read before the codes that are asked for."""
        ends_on = Q(mandate__ends_on=None) | Q(mandate__ends_on__gt=today)
        return self.filter(ends_on, mandate__starts_on__lte=today)


class MandateScope(models.Model):
    """One code to which a mandate is limited: « académie lille »."""

    mandate = models.ForeignKey(
        Mandate, on_delete=models.CASCADE, related_name="scopes", verbose_name="mandat"
    )
    kind = models.CharField("sorte", max_length=10, choices=ScopeKind.choices())
    code = models.CharField("code", max_length=80)

    objects: ClassVar[models.Manager["MandateScope"]] = MandateScopeQuerySet.as_manager()

    class Meta:
        verbose_name = "limite d’un mandat"
        verbose_name_plural = "limites des mandats"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mandate", "kind", "code"], name="mandate_scope_is_unique"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="mandate_scope_has_a_code"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "code"], name="mandate_scope_by_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class DelegationQuerySet(OverWhich, models.QuerySet["Delegation"]):
    pass


class Delegation(models.Model):
    """A « suppléance »: for a period, the delegate acts with someone else's mandate."""

    mandate = models.ForeignKey(
        Mandate, on_delete=models.CASCADE, related_name="delegations", verbose_name="mandat"
    )
    holder = models.ForeignKey(  # the mandate's person, repeated so that the database can compare
        User, on_delete=models.CASCADE, related_name="+", verbose_name="titulaire"
    )
    delegate = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="delegations", verbose_name="suppléant·e"
    )
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au (exclu)")

    SCOPE_PATHS: ClassVar = {"person": ("holder", "delegate")}

    objects: ClassVar[models.Manager["Delegation"]] = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "suppléance"
        verbose_name_plural = "suppléances"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="delegation_ends_after_it_starts",
                violation_error_message="La fin de la suppléance doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=~Q(delegate=F("holder")),
                name="delegation_is_to_someone_else",
                violation_error_message="Un mandat ne se délègue pas à soi-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"suppléance {self.pk}"

    def place(self) -> Place:
        """Where the delegation stands: the person whose mandate it is, and the one who acts."""
        return Place(persons=frozenset({self.holder_id, self.delegate_id}))


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: int, list_name: str) -> Self:
        """Those that this person keeps of this list."""
        return self.filter(person=person, list_name=list_name)


class SavedView(models.Model):
    """Filters and an order of a list that a person keeps under a name, for themselves alone.

    `list_name`: of the list's address; `query`: what its own filters understood, nothing else.
    """

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name="personne"
    )
    list_name = models.CharField("liste", max_length=80)
    name = models.CharField("nom", max_length=VIEW_NAME_MAX)
    query = models.CharField("filtres et ordre", max_length=1000)
    is_opening = models.BooleanField("ouvre la liste", default=False)

    objects: ClassVar[SavedViewQuerySet] = SavedViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "list_name", "name"], name="saved_view_name_is_unique"
            ),
            models.UniqueConstraint(
                fields=["person", "list_name"],
                condition=Q(is_opening=True),
                name="saved_view_opens_alone",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""), name="saved_view_has_a_name_and_a_query"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RateCount(models.Model):
    """What the limits on attempts have counted, in the shape that Django's database cache wants.

    Keys are digests and addresses of machines; a row is dead after a day at most.
    """

    cache_key = models.CharField("clé", max_length=255, primary_key=True)
    value = models.TextField("valeur")
    expires = models.DateTimeField("expire à", db_index=True)

    class Meta:
        db_table = "people_ratecount"
        verbose_name = "compte de tentatives"
        verbose_name_plural = "comptes de tentatives"

    def __str__(self) -> str:
        return self.cache_key
