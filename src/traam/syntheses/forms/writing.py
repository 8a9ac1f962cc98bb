"""The forms of syntheses: what begins one, a passage, a remark, an act with its reason."""

from typing import Any

from django import forms

from traam.groups.models import NationalGroup, Team
from traam.kit.reasons import REASON_MAX
from traam.syntheses.actions.writing import TITLE_MAX
from traam.syntheses.models import Finding
from traam.syntheses.rules.life import Mark, SynthesisKind
from traam.syntheses.steps import TEXT_MAX
from traam.trials.models import Trial

WHY = {"required": "Dites pourquoi, en une phrase."}


class NewForm(forms.Form):
    """What a synthesis of a group begins with."""

    kind = forms.ChoiceField(
        label="Ce que vous écrivez", choices=SynthesisKind.choices(), widget=forms.RadioSelect
    )
    title = forms.CharField(label="Titre", max_length=TITLE_MAX)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label="Équipes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Une pour une synthèse académique, plusieurs pour une pluriacadémique, aucune "
        "pour une nationale.",
    )
    trial = forms.ModelChoiceField(
        Trial.objects.none(),
        label="Essai clos",
        required=False,
        empty_label="Aucun",
        help_text="Pour un rapport d’essai.",
    )

    def __init__(
        self, *args: Any, group: NationalGroup, kinds: list[SynthesisKind], **kwargs: Any
    ) -> None:
        """`kinds`: those that the writer may begin."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(one.value, one.label) for one in kinds]
        if len(kinds) == 1:
            fields["kind"].initial = kinds[0].value
        teams = Team.objects.filter(group=group).select_related("academy")
        fields["teams"].queryset = teams.order_by("code", "pk")
        fields["teams"].label_from_instance = lambda one: one.named
        closed = Trial.objects.closed().filter(team__group=group).select_related("production")
        fields["trial"].queryset = closed.order_by("code", "pk")
        fields["trial"].label_from_instance = lambda one: f"{one.production.title} ({one.code})"
        if kinds == [SynthesisKind.NATIONAL]:  # of the whole group, of no trial
            del fields["teams"], fields["trial"]


class HeadForm(forms.Form):
    """The title and the summary, with what they were when the page was made."""

    wanted = frozenset({"summary"})
    title = forms.CharField(label="Titre", max_length=TITLE_MAX)
    summary = forms.CharField(
        label="Résumé pour les non-spécialistes",
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Quelques phrases que des parents, des élus, des journalistes comprennent.",
    )
    base_title = forms.CharField(required=False, widget=forms.HiddenInput)
    base_summary = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class BlockForm(forms.Form):
    """A passage of the text: its words, what they are, the finding they state."""

    text = forms.CharField(
        label="Texte",
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mark = forms.ChoiceField(label="Ce que c’est", choices=Mark.choices(), initial=Mark.NONE)
    finding = forms.ModelChoiceField(
        Finding.objects.none(), label="Constat énoncé", required=False, empty_label="Aucun"
    )
    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, findings: list[Finding], is_marked: bool = True, **kwargs: Any
    ) -> None:
        """`findings`: the group's, read once for all the forms of the page."""
        super().__init__(*args, **kwargs)
        self.findings = {one.pk: one for one in findings}
        choices = [("", "Aucun"), *((one.pk, _short(one.text)) for one in findings)]
        self.fields["finding"] = forms.TypedChoiceField(
            label="Constat énoncé",
            required=False,
            choices=choices,
            coerce=int,
            empty_value=None,
            help_text="Sans texte, la phrase du constat est reprise telle quelle.",
        )
        if not is_marked:
            del self.fields["mark"], self.fields["finding"]


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89]}…"


class ActForm(forms.Form):
    """What an act asks: a reason, a reservation that may be left out, or nothing."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par les personnes concernées, sur la page de la synthèse.",
        error_messages=WHY,
    )
    reservation = forms.CharField(
        label="Réserve",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Publiée avec la signature. Laissez vide pour signer sans réserve.",
    )

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        """`asks`: the one field that is kept, or ""."""
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {asks}:
            del self.fields[name]


class RemarkForm(forms.Form):
    """A remark on the whole text, or on one of its passages."""

    text = forms.CharField(
        label="Votre remarque",
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez la remarque avant de l’envoyer."},
    )
    block = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What is answered to a remark."""

    answer = forms.CharField(
        label="Réponse", required=False, max_length=TEXT_MAX, widget=forms.Textarea({"rows": 2})
    )
