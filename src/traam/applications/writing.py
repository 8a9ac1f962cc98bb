"""How answers are written: the present text, every text that was, and the copies that lists read.

The doors are in `actions`: nothing else calls this module. An autosave leaves no line in the
journal: each text stays here with its writer and its instant, and a deposit's digest is journalled.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import JSONField
from django.db.models import Value as Expression

from traam.applications.models import Answer, AnswerVersion, Application, ApplicationAcademy
from traam.applications.rules.answers import Value, chosen
from traam.campaigns.rules.default_form import ASSOCIATED, TITLE, TITLE_MAX
from traam.reference.models import Academy

NULL = Expression(None, JSONField())


def keep(
    application: int,
    *,
    field: str,
    value: Value,
    version: int,
    person: int | None,
    now: datetime,
    key: str = "",
) -> None:
    """The field of the application of this key says this now, at this version (1: the first)."""
    trail = {"value": _kept(value), "saved_at": now, "saved_by_id": person}
    if version == 1:
        Answer.objects.create(application_id=application, field=field, version=1, **trail)
    else:
        found = Answer.objects.filter(application=application, field=field)
        found.update(version=version, **trail)
    AnswerVersion.objects.create(
        application_id=application,
        field=field,
        version=version,
        save_key=key,
        **trail,
    )
    copy(application, field=field, value=value)


def copy(application: int, *, field: str, value: Value) -> None:
    """What lists and joins read of an answer: the title, the associated academies."""
    if field == TITLE:
        title = str(value or "")[:TITLE_MAX]
        Application.objects.filter(pk=application).update(title=title)
    elif field == ASSOCIATED:
        _associate(application, chosen(value))


def _associate(application: int, codes: Iterable[str]) -> None:
    own = Application.objects.filter(pk=application).values("academy")
    found = Academy.objects.filter(code__in=list(codes)).exclude(pk__in=own)
    wanted = sorted(found.values_list("pk", flat=True))
    rows = ApplicationAcademy.objects.filter(application=application)
    rows.exclude(academy__in=wanted).delete()
    ApplicationAcademy.objects.bulk_create(
        [ApplicationAcademy(application_id=application, academy_id=key) for key in wanted],
        ignore_conflicts=True,
    )


def put_aside(
    application: int,
    *,
    field: str,
    value: Value,
    version: int,
    person: int | None,
    now: datetime,
    key: str,
    settled_at: datetime | None,
) -> AnswerVersion:
    """Keep a text written upon a version that another had replaced: to be shown beside, unless it
    is settled already."""
    made = AnswerVersion.objects.create(
        application_id=application,
        field=field,
        value=_kept(value),
        version=version,
        is_rival=True,
        settled_at=settled_at,
        save_key=key,
        saved_at=now,
        saved_by_id=person,
    )
    made.value = value
    return made


def _kept(value: Value) -> Value:
    """What a row holds: for a blank answer the null of JSON, since a field that was emptied was
    written too."""
    return NULL if value is None else value
