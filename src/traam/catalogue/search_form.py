"""The search as a form: what its readers keep as a view. The page itself is written plainly."""

from typing import Any

from django import forms
from django.http import HttpRequest

from traam.catalogue.search import SORTS, Results
from traam.catalogue.search.request import TEXT_MAX
from traam.kit.lists import above


class SearchForm(forms.Form):
    """The words, the values chosen of each facet, the order."""

    q = forms.CharField(label="Mots", required=False, max_length=TEXT_MAX)
    tri = forms.ChoiceField(label="Trier par", required=False, choices=[*SORTS.items()])

    def __init__(self, *args: Any, results: Results, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for facet in results.facets:
            chosen = [(one.code, one.label) for one in facet.counts if one.selected]
            fields[facet.name] = forms.MultipleChoiceField(
                label=facet.label, required=False, choices=chosen
            )


def views_above(request: HttpRequest, results: Results) -> object | None:
    """What the page shows of the views that its reader keeps; None for a stranger."""
    return above(request, SearchForm(request.GET, results=results))
