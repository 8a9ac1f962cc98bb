"""The filters of the journal's page."""

from django import forms

from traam.journal.wording import labels
from traam.kit.forms import DayInput


class JournalFilter(forms.Form):
    """An act, an object, a person's key, two days: all may be left out."""

    acte = forms.ChoiceField(
        label="Acte", required=False, choices=lambda: [("", "tous"), *labels().items()]
    )
    objet = forms.CharField(
        label="Objet", required=False, max_length=160, help_text="Par exemple « notice:t1abc »."
    )
    personne = forms.IntegerField(label="Clé de la personne", required=False, min_value=1)
    du = forms.DateField(label="Du", required=False, widget=DayInput())
    au = forms.DateField(label="Au (inclus)", required=False, widget=DayInput())
