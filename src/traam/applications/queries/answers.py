"""What applications say: answers by field, the texts that wait to be settled, what is missing."""

from collections.abc import Mapping
from datetime import date

from traam.applications.models import Answer, AnswerVersion, Application
from traam.applications.queries.calls import core_of, form_of
from traam.applications.rules.answers import Facts, Missing, Value, missing


def answers_of(application: Application) -> dict[str, Value]:
    """The present text of each field."""
    found = Answer.objects.filter(application=application).order_by("pk")
    return dict(found.values_list("field", "value"))


def open_rivals(application: Application) -> list[AnswerVersion]:
    """The texts that wait to be settled beside the present ones, the oldest first."""
    found = AnswerVersion.objects.filter(application=application, is_rival=True, settled_at=None)
    return list(found.select_related("saved_by").order_by("pk"))


def missing_of(
    application: Application, *, today: date, answers: Mapping[str, Value] | None = None
) -> list[Missing]:
    """All that forbids to submit it."""
    facts = Facts(
        academy=application.academy.code,
        inspectors=application.inspectors.count(),
        rivals=frozenset(one.field for one in open_rivals(application)),
    )
    return missing(
        core_of(application.campaign, today=today),
        form_of(application.questionnaire),
        answers_of(application) if answers is None else answers,
        facts,
    )
