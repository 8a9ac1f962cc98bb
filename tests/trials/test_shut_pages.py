"""The pages that write a trial, once it is ended or to who does not write it."""

import pytest
from django.urls import reverse

from tests.trials.factories import SessionFactory
from tests.trials.setting import setting
from tests.trials.visiting import browser, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGES = ("trial_protocol", "trial_sessions", "trial_session", "trial_close", "trial_agreement")


def address(name: str, place) -> str:
    more = {"key": SessionFactory(trial=place.trial).pk} if name == "trial_session" else {}
    return reverse(name, kwargs={"code": place.trial.code, **more})


@pytest.mark.parametrize(
    ("facts", "ended"),
    [
        ({"closed": True}, "Cet essai est clos"),
        ({"state": "abandoned", "reason": "La classe a fermé."}, "Cet essai est abandonné"),
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_ended_trial_says_so_to_its_teacher_and_leads_on(name, facts, ended) -> None:
    place = setting(**facts)
    client, asked = browser(place.teacher), address(name, place)

    read, posted = client.get(asked), client.post(asked, {})

    for answer, status in ((read, 200), (posted, 409)):
        said, shown = text(answer), answer.content.decode()
        assert answer.status_code == status
        assert ended in said
        assert "peut préparer" not in said
        assert "Revenir à l’essai" in said
        assert f'href="{reverse("trial_reopen", kwargs={"code": place.trial.code})}"' in shown


@pytest.mark.parametrize("name", PAGES)
def test_ended_trial_is_not_reopened_by_who_only_reads_it(name) -> None:
    place = setting(closed=True)

    said = text(browser(place.neighbour).get(address(name, place)))

    assert "Cet essai est clos" in said
    assert "Rouvrir" not in said


@pytest.mark.parametrize("name", PAGES[:4])
def test_open_trial_says_to_a_colleague_who_writes_it(name) -> None:
    place = setting(at_work=True)
    client, asked = browser(place.colleague), address(name, place)

    said = text(client.get(asked))

    assert "peut préparer et mener cet essai" in said
    assert "Revenir à l’essai" in said
    assert client.post(asked, {}).status_code != 409
