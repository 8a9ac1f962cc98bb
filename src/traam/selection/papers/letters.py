"""The letter of a decision as a paper: its words, retouched or not, and the right of reply."""

from datetime import datetime

from django.urls import reverse

from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.call import CallRules
from traam.kit.clock import PARIS
from traam.kit.paper import Markdown, Paper, Signature
from traam.post.texts import site
from traam.reference.models import Academy
from traam.selection.models import Decision, Letter
from traam.selection.rules import letters
from traam.selection.rules.announcing import reply_deadline, source_of
from traam.selection.rules.letters import LetterFacts
from traam.selection.rules.life import DecisionKind

AUTHOR = "Direction du numérique pour l’éducation"
SIGNED = "Le pilotage national des TraAM\nDirection du numérique pour l’éducation"
MARK = "Données de démonstration"


def facts_of(
    decision: Decision, *, calendar: Calendar, rules: CallRules, day: datetime
) -> LetterFacts:
    """What the letter says, were the decision announced that day. Needs the application with its
    theme, academy and associated academies at hand."""
    application = decision.case.application
    return LetterFacts(
        kind=DecisionKind(decision.kind),
        rank=decision.rank,
        reason=decision.reason,
        remarks=decision.remarks,
        campaign=application.campaign.label,
        theme=application.theme.shown_title,
        application=application.title,
        academy=application.academy.name,
        territory=application.academy.kind,
        associated=[one.academy.name for one in application.associated.all()],
        launches_at=calendar.at(Milestone.LAUNCH),
        replies_until=reply_deadline(
            announced_at=day,
            replies_due=calendar.at(Milestone.REPLIES_DUE),
            days=rules.reply_days,
        ),
        acceptance_days=rules.acceptance_days,
        address=site() + reverse("decision", kwargs={"key": decision.pk}),
    )


def source(decision: Decision) -> str:
    """What a letter of this decision is written from, as a digest."""
    return source_of(
        kind=decision.kind, rank=decision.rank, reason=decision.reason, remarks=decision.remarks
    )


def is_current(letter: Letter | None, decision: Decision) -> bool:
    """Does the letter say what is decided? One that was never written does."""
    return letter is None or letter.source == source(decision)


def words(letter: Letter | None, decision: Decision, facts: LetterFacts) -> tuple[str, str]:
    """The subject and the text as they would go now: retouched ones as they are."""
    if letter is not None and (letter.is_edited or letter.sent_at is not None):
        return letter.subject, letter.text
    return letters.subject(facts), letters.text(facts)


def paper(
    decision: Decision, *, subject: str, text: str, facts: LetterFacts, heir: Academy, day: datetime
) -> Paper:
    """The letter of that day. `heir`: the academy that answers for the application's today."""
    campaign = decision.case.application.campaign
    recipient = f"Au rectorat et au DAN {letters.of_the(heir.kind, heir.name)}"
    return Paper(
        title=subject,
        author=AUTHOR,
        issuer=AUTHOR,
        recipient=f"{recipient},\nà l’inspection et à l’équipe de la candidature",
        date=day.astimezone(PARIS).date(),
        reference=f"TraAM {campaign.label} · {decision.case.application.code}",
        mark=MARK if campaign.is_demonstration else "",
        blocks=[
            Markdown(text),
            Markdown(letters.closing(facts)),
            Signature(SIGNED),
        ],
    )
