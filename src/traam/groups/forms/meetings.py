"""The forms of meetings: what one is, who is convened, who came, its minutes; due dates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from traam.groups.actions import Details
from traam.groups.actions.dues import TITLE_MAX
from traam.groups.actions.minutes import TEXT_MAX
from traam.groups.actions.minutes import TITLE_MAX as SECTION_TITLE_MAX
from traam.groups.models import Convened, Due, Meeting
from traam.groups.queries.meetings import Person
from traam.groups.rules.life import Answer, Attendance, MeetingMode
from traam.kit.forms import DayInput, InstantInput
from traam.kit.reasons import REASON_MAX

AGENDA_MAX = 10_000  # characters
HERE = "Heure de Paris."


class MeetingForm(forms.Form):
    """A meeting; `people`: those who may be convened, all of them by default."""

    title = forms.CharField(
        label="Objet",
        max_length=200,
        help_text="Par exemple « Point d’étape de janvier ».",
        error_messages={"required": "Donnez un objet à la réunion."},
    )
    starts_at = forms.DateTimeField(label="Début", widget=InstantInput, help_text=HERE)
    ends_at = forms.DateTimeField(label="Fin", widget=InstantInput, help_text=HERE)
    mode = forms.ChoiceField(
        label="Où se réunit-on ?",
        choices=MeetingMode.choices(),
        widget=forms.RadioSelect,
        initial=MeetingMode.REMOTE,
    )
    link = forms.URLField(
        label="Lien de connexion",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Pour une réunion à distance : une adresse https://, que seuls les convoqués "
        "reçoivent.",
    )
    location = forms.CharField(
        label="Lieu",
        max_length=300,
        required=False,
        help_text="Pour une réunion sur place : l’établissement, la salle, la ville.",
    )
    agenda = forms.CharField(
        label="Ordre du jour",
        required=False,
        max_length=AGENDA_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Un point par ligne suffit.",
    )
    people = forms.TypedMultipleChoiceField(
        label="Personnes convoquées",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une personne à convoquer."},
    )

    def __init__(self, data: Any, *, people: Iterable[Person], meeting: Meeting | None) -> None:
        known = list(people)
        super().__init__(data, initial=_initial(meeting, known))
        choices = [(one.key, _said(one)) for one in known]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        if meeting is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=meeting.version
            )

    def details(self) -> Details:
        """What was typed, once it is valid."""
        names = ("title", "starts_at", "ends_at", "location", "link", "agenda")
        typed = {name: self.cleaned_data[name] for name in names}
        return Details(mode=MeetingMode(self.cleaned_data["mode"]), **typed)


def _said(one: Person) -> str:
    """« Nom, enseignant·e, Lille »."""
    return ", ".join(part for part in (one.name, one.role, one.of) if part)


def _initial(meeting: Meeting | None, known: list[Person]) -> dict[str, object]:
    if meeting is None:
        return {"people": [one.key for one in known]}
    names = ("title", "starts_at", "ends_at", "mode", "link", "location", "agenda")
    convened = list(meeting.convened.values_list("person", flat=True))
    return {name: getattr(meeting, name) for name in names} | {"people": convened}


class ReasonForm(forms.Form):
    """Why: read by the people convened."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par les personnes convoquées.",
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class AnswerForm(forms.Form):
    """Whether one will come; `person`: for whom, when someone else enters it."""

    said = forms.TypedChoiceField(
        choices=[one for one in Answer.choices() if one[0] != Answer.AWAITED], coerce=Answer
    )
    person = forms.IntegerField(required=False)


class AttendanceForm(forms.Form):
    """Who came: a line for each person convened; as announced, to begin with."""

    def __init__(self, data: Any, *, convened: Iterable[Convened]) -> None:
        super().__init__(data)
        for row in convened:
            self.fields[f"person_{row.person_id}"] = forms.TypedChoiceField(
                label=row.person.name,
                choices=Attendance.choices(),
                coerce=Attendance,
                widget=forms.Select,
                initial=_expected(row),
                help_text=f"A répondu : {row.get_answer_display()}.",
            )

    def attendance(self) -> Mapping[int, Attendance]:
        """By person, what was noted."""
        return {int(name.removeprefix("person_")): said for name, said in self.cleaned_data.items()}


EXPECTED = {Answer.ACCEPTED: Attendance.PRESENT, Answer.DECLINED: Attendance.EXCUSED}


def _expected(row: Convened) -> Attendance:
    if row.attendance != Attendance.UNKNOWN:
        return Attendance(row.attendance)
    return EXPECTED.get(Answer(row.answer), Attendance.UNKNOWN)


class SectionForm(forms.Form):
    """The text of a section, and the version it was typed from."""

    text = forms.CharField(
        label="Texte",
        required=False,
        max_length=TEXT_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SectionTitleForm(forms.Form):
    """One more section."""

    title = forms.CharField(
        label="Titre de la section",
        max_length=SECTION_TITLE_MAX,
        error_messages={"required": "Donnez un titre à la section."},
    )


class DueForm(forms.Form):
    """A due date of the group."""

    title = forms.CharField(
        label="Ce qui est attendu de chaque équipe",
        max_length=TITLE_MAX,
        error_messages={"required": "Dites ce qui est attendu."},
    )
    due_on = forms.DateField(label="Pour le", widget=DayInput, help_text="Ce jour compris.")

    def __init__(self, data: Any, *, due: Due | None) -> None:
        initial = {"title": due.title, "due_on": due.due_on} if due else {}
        super().__init__(data, initial=initial)
