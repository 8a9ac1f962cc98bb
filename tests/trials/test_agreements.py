"""The agreement of a school to a trial, from outside: asked, answered, taken back, and by whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from lxml import html as lxml_html

from tests.groups.factories import TODAY, TeamFactory, member, team_mandate
from tests.house.pages import CheckedClient
from tests.productions.factories import ProductionTermFactory, ToolSheetFactory
from tests.trials.factories import AgreementFactory, ObservationFactory, SessionFactory
from tests.trials.setting import LATER, NOW, SEEN, Place, setting
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.actions import erase
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.post.texts import text_of
from traam.trials import actions
from traam.trials.actions.agreeing import ask_agreement
from traam.trials.models import Agreement, Trial, TrialEvent
from traam.trials.rules.agreeing import GONE, NEXT
from traam.trials.rules.life import AgreementState, TrialState
from traam.trials.views.agreements import ALREADY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = AgreementState
WHY = "Le brevet blanc occupe la salle cette semaine-là."


@pytest.fixture
def place() -> Place:
    return setting(planned_for=TODAY + timedelta(days=9), pupils=26)


@pytest.fixture
def head(place) -> Actor:
    """A head of school, partner of the team."""
    return member(place.team, Role.PARTNER)


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def ask(place: Place, head: Actor, now=NOW) -> Agreement:
    return ask_agreement(trial=place.trial, partner=user(head), now=now, actor=place.teacher)


def answer(one: Agreement, head: Actor, *, accepts=True, reason="", now=NOW) -> Agreement:
    return actions.answer_agreement(
        agreement=one, accepts=accepts, reason=reason, now=now, actor=head
    )


def browser(actor: Actor) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user(actor), "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer) -> str:
    """What the page says, on one line, its spaces plain."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).replace("\u00a0", " ").split())


def page_of(one: Agreement) -> str:
    return reverse("agreement", kwargs={"key": one.pk})


def trial_page(place: Place, name: str = "trial") -> str:
    return reverse(name, kwargs={"code": place.trial.code})


def told(actor: Actor) -> list[str]:
    """The subjects of the messages that this person received."""
    rows = Message.objects.filter(to=actor.person).order_by("pk")
    return [text_of(kind=one.kind, params=one.params).subject for one in rows]


def test_asking_tells_the_partner_what_is_asked_and_by_when(place, head) -> None:
    client = browser(place.teacher)
    assert user(head).name in text(client.get(trial_page(place, "trial_agreement")))
    given = {"partenaire": str(head.person)}
    answered = client.post(trial_page(place, "trial_agreement"), given, follow=True)
    assert "demandé le 10 novembre 2026" in text(answered)
    assert NEXT[S.ASKED] in text(answered)
    message = Message.objects.get(to=head.person)
    said = text_of(kind=message.kind, params=message.params)
    assert place.trial.production.title in said.subject
    assert "19/11/2026" in said.body
    assert page_of(Agreement.objects.get()) in said.body


def test_day_of_the_partner_leads_to_the_page_and_forgets_it_once_answered(place, head) -> None:
    one = ask(place, head)
    client = browser(head)

    day = client.get(reverse("dashboard"))
    assert "1 essai attend votre accord" in text(day)
    assert f'href="{page_of(one)}"' in day.content.decode()

    client.post(page_of(one), {"reponse": "oui", "motif": ""})
    assert "attend votre accord" not in text(client.get(reverse("dashboard")))
    assert "attend votre accord" not in text(browser(place.teacher).get(reverse("dashboard")))


def test_page_says_what_a_head_of_school_needs_and_nothing_seen_in_class(place, head) -> None:
    Trial.objects.filter(pk=place.trial.pk).update(
        state=TrialState.AT_WORK, protocol_digest="0" * 64, protocol_at=NOW,
        conclusion="Une conclusion encore provisoire",
    )  # fmt: skip
    SessionFactory(trial=place.trial, note="Une note de séance", location="Salle 12")
    ObservationFactory(trial=place.trial, seen=SEEN)
    tool = ProductionTermFactory(production=place.trial.production, scheme="tools")
    ToolSheetFactory(code=tool.code, data="Une adresse électronique", minimum_age=13)
    one = ask(place, head)

    said = text(browser(head).get(page_of(one)))

    production = place.trial.production
    for shown in (
        *(production.title, place.team.group.theme.shown_title, place.team.named, "26 élèves"),
        *(place.trial.hypothesis, "Indicateur 1", "19 novembre 2026", "10 novembre 2026"),
        *(tool.label, "Une adresse électronique", "13 ans au moins"),
    ):
        assert shown in said, shown
    for hidden in (SEEN, "Une note de séance", "Salle 12", "provisoire"):
        assert hidden not in said, hidden


def test_page_asks_the_same_whatever_it_holds(place, head, django_assert_num_queries) -> None:
    one, client = ask(place, head), browser(head)
    for _ in range(2):
        SessionFactory(trial=place.trial)
        ToolSheetFactory(
            code=ProductionTermFactory(production=place.trial.production, scheme="tools").code
        )
        client.get(page_of(one))
        # session, person, mandates and their delegations; the request, indicators, terms of the
        # production; sessions, tools; version of the vocabularies
        with django_assert_num_queries(9):
            client.get(page_of(one))


def test_acceptance_is_told_to_the_teacher_and_shown_on_the_trial(place, head) -> None:
    one = ask(place, head)

    answered = browser(head).post(page_of(one), {"reponse": "oui", "motif": ""}, follow=True)

    assert "Votre accord est donné" in text(answered)
    assert told(place.teacher) == [
        f"L’établissement accepte votre essai : {place.trial.production.title}"
    ]
    said = text(browser(place.teacher).get(trial_page(place)))
    assert f"{user(head).name} : accordé le 10 novembre 2026" in said
    again = {"partenaire": str(head.person)}
    client = browser(place.teacher)
    assert ALREADY in text(client.post(trial_page(place, "trial_agreement"), again, follow=True))


def test_refusal_without_a_reason_says_one_sentence_and_keeps_what_was_chosen(place, head) -> None:
    one = ask(place, head)

    answered = browser(head).post(page_of(one), {"reponse": "non", "motif": "  "})

    assert answered.status_code == 400
    assert "Dites pourquoi vous refusez, en une phrase." in text(answered)
    page = lxml_html.fromstring(answered.content.decode())
    assert page.xpath("//input[@name='reponse'][@checked]/@value") == ["non"]
    assert Agreement.objects.get().state == S.ASKED


@pytest.mark.parametrize("reason", ["x" * 2_001, "Appelez-moi au 06 12 34 56 78."])
def test_refusal_keeps_what_was_typed_when_it_cannot_be_taken(place, head, reason) -> None:
    one = ask(place, head)

    answered = browser(head).post(page_of(one), {"reponse": "non", "motif": reason})

    assert (answered.status_code, reason in answered.content.decode()) == (400, True)
    assert Agreement.objects.get().state == S.ASKED


def test_refusal_is_shown_with_what_to_do_and_before_a_session_but_locks_nothing(
    place, head
) -> None:
    answer(ask(place, head), head, accepts=False, reason=WHY)
    client = browser(place.teacher)

    said = text(client.get(trial_page(place)))
    assert f"{user(head).name} : refusé le 10 novembre 2026" in said
    assert WHY in said
    assert NEXT[S.REFUSED].replace("\u00a0", " ") in said
    assert WHY in text(client.get(trial_page(place, "trial_sessions")))
    assert "a refusé cet essai" in text(client.get(trial_page(place, "trial_observe")))
    assert told(place.teacher)[0].startswith("L’établissement refuse votre essai")
    ask(place, head)
    assert "a refusé cet essai" not in text(client.get(trial_page(place, "trial_observe")))
    assert "sans réponse encore." in text(client.get(trial_page(place, "trial_sessions")))

    client.post(trial_page(place, "trial_sessions"), {"date": "2026-11-10", "minutes": "55"})
    assert Trial.objects.get().state == TrialState.AT_WORK


def test_partner_changes_their_mind_until_the_trial_ends(place, head) -> None:
    one, client = ask(place, head), browser(head)
    answer(one, head)
    assert "Changer ma réponse" in text(client.get(page_of(one)))
    client.post(page_of(one), {"reponse": "non", "motif": WHY})
    assert Agreement.objects.get().reason == WHY
    answer(one, head, accepts=False, reason="La salle est prise.", now=LATER)
    answer(one, head, now=LATER)

    found = Agreement.objects.get()
    assert (found.state, found.reason) == (S.GIVEN, "")
    reasons = TrialEvent.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == [WHY, "La salle est prise."]


@pytest.mark.parametrize("accepts", [True, False])
def test_same_answer_twice_is_once(place, head, accepts) -> None:
    one = ask(place, head)
    for _ in range(2):
        answer(one, head, accepts=accepts, reason="" if accepts else WHY)

    assert len(told(place.teacher)) == 1
    assert Entry.objects.filter(verb="agreement.answer").count() == 1


def test_asking_twice_is_once(place, head) -> None:
    assert ask(place, head) == ask(place, head, now=LATER)
    assert [len(told(head)), Agreement.objects.get().asked_at] == [1, NOW]


def test_request_is_taken_back_then_made_again(place, head) -> None:
    one, client = ask(place, head), browser(place.teacher)
    address = reverse("trial_agreement_take_back", kwargs={"code": place.trial.code, "key": one.pk})

    for _ in range(2):
        answered = client.post(address, follow=True)
    assert "Aucun accord n’est demandé" in text(answered)
    assert [one.partition(" :")[0] for one in told(head)] == [
        "Votre accord est demandé pour un essai",
        "Votre accord n’est plus demandé",
    ]
    said = text(browser(head).get(page_of(one)))
    assert "L’équipe a repris sa demande" in said
    assert place.trial.hypothesis not in said
    with pytest.raises(MoveRefused):
        answer(one, head)

    again = ask(place, head, now=LATER)
    assert (again.pk, again.state) == (one.pk, S.ASKED)


def test_answered_request_is_not_taken_back_but_a_refused_one_is_asked_again(place, head) -> None:
    one = ask(place, head)
    answer(one, head, accepts=False, reason=WHY)

    with pytest.raises(MoveRefused):
        actions.take_back_agreement(agreement=one, now=NOW, actor=place.teacher)
    again = ask(place, head, now=LATER)

    assert (again.state, again.reason, again.asked_at) == (S.ASKED, "", LATER)


def test_page_does_not_exist_for_anyone_but_the_person_asked(place, head) -> None:
    one = ask(place, head)
    others = (
        *(place.teacher, place.colleague, place.inspector, place.expert, place.stranger),
        member(place.team, Role.PARTNER),
        member(TeamFactory(group=place.group), Role.PARTNER),
    )

    for actor in others:
        client = browser(actor)
        assert client.get(page_of(one)).status_code == 404
        assert client.post(page_of(one), {"reponse": "oui"}).status_code == 404
        with pytest.raises(NotAllowed):
            answer(one, actor)
    assert Agreement.objects.get().state == S.ASKED


def test_partner_whose_mandate_over_the_team_has_ended_answers_no_more(place, head) -> None:
    one = ask(place, head)
    user(head).mandates.update(ends_on=TODAY)
    team_mandate(user(head), Role.PARTNER, TeamFactory())
    late = actor_for(user(head), TODAY)

    assert browser(late).get(page_of(one)).status_code == 404
    with pytest.raises(NotAllowed):
        answer(one, late)


@pytest.mark.parametrize("how", ["mandate", "account"])
def test_team_is_told_when_the_person_asked_can_answer_no_more(place, head, how) -> None:
    ask(place, head)
    client = browser(place.teacher)
    before = text(client.get(trial_page(place)))

    if how == "mandate":
        user(head).mandates.update(ends_on=TODAY)
    else:
        User.objects.filter(pk=head.person).update(is_active=False)

    assert GONE not in before
    for name in ("trial", "trial_sessions"):
        assert GONE in text(client.get(trial_page(place, name)))


def test_only_a_partner_of_this_team_is_asked(place) -> None:
    outsider = member(TeamFactory(group=place.group), Role.PARTNER)
    client = browser(place.teacher)

    assert "L’équipe n’a pas de partenaire" in text(
        client.get(trial_page(place, "trial_agreement"))
    )
    for actor in (outsider, place.colleague):
        with pytest.raises(Refusal, match="n’est pas partenaire"):
            ask(place, actor)
        given = {"partenaire": str(actor.person)}
        assert client.post(trial_page(place, "trial_agreement"), given).status_code == 400
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "inspector", "expert", "stranger"])
def test_only_who_writes_the_trial_asks_and_takes_back(place, head, who) -> None:
    one, actor = ask(place, head), getattr(place, who)

    with pytest.raises(NotAllowed):
        ask_agreement(trial=place.trial, partner=user(head), now=NOW, actor=actor)
    with pytest.raises(NotAllowed):
        actions.take_back_agreement(agreement=one, now=NOW, actor=actor)
    status = browser(actor).get(trial_page(place, "trial_agreement")).status_code
    assert status == (403 if who == "colleague" else 404)


@pytest.mark.parametrize("state", [TrialState.CLOSED, TrialState.ABANDONED])
def test_nothing_is_asked_or_answered_once_the_trial_is_over(place, head, state) -> None:
    one = ask(place, head)
    Trial.objects.filter(pk=place.trial.pk).update(
        state=state, closed_at=NOW, verdict="partly", reason="La classe a fermé."
    )
    client = browser(head)

    assert f"L’essai est {state.label} : la réponse ne change plus." in text(
        client.get(page_of(one))
    )
    assert client.post(page_of(one), {"reponse": "oui"}).status_code == 403
    assert "attend votre accord" not in text(client.get(reverse("dashboard")))
    with pytest.raises(NotAllowed):
        ask(place, head)
    with pytest.raises(Refusal, match=state.label):
        ask_agreement(trial=place.trial, partner=user(head), now=NOW, actor=None)
    with pytest.raises(Refusal, match=state.label):
        actions.answer_agreement(agreement=one, accepts=True, now=NOW, actor=None)


def test_agreement_is_the_teams_alone_on_a_closed_trial() -> None:
    place = setting(closed=True)
    AgreementFactory(trial=place.trial, state=S.REFUSED, reason=WHY)

    assert WHY in text(browser(place.teacher).get(trial_page(place)))
    assert WHY not in text(browser(place.expert).get(trial_page(place)))


def test_erased_partner_leaves_their_answer_and_no_name(place, head) -> None:
    answer(ask(place, head), head)
    name = user(head).name
    erase(person=user(head), now=LATER, actor=None)

    said = text(browser(place.teacher).get(trial_page(place)))
    assert "accordé le 10 novembre 2026" in said
    assert name not in said


def test_journal_keeps_keys_and_states_but_no_words(place, head) -> None:
    one = ask(place, head)
    answer(one, head, accepts=False, reason=WHY)

    rows = Entry.objects.filter(verb__startswith="agreement.").order_by("pk")
    assert [row.verb for row in rows] == ["agreement.ask", "agreement.answer"]
    assert all(WHY not in f"{row.before}{row.after}" for row in rows)
    assert rows[1].after == {"agreement": one.pk, "state": "refused"}
