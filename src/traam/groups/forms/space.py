"""What is typed in a space: a document, a point to remember, a message."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from traam.groups.actions.space import Brought
from traam.groups.forms.teams import reason_field
from traam.groups.rules.life import Heading, PointKind
from traam.groups.rules.space import FILE_MAX, LINK_MAX, MESSAGE_MAX, POINT_MAX, TITLE_MAX
from traam.kit.forms import DayInput
from traam.people.models import User


class DocumentForm(forms.Form):
    """A file or a link, under a heading."""

    title = forms.CharField(
        label="Titre",
        max_length=TITLE_MAX,
        error_messages={"required": "Donnez un titre."},
    )
    heading = forms.TypedChoiceField(
        label="Rubrique",
        choices=Heading.choices(),
        coerce=Heading,
        initial=Heading.OTHER,
    )
    file = forms.FileField(
        label="Fichier",
        required=False,
        allow_empty_file=True,  # the rules refuse it in French
        help_text="PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, image ou texte, 20 Mo au plus.",
    )
    link = forms.CharField(
        label="Ou un lien", required=False, max_length=LINK_MAX, help_text="En https://."
    )

    def given(self) -> dict[str, Any]:
        """What the action takes; one byte more than allowed is enough to refuse."""
        typed = self.cleaned_data
        file: UploadedFile[bytes] | None = typed["file"]
        brought = None
        if file is not None:
            brought = Brought(content=file.read(FILE_MAX + 1), name=file.name or "fichier")
        return {
            "title": typed["title"],
            "heading": typed["heading"],
            "link": typed["link"],
            "brought": brought,
        }


class PointForm(forms.Form):
    """A decision, or an action for someone before a day."""

    kind = forms.TypedChoiceField(
        label="Nature",
        choices=PointKind.choices(),
        coerce=PointKind,
        widget=forms.RadioSelect,
        initial=PointKind.ACTION,
    )
    text = forms.CharField(
        label="Texte",
        max_length=POINT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce qui est décidé, ou ce qui est à faire."},
    )
    owner = forms.TypedChoiceField(
        label="Par qui", required=False, coerce=int, empty_value=None, help_text="Pour une action."
    )
    due_on = forms.DateField(
        label="Pour le", required=False, widget=DayInput(), help_text="Pour une action."
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", "Personne en particulier"), *owners]

    def given(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        owner = typed["owner"]
        return {**typed, "owner": User.objects.get(pk=owner) if owner is not None else None}


class AnswerForm(forms.Form):
    """An answer to a message; `key` is drawn with the page: sent twice, it is one."""

    text = forms.CharField(
        label="Votre réponse",
        max_length=MESSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez votre réponse."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MessageForm(forms.Form):
    """A message to all who read the space."""

    subject = forms.CharField(
        label="Objet",
        max_length=TITLE_MAX,
        error_messages={"required": "Donnez l’objet du message."},
    )
    text = forms.CharField(
        label="Message",
        max_length=MESSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mise en forme Markdown. Les autres le reçoivent demain, avec les messages du "
        "jour, en un seul courriel.",
        error_messages={"required": "Écrivez le message."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WithdrawForm(forms.Form):
    """Why another's message is withdrawn; its writer gives no reason."""

    reason = reason_field(help_text="")

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["reason"]
