"""What the texts of a call say now, as plain values: what is hashed, signed, compared."""

from typing import Any

from traam.campaigns.models import Axis, Brief, TextVersion, Theme
from traam.campaigns.rules.call import CallRules
from traam.campaigns.rules.signing import digest_of
from traam.campaigns.rules.texts import AxisText, ThemeText, brief_prose, theme_prose
from traam.reference.queries import vocabulary

SCHEMES = ("disciplines", "cycles")


def theme_text(theme: Theme) -> ThemeText:
    """All that the theme says; two queries, none where axes and terms were fetched with it."""
    codes: dict[str, list[str]] = {scheme: [] for scheme in SCHEMES}
    for term in sorted(theme.terms.all(), key=lambda one: one.pk):
        if term.scheme in codes:
            codes[term.scheme].append(term.code)
    return ThemeText(
        title=theme.title,
        problem=theme.problem,
        axes=tuple(
            AxisText(axis.title, axis.text) for axis in sorted(theme.axes.all(), key=_position)
        ),
        disciplines=tuple(codes["disciplines"]),
        cycles=tuple(codes["cycles"]),
        transversal=theme.transversal,
        academies_min=theme.academies_min,
        academies_max=theme.academies_max,
        duration_years=theme.duration_years,
        continues=theme.continues.code if theme.continues else "",
    )


def _position(axis: Axis) -> int:
    return axis.position


def brief_content(brief: Brief) -> dict[str, Any]:
    """The text and the commitments of the campaign: both are signed."""
    return brief_says(brief.text, brief.campaign.call_rules)


def brief_says(text: str, rules: CallRules) -> dict[str, Any]:
    commitments = [{"key": one.key, "label": one.label} for one in rules.commitments]
    return {"text": text, "commitments": commitments}


def content_of(text: Theme | Brief) -> dict[str, Any]:
    """What would be signed if it were submitted now."""
    return theme_text(text).content() if isinstance(text, Theme) else brief_content(text)


def digest_now(text: Theme | Brief) -> str:
    return digest_of(content_of(text))


def prose_of(content: dict[str, Any], *, is_theme: bool) -> str:
    """A content as one text, to be compared with another."""
    return theme_prose(content, names()) if is_theme else brief_prose(content)


def prose_of_version(version: TextVersion) -> str:
    return prose_of(version.content, is_theme=version.theme_id is not None)


def names() -> dict[str, str]:
    """The labels of the codes of disciplines and cycles."""
    words = vocabulary()
    return {term.code: term.label for scheme in SCHEMES for term in words.terms(scheme)}
