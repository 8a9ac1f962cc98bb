"""What was seen, for each indicator sought: three fields, then what may be added."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from django import forms

from traam.kit.clock import PARIS
from traam.kit.forms import InstantInput
from traam.kit.reasons import REASON_MAX
from traam.productions.rules.life import Authorisation, Recognisable
from traam.trials.models import Indicator, Observation
from traam.trials.rules.life import Observer, Outcome
from traam.trials.rules.observing import PLACE, PLACE_MAX, SEEN, SEEN_MAX, Noted
from traam.trials.rules.pictures import DESCRIPTION, DESCRIPTION_MAX, UNSAID

ZONE_MAX = 14 * 60  # minutes from UTC
VISIBLE = "Visage, écriture, nom sur un cahier…"
FACES = (
    "Cadrez les mains, les écrans, les productions : pas les visages. La place et l’appareil "
    "écrits dans le fichier sont effacés."
)


class ObserveForm(forms.Form):
    """An observation. `cle`: given by the page or the device, so that sending twice is once."""

    vu = forms.CharField(
        label=SEEN,
        max_length=SEEN_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase suffit. Aucun nom d’élève, aucune coordonnée.",
        error_messages={"required": "Dites en une phrase ce que vous avez vu."},
    )
    quand = forms.DateTimeField(
        label="Quand",
        widget=InstantInput(),
        error_messages={"required": "Dites quand.", "invalid": "Cet instant n’existe pas."},
    )
    lieu = forms.CharField(label=PLACE, required=False, max_length=PLACE_MAX)
    eleves = forms.IntegerField(
        label="Élèves présents", required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    qui = forms.ChoiceField(label="Qui a observé", choices=Observer.choices())
    cle = forms.UUIDField(widget=forms.HiddenInput())
    fuseau = forms.IntegerField(
        required=False, min_value=-ZONE_MAX, max_value=ZONE_MAX, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sought = {f"i_{one.key}": one for one in indicators}
        for name, one in self.sought.items():
            self.fields[name] = forms.ChoiceField(
                label=one.text,
                choices=Outcome.choices(),
                widget=forms.RadioSelect,
                required=False,
                initial=Outcome.NOT_SOUGHT.value,
            )

    @property
    def indicators(self) -> list[Any]:
        """Their bound fields, in order."""
        return [self[name] for name in self.sought]

    @property
    def others(self) -> list[Any]:
        """What is filled in already, or may be left."""
        return [self[name] for name in ("quand", "lieu", "eleves", "qui")]

    def noted(self) -> Noted:
        """What was typed."""
        typed = self.cleaned_data
        return Noted(
            seen_at=_instant(typed["quand"], typed.get("fuseau")),
            seen=typed["vu"],
            location=typed["lieu"],
            pupils=typed["eleves"],
            observer=Observer(typed["qui"]),
            outcomes={
                one.key: Outcome(typed[name])
                for name, one in self.sought.items()
                if typed.get(name)
            },
        )


def _instant(typed: datetime, zone: int | None) -> datetime:
    """The time of the device that typed it (minutes ahead of UTC), else that of Paris."""
    if zone is None:
        return typed
    return typed.replace(tzinfo=timezone(timedelta(minutes=zone)))


def first(*, now: datetime, key: uuid.UUID, location: str, observer: Observer) -> dict[str, Any]:
    """What the page fills in."""
    return {
        "quand": now.astimezone(PARIS).replace(second=0, microsecond=0),
        "cle": key,
        "lieu": location,
        "qui": observer.value,
    }


class CorrectForm(ObserveForm):
    """An observation put right; the reason is asked once others than the team have read it."""

    motif = forms.CharField(
        label="Motif de la correction",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, observation: Observation, needs_reason: bool, **kwargs: Any):
        kwargs.setdefault("initial", _as_typed(observation))
        super().__init__(*args, **kwargs)
        del self.fields["cle"]
        self.fields["motif"].required = needs_reason


def _as_typed(observation: Observation) -> dict[str, Any]:
    outcomes = {f"i_{one.indicator.key}": one.outcome for one in observation.sights.all()}
    return {
        "vu": observation.seen,
        "quand": observation.seen_at.astimezone(PARIS),
        "lieu": observation.location,
        "eleves": observation.pupils,
        "qui": observation.observer,
        "version": observation.version,
        **outcomes,
    }


class PictureForm(forms.Form):
    """A picture, and the question that each one asks."""

    wanted = ("reconnaissable", "autorisation")  # asked as soon as there is a picture
    image = forms.FileField(
        label="Image",
        help_text=FACES,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Choisissez une image."},
    )
    description = forms.CharField(label=DESCRIPTION, required=False, max_length=DESCRIPTION_MAX)
    reconnaissable = forms.ChoiceField(
        label="Un élève est-il reconnaissable ?",
        help_text=VISIBLE,
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Recognisable if one is not Recognisable.UNSAID],
        error_messages={"required": "Répondez à la question : elle vaut pour chaque image."},
    )
    autorisation = forms.ChoiceField(
        label="Si oui, l’autorisation des parents",
        required=False,
        choices=[
            ("", "sans objet"),
            (Authorisation.OBTAINED.value, Authorisation.OBTAINED.label),
            (Authorisation.MISSING.value, Authorisation.MISSING.label),
        ],
        help_text="Tant qu’elle manque, seule l’équipe voit l’image.",
    )

    def __init__(self, *args: Any, is_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_optional:
            self.fields["image"].required = False
            asked = self.fields["reconnaissable"]
            asked.required, asked.help_text = False, f"À dire dès qu’il y a une image. {VISIBLE}"

    def clean(self) -> dict[str, Any]:
        """The question is asked of every picture that is there."""
        typed: dict[str, Any] = super().clean() or {}
        has_answer = typed.get("reconnaissable") or "reconnaissable" in self.errors
        if typed.get("image") and not has_answer:
            self.add_error("reconnaissable", UNSAID)
        return typed

    def answers(self) -> dict[str, Any]:
        """What `actions.pictures.add` asks."""
        typed = self.cleaned_data
        return {
            "recognisable": Recognisable(typed["reconnaissable"]),
            "authorisation": Authorisation(typed["autorisation"] or "not_needed"),
            "description": typed["description"],
        }
