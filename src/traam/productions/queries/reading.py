"""A production with all that its pages and its acts read, in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from traam.campaigns.rules.questions import Form
from traam.documents.models import Withholding
from traam.groups.models import TeamBond
from traam.productions.models import (
    Aside,
    CoAuthor,
    Production,
    ProductionFile,
    ProductionLink,
    ProductionTerm,
)
from traam.productions.rules import files as file_rules
from traam.productions.rules.contents import Content
from traam.productions.rules.fields import (
    LINES,
    NO_PROGRAMME,
    SCHEMES,
    TEXTS,
    Options,
    Standing,
    Value,
    form_for,
)
from traam.productions.rules.life import Authorisation, FileUse, Recognisable
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

READ = "production.read"
AROUND = ("campaign", "team__group__theme", "team__academy__successor")


def whole(rows: QuerySet[Production]) -> QuerySet[Production]:
    """With what its place and its pages read: seven queries for any number of rows."""
    withheld = Withholding.objects.filter(file=OuterRef("file"), until=None)
    files = ProductionFile.objects.select_related("file").annotate(is_withheld=Exists(withheld))
    return placed(rows).prefetch_related(
        Prefetch("files", queryset=files.order_by("position", "pk")),
        Prefetch("links", queryset=ProductionLink.objects.order_by("position", "pk")),
    )


def placed(rows: QuerySet[Production]) -> QuerySet[Production]:
    """With what its place reads, its words and its authors: five queries."""
    bonds = TeamBond.objects.select_related("academy").order_by("pk")
    return rows.select_related(*AROUND).prefetch_related(
        Prefetch("team__bonds", queryset=bonds),
        "team__group__teams",
        Prefetch("terms", queryset=ProductionTerm.objects.order_by("pk")),
        _authors(),
    )


def _authors() -> Prefetch[str, QuerySet[CoAuthor], str]:
    people = CoAuthor.objects.select_related("person").order_by("pk")
    return Prefetch("authors", queryset=people)


def with_authors(production: Production) -> Production:
    """The same production, its authors as they are now."""
    production._prefetched_objects_cache.pop("authors", None)  # type: ignore[attr-defined]
    prefetch_related_objects([production], _authors())
    return production


# -- its fields


def options() -> Options:
    """What the lists of the form offer today, from the vocabularies."""
    return options_of(vocabulary())


def options_of(words: Vocabulary) -> Options:
    """The same, of this snapshot: of the competences, only the finest ones are chosen."""
    offered = {
        name: [(one.code, one.label) for one in words.terms(name)]
        for name in ("disciplines", "levels", "programmes")
    }
    fine = [one for scheme in SCHEMES["competences"] for one in words.terms(scheme)]
    offered["competences"] = [(one.code, one.label) for one in fine if "." in one.code]
    offered["programmes"].append(NO_PROGRAMME)
    return offered


def form_of(production: Production) -> Form:
    """The questions of this production, with what its lists offer today."""
    return form_for(production.kind, options())


def values_of(production: Production) -> dict[str, Value]:
    """What each field says now, as controls hold it; reads what `whole` fetched."""
    said: dict[str, Value] = {name: getattr(production, name) for name in TEXTS}
    terms = list(production.terms.all())
    for name, schemes in SCHEMES.items():
        of_field = [one for one in terms if one.scheme in schemes]
        if name in LINES:
            said[name] = "\n".join(one.label for one in of_field)
        else:
            said[name] = [one.code for one in of_field]
    return said


def content_of(production: Production) -> Content:
    """All that it says, as plain values in words: what a version keeps."""
    terms = list(production.terms.all())
    fields: dict[str, Any] = {name: getattr(production, name) for name in TEXTS}
    for name, schemes in SCHEMES.items():
        fields[name] = [one.label for one in terms if one.scheme in schemes]
    codes = {
        name: [one.code for one in terms if one.scheme in schemes]
        for name, schemes in SCHEMES.items()
        if name not in LINES
    }
    return {
        "fields": fields,
        "codes": codes,
        "files": [_file(one) for one in production.files.all()],
        "links": [{"url": one.url, "label": one.label} for one in production.links.all()],
    }


def _file(one: ProductionFile) -> dict[str, Any]:
    return {
        "name": one.name,
        "digest": one.file.digest,
        "use": one.use,
        "description": one.description,
        "credit": one.credit,
    }


# -- its completeness


def shown_file(one: ProductionFile) -> file_rules.Shown:
    """What decides whether this file may be published."""
    return file_rules.Shown(
        name=one.name,
        use=FileUse(one.use),
        recognisable=Recognisable(one.recognisable),
        authorisation=Authorisation(one.authorisation),
        description=one.description,
    )


def standing_of(production: Production, rivals: Iterable[Aside] | None = None) -> Standing:
    """What completeness must know beside the fields. `rivals`: the texts that wait to be settled,
    read here where they are not known."""
    waiting = open_asides(production) if rivals is None else rivals
    shown = [shown_file(one) for one in production.files.all()]
    return Standing(
        rivals=frozenset(one.field for one in waiting),
        files=sum(file_rules.is_carried(one) for one in shown),
        links=len(production.links.all()),
        file_faults=file_rules.faults_of(shown),
    )


def open_asides(production: Production) -> list[Aside]:
    """The texts that wait to be settled, the oldest first."""
    rows = Aside.objects.filter(production=production, settled_at=None)
    return list(rows.select_related("saved_by").order_by("pk"))


def asides(production: Production, *, keys: list[str]) -> list[Aside]:
    """The texts that wait to be settled, and those that were received under these keys."""
    rows = Aside.objects.filter(production=production).select_related("saved_by").order_by("pk")
    return list(rows.filter(Q(settled_at=None) | Q(save_key__in=keys)))


@dataclass(frozen=True, slots=True)
class Trace:
    """Who wrote a field last, when, and at which version of the production."""

    version: int = 0
    key: str = ""
    by: int | None = None
    at: str = ""


def trace_of(production: Production, field: str) -> Trace:
    """The last writing of this field; version 0 when nobody has."""
    known: Mapping[str, Any] = production.traces.get(field, {})
    return Trace(**known)
