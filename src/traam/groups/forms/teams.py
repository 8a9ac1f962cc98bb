"""What is typed about a team and its members."""

from collections.abc import Sequence
from typing import Any

from django import forms

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.actions.members import TEXT_MAX, Address
from traam.groups.actions.teams import NAME_MAX, SUMMARY_MAX
from traam.groups.forming import PROJECT_MAX
from traam.groups.joining import About
from traam.groups.rules.life import Bond
from traam.kit.reasons import REASON_MAX
from traam.people.rules import ADDRESS_MAX
from traam.people.rules import NAME_MAX as PERSON_NAME_MAX
from traam.reference.models import Academy
from traam.reference.queries import vocabulary

BLANK = ("", "Choisissez")


def reason_field(help_text: str = "Les personnes concernées le liront.") -> forms.CharField:
    return forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = reason_field()


def _academies(codes: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """The academies of today; those of a mandate only when `codes` says which."""
    rows = Academy.objects.filter(successor=None).order_by("name", "pk")
    return [(one.code, one.name) for one in rows if codes is None or one.code in codes]


class _AcademyField(forms.ChoiceField):
    """An academy chosen by its code; the value is its row."""

    def clean(self, value: Any) -> Academy | None:
        code = super().clean(value)
        return Academy.objects.select_related("successor").get(code=code) if code else None


class NewTeamForm(forms.Form):
    """A team outside any application."""

    academy = _AcademyField(label="Académie", required=False)
    participant = forms.CharField(
        label="Ou un participant qui n’est pas une académie",
        required=False,
        max_length=NAME_MAX,
        help_text="« Polynésie française », par exemple. Laissez l’académie vide.",
    )
    project = forms.CharField(label="Intitulé du projet", required=False, max_length=PROJECT_MAX)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = None
        if not actor.allows("team.form"):  # not over the whole nation
            codes = frozenset(code for one in actor.in_force for code in one.academies)
        field: Any = self.fields["academy"]
        field.choices = [("", "Aucune"), *_academies(codes)]


class TeamForm(forms.Form):
    """What a team says of its project."""

    project = forms.CharField(
        label="Intitulé du projet",
        max_length=PROJECT_MAX,
        error_messages={"required": "Donnez l’intitulé du projet."},
    )
    summary = forms.CharField(
        label="Résumé",
        required=False,
        max_length=SUMMARY_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pour qui ne connaît pas la discipline : le besoin, l’idée, ce qui est attendu.",
    )


class BondForm(forms.Form):
    """Another academy that works with the team."""

    academy = _AcademyField(
        label="Académie", error_messages={"required": "Choisissez une académie."}
    )
    kind = forms.TypedChoiceField(
        label="Lien", choices=Bond.choices(), coerce=Bond, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["academy"]
        field.choices = [BLANK, *_academies()]


def _terms(scheme: str) -> list[tuple[str, str]]:
    found = [(one.code, one.label) for one in vocabulary().terms(scheme)]
    return [("", "Non précisé"), *found]


class AboutForm(forms.Form):
    """What a team says of a member."""

    discipline = forms.ChoiceField(label="Discipline", required=False)
    level = forms.ChoiceField(label="Niveau", required=False)
    school = forms.CharField(label="Établissement et commune", required=False, max_length=TEXT_MAX)
    school_type = forms.ChoiceField(label="Type d’établissement", required=False)
    is_newcomer = forms.BooleanField(
        label="Participe aux TraAM pour la première fois", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["discipline"].choices = _terms("disciplines")
        fields["level"].choices = _terms("levels")
        fields["school_type"].choices = _terms("school-types")

    def about(self) -> About:
        typed = self.cleaned_data
        return About(
            discipline=typed["discipline"],
            level=typed["level"],
            school=typed["school"],
            school_type=typed["school_type"],
            is_newcomer=typed["is_newcomer"],
        )


class AddressForm(forms.Form):
    """To whom an invitation goes."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=PERSON_NAME_MAX,
        error_messages={"required": "Donnez le prénom et le nom."},
    )
    email = forms.EmailField(
        label="Adresse électronique académique",
        max_length=ADDRESS_MAX,
        help_text="L’invitation y part aussitôt. Qui a déjà un compte garde le sien.",
        error_messages={
            "required": "Donnez l’adresse électronique.",
            "invalid": "Donnez une adresse complète, comme prenom.nom@ac-lille.fr.",
        },
    )

    def address(self) -> Address:
        return Address(email=self.cleaned_data["email"], name=self.cleaned_data["name"])


class MemberForm(AddressForm, AboutForm):
    """Someone who joins a team. `roles`: those that this person may give."""

    role = forms.TypedChoiceField(
        label="Rôle dans l’équipe",
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un rôle."},
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(one.value, one.label) for one in roles]
        self.order_fields(["role", "name", "email", "discipline", "level", "school", "school_type"])
