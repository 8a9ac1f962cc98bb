"""Sign-in and password forms: French labels, no placeholder in the place of a label."""

from datetime import date
from typing import Any

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
)
from allauth.account.forms import (
    ReauthenticateForm as PasswordReauthenticateForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation

from traam.kit.forms import DayInput
from traam.kit.text import short_day
from traam.people.models import User

ADDRESS_HINT = "Celle à laquelle vous avez été invité, par exemple prenom.nom@ac-lille.fr."
BAD_ADDRESS = "Donnez une adresse complète, comme prenom.nom@ac-lille.fr."
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
REQUIRED = {
    "email": "Donnez votre adresse électronique.",
    "login": "Donnez votre adresse électronique.",
    "password": "Donnez votre mot de passe.",
    "code": "Recopiez le code.",
}


def _name(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = REQUIRED[name]
    field.error_messages["invalid"] = BAD_ADDRESS
    field.widget.attrs.pop("placeholder", None)


class CodeRequestForm(RequestLoginCodeForm):
    """An address, to receive a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "email", "Adresse électronique", ADDRESS_HINT)


class PasswordLoginForm(LoginForm):
    """An address and its password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "login", "Adresse électronique")
        _name(self, "password", "Mot de passe")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswordAgainForm(PasswordReauthenticateForm):
    """One's password, asked again before a change of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "password", "Mot de passe")


class CodeForm(ConfirmLoginCodeForm):
    """The code received by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "Huit lettres ; le tiret et les majuscules ne comptent pas."
        _name(self, "code", "Code reçu par courriel", hint)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


def _name_second_factor(form: forms.Form) -> None:
    hint = "Six chiffres, ou l’un de vos codes de secours (huit chiffres)."
    _name(form, "code", "Code de l’application", hint)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SecondFactorForm(AuthenticateForm):
    """The second factor, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_second_factor(self)


class SecondFactorAgainForm(ReauthenticateForm):
    """The second factor, asked again before a change of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_second_factor(self)


class ActivationForm(ActivateTOTPForm):
    """The first code of a new second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "code", "Code affiché par l’application", "Six chiffres.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasswordForm(forms.Form):
    """A new password; the old one too, unless a code has just proved who is there."""

    old = forms.CharField(
        label="Mot de passe actuel",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Donnez votre mot de passe actuel."},
    )
    new = forms.CharField(
        label="Nouveau mot de passe",
        strip=False,
        help_text="Douze caractères au moins : une phrase, par exemple.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choisissez un mot de passe."},
    )

    def __init__(self, *args: Any, user: User, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_old:
            del self.fields["old"]

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError("Ce mot de passe n’est pas l’actuel.")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new


class DayField(forms.DateField):
    """A day of this century, so that a slip of the hand (9999, 0026) is told where it was made."""

    def __init__(self, *, required_message: str = "Donnez un jour.", **kwargs: Any) -> None:
        super().__init__(widget=DayInput(), **kwargs)
        self.error_messages |= {"required": required_message, "invalid": "Donnez une date."}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(
                f"Donnez une date du {short_day(FIRST_DAY)} au {short_day(LAST_DAY)} "
                f"(reçu : {short_day(value)})."
            )


class DelegationForm(forms.Form):
    """To whom, and from which day to which day, both included."""

    email = forms.EmailField(
        label="Adresse de votre suppléant ou suppléante",
        help_text="Celle de son compte TraAM.",
        error_messages={
            "required": "Donnez l’adresse de la personne.",
            "invalid": BAD_ADDRESS,
        },
    )
    starts_on = DayField(label="Premier jour", required_message="Donnez le premier jour.")
    last_on = DayField(label="Dernier jour", required_message="Donnez le dernier jour.")

    def clean_email(self) -> User:
        email: str = self.cleaned_data["email"]
        found: User | None = User.objects.filter(email=email.lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                f"Aucun compte ouvert ne porte l’adresse « {email} » : faites inviter la personne."
            )
        return found
