"""The verbs on reviews, choices and decisions. `actor=None` is the house itself (a job, the
demonstration)."""

from traam.selection.actions.amending import amend
from traam.selection.actions.announcing import (
    announce,
    foresee_announcement,
    take_back_announcement,
)
from traam.selection.actions.assigning import (
    Foreseen,
    assign,
    assign_all,
    foresee_assignment,
    unassign,
)
from traam.selection.actions.cases import open_cases, open_due, seal_rules
from traam.selection.actions.choosing import (
    WhatIf,
    compute,
    computed,
    keep,
    lock,
    make_reference,
    rename,
    seal_choice,
    unlock,
    what_if,
)
from traam.selection.actions.deciding import (
    NeedsDeparture,
    Outdated,
    decide,
    take_back_decision,
)
from traam.selection.actions.launching import (
    complete_participation,
    launch_participation,
    reopen_participation,
    take_back_launch,
)
from traam.selection.actions.lettering import (
    OutdatedLetter,
    edit_letter,
    prepare_letters,
    reset_letter,
)
from traam.selection.actions.minuting import Session, write_minutes
from traam.selection.actions.pairing import pair, unpair
from traam.selection.actions.participating import (
    accept_place,
    call_reserve,
    decline_place,
    let_pass_due,
    put_back,
    reinstate,
    remind_calls,
    take_back_call,
    withdraw_participation,
)
from traam.selection.actions.replying import answer_reply, reply
from traam.selection.actions.reviewing import (
    Saved,
    Write,
    begin,
    decline,
    fill,
    read_newest,
    reopen,
    save,
    settle,
    submit,
)
from traam.selection.actions.taking import Taken, foresee_proposal, take_proposal

__all__ = [
    "Foreseen",
    "NeedsDeparture",
    "Outdated",
    "OutdatedLetter",
    "Saved",
    "Session",
    "Taken",
    "WhatIf",
    "Write",
    "accept_place",
    "amend",
    "announce",
    "answer_reply",
    "assign",
    "assign_all",
    "begin",
    "call_reserve",
    "complete_participation",
    "compute",
    "computed",
    "decide",
    "decline",
    "decline_place",
    "edit_letter",
    "fill",
    "foresee_announcement",
    "foresee_assignment",
    "foresee_proposal",
    "keep",
    "launch_participation",
    "let_pass_due",
    "lock",
    "make_reference",
    "open_cases",
    "open_due",
    "pair",
    "prepare_letters",
    "put_back",
    "read_newest",
    "reinstate",
    "remind_calls",
    "rename",
    "reopen",
    "reopen_participation",
    "reply",
    "reset_letter",
    "save",
    "seal_choice",
    "seal_rules",
    "settle",
    "submit",
    "take_back_announcement",
    "take_back_call",
    "take_back_decision",
    "take_back_launch",
    "take_proposal",
    "unassign",
    "unlock",
    "unpair",
    "what_if",
    "withdraw_participation",
    "write_minutes",
]
