"""What the tests of these pages share: a page's words, a form's fields, many reviews at once."""

from django.utils.html import strip_tags

from tests.selection import factories as f
from traam.applications.models import Application, Examiner
from traam.selection.forms.reviews import mark
from traam.selection.models import Case, Review

KEYS = ("fit", "protocol", "mutualisation", "team", "diffusion")


def text(answer) -> str:
    """What the page says, on one line, its spaces plain."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).replace("\u00a0", " ").split())


def judge(made: f.Study):
    return made.reviewers[made.themes[0].code][0]


def form_of(review: Review, **values: str) -> dict[str, str]:
    """What the form of this review sends, these values typed over what it showed."""
    kept = {f"score_{key}": str(review.scores.get(key, "")) for key in KEYS}
    kept |= {"comment": review.comment, "advice": review.advice}
    bases = {name: review.fields.get(name, {}).get("version", 0) for name in kept}
    return {
        **{f"base-{name}": str(at) for name, at in bases.items()},
        **{f"was-{name}": mark(value) for name, value in kept.items()},
        **kept,
        **values,
    }


def bulk(made: f.Study, count: int) -> None:
    """`count` cases, by themes of thirty, with three given reviews each."""
    academies = f.AcademyFactory.create_batch(min(count, 30))
    themes = [f.theme_of(made.campaign) for _ in range(-(-count // 30))]
    people = [f.reviewer(*themes) for _ in range(3)]
    places = [(theme, academy) for theme in themes for academy in academies][:count]
    questions = made.campaign.questionnaires.get()
    applications = Application.objects.bulk_create(
        Application(
            code=f"en-nombre-{place}",
            campaign=made.campaign,
            theme=theme,
            academy=academy,
            questionnaire=questions,
            state="deposited",
            state_at=f.NOW,
            created_at=f.NOW,
            deposited_at=f.NOW,
            title=f"Projet {place}",
        )
        for place, (theme, academy) in enumerate(places)
    )
    cases = Case.objects.bulk_create(
        Case(application=one, campaign=made.campaign, theme=one.theme, opened_at=f.NOW)
        for one in applications
    )
    given = {"state": "submitted", "total": 12, "submitted_at": f.NOW, "assigned_at": f.NOW}
    Review.objects.bulk_create(
        Review(case=case, reviewer=person, **given) for case in cases for person in people
    )
    Examiner.objects.bulk_create(
        Examiner(application=one, person=person, standing="clear", checked_at=f.NOW)
        for one in applications
        for person in people
    )
