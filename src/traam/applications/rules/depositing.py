"""What a deposit holds: all that the application says, canonical, and what it commits to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from traam.applications.rules.answers import Answers, is_asked, is_blank
from traam.campaigns.rules.call import Commitment
from traam.campaigns.rules.questions import Form
from traam.journal.rules import instant


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """A file joined to it, by its digest."""

    name: str
    label: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositFacts:
    """All that is frozen, beside the answers. People are keys; codes are those of addresses."""

    application: str
    campaign: str
    theme: str
    academy: str
    associated: tuple[str, ...]
    number: int
    deposited_at: datetime
    questionnaire: int  # its version
    questionnaire_digest: str
    brief_digest: str  # empty: the campaign has no cahier des charges
    authors: tuple[int, ...]
    inspectors: Mapping[int, datetime | None]  # when each agreed
    pieces: tuple[PieceFacts, ...]
    commitments: tuple[Commitment, ...]


def content_of(facts: DepositFacts, *, core: Form, form: Form, answers: Answers) -> dict[str, Any]:
    """What the deposit keeps and whose digest its receipt bears; questions that are not asked,
    given the other answers, are left out."""
    made = asdict(facts)
    made["deposited_at"] = instant(facts.deposited_at)
    made["inspectors"] = {
        str(person): instant(at) if at else "" for person, at in facts.inspectors.items()
    }
    made["pieces"] = [asdict(one) for one in facts.pieces]
    made["commitments"] = [asdict(one) for one in facts.commitments]
    made["associated"], made["authors"] = list(facts.associated), list(facts.authors)
    made["answers"] = said(core, form, answers)
    return made


def said(core: Form, form: Form, answers: Answers) -> dict[str, Any]:
    """The answers to the questions that are asked, blank ones left out."""
    questions = (*core.in_order(), *form.in_order())
    return {
        one.id: answers[one.id]
        for one in questions
        if not is_blank(answers.get(one.id)) and is_asked(one, answers)
    }


def receipt_number(code: str, number: int) -> str:
    """« 2026-2027-09-3/1 »: the first deposit of this application."""
    return f"{code}/{number}"


def order_faults(order: Sequence[str], known: Sequence[str]) -> list[str]:
    """What is wrong with a ranking, in French. `known`: the applications that may be ranked."""
    found = []
    for code in dict.fromkeys(order):
        if order.count(code) > 1:
            found.append(f"La candidature {code} est classée {order.count(code)} fois.")
        if code not in known:
            found.append(
                f"La candidature {code} n’est pas à viser ni à classer : elle n’attend pas le "
                "visa, ou n’est pas de cette académie."
            )
    return found
