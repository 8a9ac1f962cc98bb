"""The shape of what the pilot types about vocabularies."""

from typing import Any

from django import forms

from traam.reference.models import Term
from traam.reference.queries import named_in
from traam.reference.rules.files import LABEL_MAX

BYTES_MAX = 1024 * 1024  # bytes; the largest shipped vocabulary weighs 20 000
TOO_BIG = "Le fichier pèse plus d’un mégaoctet : un référentiel est bien plus petit."


class UploadForm(forms.Form):
    """A vocabulary file, to be tried first."""

    file = forms.FileField(
        label="Fichier JSON du référentiel",
        help_text="Un mégaoctet au plus. Rien n’est changé avant que vous ayez lu le compte rendu.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES_MAX:
            raise forms.ValidationError(TOO_BIG)
        return file


class ConfirmedForm(forms.Form):
    """The same file, read back from the page of its report."""

    content = forms.CharField(max_length=BYTES_MAX, strip=False, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """« C’est la même chose que… »: another term of the same vocabulary, as it is written."""

    target = forms.CharField(
        label="C’est la même chose que",
        max_length=LABEL_MAX,
        help_text="Le libellé, une écriture ou le code d’un autre terme du même référentiel.",
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term

    def clean_target(self) -> Term:
        text = self.cleaned_data["target"]
        found = named_in(scheme=self.term.scheme, text=text)
        if found is None:
            raise forms.ValidationError(
                f"« {text} » n’est pas un terme de « {self.term.scheme.label} »."
            )
        return found


class WritingForm(forms.Form):
    """One more writing of a term."""

    text = forms.CharField(
        label="Autre écriture",
        max_length=LABEL_MAX,
        help_text="Un sigle, un pluriel, un ancien nom : les chargements la liront comme ce terme.",
    )
