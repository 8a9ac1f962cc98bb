"""What is typed to find accounts, invite, give a mandate or end one, close an account or reopen it.
Codes come from the vocabularies."""

from datetime import date, timedelta
from typing import Any

from django import forms

from traam.access.roles import Role
from traam.people.forms import BAD_ADDRESS, DayField
from traam.people.reach import Limits
from traam.people.rules import ACADEMIC_ROLES, ADDRESS_MAX, NAME_MAX, NATIONAL_ROLES, REASON_MAX
from traam.reference.rules import Vocabulary

NAMED_MAX = 3  # choices named in the heading that hides their boxes
IN_FORCE, WITHOUT = "en-cours", "sans"
STANDINGS = (("", "tous"), (IN_FORCE, "avec un mandat en cours"), (WITHOUT, "sans mandat en cours"))


def _terms(words: Vocabulary, scheme: str) -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in words.terms(scheme)]


class DirectoryFilter(forms.Form):
    """Words of a name or an address, a role, an academy, and whether a mandate is in force."""

    q = forms.CharField(label="Nom ou adresse", required=False, max_length=NAME_MAX)
    role = forms.ChoiceField(label="Rôle", required=False, choices=[("", "tous"), *Role.choices()])
    academie = forms.ChoiceField(label="Académie", required=False)
    mandat = forms.ChoiceField(label="Mandat", required=False, choices=STANDINGS)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        academies: Any = self.fields["academie"]
        academies.choices = [("", "toutes"), *_terms(words, "academies")]


def _roles() -> list[tuple[str, Any]]:
    """The roles in two groups: those of an academy, which a DAN may give, and the national ones."""
    groups = (("Rôles d’académie", ACADEMIC_ROLES), ("Rôles nationaux", NATIONAL_ROLES))
    listed = [
        (title, [(role.value, role.label) for role in Role if role in roles])
        for title, roles in groups
    ]
    return [("", "Choisissez un rôle"), *listed]


class MandateForm(forms.Form):
    """A role, where, and from which day to which day, both included."""

    role = forms.TypedChoiceField(
        label="Rôle",
        coerce=Role,
        error_messages={
            "required": "Choisissez un rôle.",
            "invalid_choice": "« %(value)s » n’est pas un rôle : choisissez-en un dans la liste.",
        },
    )
    academies = forms.MultipleChoiceField(
        label="Académies",
        required=False,
        help_text="Un mandat de recteur ou rectrice, de DAN, d’inspection ou d’IAN en demande au "
        "moins une.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "« %(value)s » n’est pas le code d’une académie en activité."
        },
    )
    disciplines = forms.MultipleChoiceField(
        label="Disciplines",
        required=False,
        help_text="Un mandat d’IAN en demande au moins une.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "« %(value)s » n’est pas le code d’une discipline."},
    )
    starts_on = DayField(label="Premier jour", required_message="Donnez le premier jour.")
    last_on = DayField(
        label="Dernier jour",
        required=False,
        help_text="Vide : sans fin fixée ; on y met fin quand il le faut.",
    )

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = _roles()
        fields["academies"].choices = _terms(words, "academies")
        fields["disciplines"].choices = _terms(words, "disciplines")

    def chosen(self, name: str) -> str:
        """« Lille, Nantes », « 12 choisies » where naming them would be long, "" for none."""
        values = {str(value) for value in self[name].value() or ()}
        choices: Any = self.fields[name]
        labels = [str(label) for code, label in choices.choices if code in values]
        return ", ".join(labels) if len(labels) <= NAMED_MAX else f"{len(labels)} choisies"

    def mandate(self) -> dict[str, Any]:
        """What was typed, as the actions want it; to be asked of a valid form."""
        typed = self.cleaned_data
        last: date | None = typed["last_on"]
        return {
            "role": typed["role"],
            "limits": Limits(
                academies=frozenset(typed["academies"]),
                disciplines=frozenset(typed["disciplines"]),
            ),
            "starts_on": typed["starts_on"],
            "ends_on": last + timedelta(days=1) if last else None,
        }


class InvitationForm(MandateForm):
    """Whom to invite, and the mandate that the invitation gives."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=ADDRESS_MAX,
        help_text="L’adresse professionnelle : elle reçoit l’invitation, puis les codes de "
        "connexion.",
        error_messages={"required": "Donnez l’adresse de la personne.", "invalid": BAD_ADDRESS},
    )
    name = forms.CharField(
        label="Nom affiché",
        max_length=NAME_MAX,
        help_text="Prénom et nom, ou la fonction pour une boîte partagée.",
        error_messages={"required": "Donnez le nom de la personne ou de la fonction."},
    )
    field_order = ("email", "name", "role", "academies", "disciplines", "starts_on", "last_on")


class EndForm(forms.Form):
    """The first day without the mandate."""

    on = DayField(
        label="Ne compte plus à partir du",
        required_message="Donnez le premier jour sans ce mandat.",
        help_text="Aujourd’hui : la personne perd le mandat tout de suite.",
    )


class ReasonForm(forms.Form):
    """Why an account is closed or reopened."""

    reason = forms.CharField(
        label="Raison",
        max_length=REASON_MAX,
        help_text="Une phrase. La personne la lit, et ceux qui tiennent son compte.",
        error_messages={"required": "Dites pourquoi, en une phrase."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
