"""The verbs of trials and observations."""

from traam.trials.actions.agreeing import answer_agreement, ask_agreement, take_back_agreement
from traam.trials.actions.closing import abandon, close, evaluate, reopen
from traam.trials.actions.observing import (
    correct,
    discard,
    note,
    proofread,
    restore,
    take,
    unread,
    withdraw,
)
from traam.trials.actions.trials import (
    amend,
    begin,
    change_session,
    record_session,
    remove_session,
    write_protocol,
)

__all__ = [
    "abandon",
    "amend",
    "answer_agreement",
    "ask_agreement",
    "begin",
    "change_session",
    "close",
    "correct",
    "discard",
    "evaluate",
    "note",
    "proofread",
    "record_session",
    "remove_session",
    "reopen",
    "restore",
    "take",
    "take_back_agreement",
    "unread",
    "withdraw",
    "write_protocol",
]
