"""A query that was compiled once answers as its queryset does."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.transaction import TransactionManagementError

from tests.applications.factories import AnswerFactory, ApplicationFactory
from traam.applications.models import Answer, Application
from traam.kit.compiled import Compiled

pytestmark = pytest.mark.django_db


def by_field(application, field):
    rows = Answer.objects.filter(application=application, field=field)
    return rows.values_list("field", "value", "saved_at", "version", "saved_by")


def test_compiled_query_answers_as_its_queryset_whatever_the_parameters() -> None:
    compiled = Compiled(by_field, int, str)
    values = ("un", "", 3, True, ["a", {"b": 1}], "\ue000place 0")
    answers = [AnswerFactory(field=f"f{rank}", value=each) for rank, each in enumerate(values)]

    for one in answers:
        asked = (one.application_id, one.field)
        assert compiled.rows(*asked) == list(by_field(*asked))
        assert compiled.rows(*asked)[0][1] == one.value


def test_compiled_query_keeps_what_is_not_a_parameter_and_repeats_one_that_is() -> None:
    def build(application):
        mine = Q(application=application) | Q(pk__in=Answer.objects.filter(application=application))
        late = Answer.objects.filter(application=OuterRef("application"), version__gt=1)
        rows = Answer.objects.filter(mine, field="title").annotate(late=Exists(late))
        rows = rows.annotate(after=F("version") + 1).order_by("pk")
        return rows.values_list("late", "application__code", "after")

    wanted = AnswerFactory(field="title", version=2)
    AnswerFactory(field="title")
    AnswerFactory(application=wanted.application, field="summary")

    found = Compiled(build, int).rows(wanted.application_id)

    assert found == [(True, wanted.application.code, 3)]
    assert found == list(build(wanted.application_id))


def test_compiled_query_is_one_query_and_sees_what_has_changed(django_assert_num_queries) -> None:
    compiled = Compiled(by_field, int, str)
    one = AnswerFactory(field="title", value="avant", saved_at=datetime(2026, 4, 1, tzinfo=UTC))
    compiled.rows(one.application_id, "title")
    Answer.objects.update(value="après")

    with django_assert_num_queries(1):
        rows = compiled.rows(one.application_id, "title")

    assert [row[1:3] for row in rows] == [("après", one.saved_at)]


def test_compiled_query_takes_a_hostile_parameter_as_a_value() -> None:
    code = "x' OR '1'='1"
    ApplicationFactory()

    rows = Compiled(lambda code: Application.objects.filter(code=code).values_list("pk"), str)

    assert rows.rows(code) == []


# -- instances


def whole(code):
    rows = Application.objects.filter(code=code).select_related("academy", "campaign", "extension")
    return rows.prefetch_related("answers", "campaign__milestones")


def test_compiled_instance_is_the_one_of_its_queryset_with_its_relations(
    django_assert_num_queries,
) -> None:
    compiled = Compiled(whole, str)
    made = [AnswerFactory(value=["é", {"a": 1}]).application for _ in range(2)]
    compiled.get(made[0].code)
    Application.objects.filter(pk=made[1].pk).update(title="Changé")

    with django_assert_num_queries(3):
        found = compiled.get(made[1].code)
        reached = (found.academy.name, found.campaign.label, found.extension)
        gathered = [each.value for each in found.answers.all()]
        dates = list(found.campaign.milestones.all())

    expected = whole(made[1].code).get()
    assert found == expected
    assert found.title == "Changé"
    assert found.created_at == expected.created_at
    assert reached == (expected.academy.name, expected.campaign.label, None)
    assert gathered == [each.value for each in expected.answers.all()]
    assert dates == list(expected.campaign.milestones.all())


def test_compiled_instance_is_one_of_its_own_each_time() -> None:
    compiled, code = Compiled(whole, str), ApplicationFactory().code

    first, second = compiled.get(code), compiled.get(code)
    first.title = "Pas encore enregistré"

    assert second.title != first.title


def test_compiled_instance_that_is_not_there_or_not_alone_is_refused() -> None:
    ApplicationFactory.create_batch(2)

    with pytest.raises(Application.DoesNotExist):
        Compiled(whole, str).get("personne")
    with pytest.raises(Application.MultipleObjectsReturned):
        Compiled(lambda key: Application.objects.filter(pk__gt=key), int).get(0)


@pytest.mark.django_db(transaction=True)
def test_row_is_kept_within_a_transaction_only() -> None:
    kept = Compiled(lambda key: Application.objects.select_for_update().filter(pk=key), int)
    one = ApplicationFactory()

    with transaction.atomic():
        assert kept.get(one.pk) == one
    with pytest.raises(TransactionManagementError):
        kept.get(one.pk)
