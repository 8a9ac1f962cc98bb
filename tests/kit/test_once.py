"""What a page asks twice is asked once, and nothing is remembered after it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from traam.kit.middleware import ReadOnlyGet
from traam.kit.once import once_a_page, remembered


class Source:
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

        @once_a_page
        def tell(*args: object, **kwargs: object) -> list[object]:
            self.asked.append((args, kwargs))
            return [*args, kwargs]

        self.tell = tell


def test_same_question_is_asked_once_within_a_page_and_each_time_outside() -> None:
    source = Source()

    with remembered():
        first, second = source.tell(1, day="lundi"), source.tell(1, day="lundi")
    outside = source.tell(1, day="lundi"), source.tell(1, day="lundi")

    assert first is second
    assert outside[0] is not outside[1]
    assert len(source.asked) == 3


def test_other_arguments_and_the_next_page_are_asked_anew() -> None:
    source, other = Source(), Source()

    for _ in range(2):
        with remembered():
            answers = source.tell(1), source.tell(2), source.tell(1, day=2), other.tell(1)

    assert answers == ([1, {}], [2, {}], [1, {"day": 2}], [1, {}])
    assert (len(source.asked), len(other.asked)) == (6, 2)


def test_nothing_is_left_of_a_page_that_burst() -> None:
    asked = []

    @once_a_page
    def fails() -> int:
        asked.append(1)
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError), remembered():
            fails()
    with pytest.raises(LookupError):
        fails()

    assert len(asked) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "count"), [("get", 1), ("head", 1), ("post", 2)])
def test_only_a_page_that_cannot_write_remembers(method, count) -> None:
    source = Source()

    def view(_):
        source.tell()
        source.tell()
        return HttpResponse()

    ReadOnlyGet(view)(getattr(RequestFactory(), method)("/"))

    assert len(source.asked) == count
