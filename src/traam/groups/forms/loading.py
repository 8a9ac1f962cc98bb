"""What is typed to load teams and to invite them."""

import base64
import binascii

from django import forms
from django.core.files.uploadedfile import UploadedFile

from traam.groups.actions.loading import WAVE_MAX
from traam.kit.rows import BYTES_MAX


class TeamsFileForm(forms.Form):
    """A file of teams, to be checked first."""

    file = forms.FileField(
        label="Le fichier des équipes",
        allow_empty_file=True,  # the action refuses it in French
        help_text="JSON ou CSV (UTF-8, virgules). Colonnes : year, theme, academy, role, mail, "
        "name, discipline, school, level. Il est d’abord vérifié : rien n’est chargé, personne "
        "n’est averti.",
        widget=forms.FileInput(attrs={"accept": ".json,.csv,application/json,text/csv"}),
        error_messages={"required": "Choisissez un fichier."},
    )

    def given(self) -> tuple[str, bytes]:
        """The name and the bytes; one byte more than allowed is enough to refuse."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file.name or "fichier", file.read(BYTES_MAX + 1)


class CheckedForm(forms.Form):
    """The file that was checked, kept in the page alone: addresses lie nowhere until it is loaded.

    It is read anew when it comes back, as any file.
    """

    name = forms.CharField(widget=forms.HiddenInput, max_length=300)
    content = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, name: str, content: bytes) -> "CheckedForm":
        kept = base64.b64encode(content).decode("ascii")
        return cls(initial={"name": name, "content": kept}, auto_id="verifie-%s")

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(
                "Le fichier vérifié est altéré : donnez-le de nouveau."
            ) from None


class WaveForm(forms.Form):
    """How many people to invite now."""

    campaign = forms.CharField(widget=forms.HiddenInput)
    size = forms.IntegerField(
        label="Combien de personnes",
        min_value=1,
        max_value=WAVE_MAX,
        initial=50,
        help_text="Les référent·es et l’inspection d’abord.",
        error_messages={"required": "Donnez un nombre.", "invalid": "Donnez un nombre."},
    )

    @classmethod
    def of(cls, year: str) -> "WaveForm":
        """The form of a campaign: the page may hold several."""
        return cls(initial={"campaign": year}, auto_id=f"vague-{year}-%s")
