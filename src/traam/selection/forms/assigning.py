"""To whom a case is given, chosen among those who may still read it."""

from collections.abc import Sequence

from django import forms

from traam.people.models import User


class GiveForm(forms.Form):
    """The choice of one person, for one case; several stand on the same page."""

    use_required_attribute = False

    def __init__(self, people: Sequence[User], *, case: int) -> None:
        super().__init__(auto_id=f"confier-{case}-%s")
        choices = [("", "Choisissez"), *((str(one.pk), str(one)) for one in people)]
        self.fields["relecteur"] = forms.ChoiceField(label="Confier un avis à", choices=choices)
