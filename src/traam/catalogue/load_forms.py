"""The form of the loads: which content, which file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from traam.catalogue.load_rules import FileKind
from traam.kit.rows import BYTES_MAX


class LoadForm(forms.Form):
    """A file to check. Its content is judged by the action, which says what is wrong in it."""

    kind = forms.ChoiceField(
        label="Ce que contient le fichier",
        choices=[(kind.value, kind.label.capitalize()) for kind in FileKind],
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez ce que contient le fichier."},
    )
    file = forms.FileField(
        label="Le fichier",
        help_text="JSON ou CSV (UTF-8, séparé par des virgules, listes jointes par « | »), 20 Mo "
        "au plus. Il est d’abord vérifié : rien n’est chargé sans votre accord.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,.csv,application/json,text/csv"}),
        error_messages={"required": "choisissez un fichier."},
    )

    def given(self) -> tuple[FileKind, str, bytes]:
        """The kind, the name and the bytes; one byte more than allowed is enough to refuse."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        kind = FileKind(self.cleaned_data["kind"])
        return kind, file.name or "fichier", file.read(BYTES_MAX + 1)
