"""Several counts in one query say what each says alone."""

from decimal import Decimal

import pytest
from django.db.models import Count, DecimalField

from tests.applications.factories import AnswerFactory, ApplicationFactory
from tests.groups.factories import SpentFactory
from traam.applications.models import Answer, Application
from traam.groups.models import Spent
from traam.kit.counting import count_of, counts, of_all, values_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_counts_say_in_one_query_what_each_count_says(rows, django_assert_num_queries) -> None:
    for rank in range(rows):
        application = ApplicationFactory()
        for number in range(rank + 1):
            AnswerFactory(application=application, field=f"f{number}", version=rank)
    answered = Application.objects.filter(answers__isnull=False)
    asked = {
        "all": Answer.objects.order_by("-pk"),
        "none": Answer.objects.none(),
        "late": Answer.objects.select_related("application").filter(version__gt=0),
        "repeated": answered,
        "once": answered.distinct(),
        "several": Application.objects.annotate(n=Count("answers")).filter(n__gte=2),
        "two": Answer.objects.order_by("pk")[:2],
        "nested": Answer.objects.filter(application__in=answered.values("pk")),
    }

    with django_assert_num_queries(1):
        found = counts(**asked)

    assert found == {name: queryset.count() for name, queryset in asked.items()}


def test_values_are_read_as_their_field_reads_them(django_assert_num_queries) -> None:
    SpentFactory(hours=Decimal("1.50"))
    SpentFactory(hours=Decimal(2))
    hours = DecimalField(max_digits=8, decimal_places=2)

    with django_assert_num_queries(1):
        found = values_of(
            sum=of_all(Spent.objects.all(), "SUM(%s)", "hours", hours),
            none=of_all(Spent.objects.filter(hours=7), "SUM(%s)", "hours", hours),
            teams=count_of(Spent.objects.order_by("pk")),
        )

    assert found == {"sum": Decimal("3.50"), "none": None, "teams": 2}
