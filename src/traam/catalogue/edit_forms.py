"""What the pilot may type to correct or withdraw a notice."""

from dataclasses import replace
from typing import Any

from django import forms

from traam.catalogue.record import Link, Record

ORIGINAL = "original"
REASON_MAX = 500  # characters
TITLE_MAX = 500  # characters
TEXT_MAX = 5000  # characters


class ReasonForm(forms.Form):
    """The reason of an act: shown with the version, and to those who harvest."""

    reason = forms.CharField(
        label="Raison",
        max_length=REASON_MAX,
        error_messages={"required": "dites pourquoi, en une phrase."},
        help_text="Une phrase. Elle est publique, et reste avec la version.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectionForm(ReasonForm):
    """The words of a notice that a person may mend; the rest comes from the loads."""

    title = forms.CharField(
        label="Titre",
        max_length=TITLE_MAX,
        error_messages={"required": "vide ; un titre est attendu."},
    )
    title_is_exact = forms.BooleanField(label="Ce titre est exact", required=False)
    summary = forms.CharField(
        label="Résumé",
        max_length=TEXT_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    original = forms.URLField(
        label="Adresse de la production",
        required=False,
        assume_scheme="https",
        help_text="Commence par https:// ou http://",
        error_messages={
            "invalid": "ce n’est pas une adresse complète : elle commence par https:// ou http://."
        },
    )
    note = forms.CharField(
        label="Note", max_length=TEXT_MAX, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("title", "title_is_exact", "summary", "original", "note", "reason", "version")


def initial(record: Record, version: int) -> dict[str, Any]:
    """What the form shows first: the notice as it is."""
    originals = [link.url for link in record.links if link.role == ORIGINAL]
    return {
        "title": record.title,
        "title_is_exact": record.title_is_exact,
        "summary": record.summary,
        "original": originals[0] if originals else "",
        "note": record.note,
        "version": version,
    }


def corrected(record: Record, typed: dict[str, Any]) -> Record:
    """The record with what was typed; its other addresses stay as they are."""
    return replace(
        record,
        title=typed["title"],
        title_is_exact=typed["title_is_exact"],
        summary=typed["summary"],
        note=typed["note"],
        links=_links(record, typed["original"]),
    )


def _links(record: Record, original: str) -> tuple[Link, ...]:
    """The first original address replaced (or taken away), the others kept in their order."""
    first = next((link for link in record.links if link.role == ORIGINAL), None)
    others = tuple(link for link in record.links if link is not first)
    if not original:
        return others
    label = first.label if first else ""
    return (Link(url=original, role=ORIGINAL, label=label), *others)
