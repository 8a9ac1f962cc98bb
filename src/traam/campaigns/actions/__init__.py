"""The verbs of campaigns: load the archive; prepare, write, sign; open the call and lead it.

`actor`: who does it, judged by `access`; None is the house itself (a job, the demonstration).
"""

from traam.campaigns.actions.archive import foresee, load, take
from traam.campaigns.actions.call import (
    announce,
    close_campaign,
    close_due,
    launch,
    open_due,
    reopen_call,
    reopen_campaign,
    take_back_announcement,
    take_back_call,
)
from traam.campaigns.actions.moving import move_in, moves_in
from traam.campaigns.actions.preparation import (
    freeze_rules,
    prepare,
    set_calendar,
    set_rules,
    write_letter,
)
from traam.campaigns.actions.retaining import explain_numbers, list_academies
from traam.campaigns.actions.signing import (
    adopt,
    restore_text,
    sign_text,
    submit_text,
    take_back_text,
    unsign_text,
    withdraw_adoption,
    withdraw_text,
)
from traam.campaigns.actions.texts import Outdated, add_theme, change_theme, write_brief

__all__ = [
    "Outdated",
    "add_theme",
    "adopt",
    "announce",
    "change_theme",
    "close_campaign",
    "close_due",
    "explain_numbers",
    "foresee",
    "freeze_rules",
    "launch",
    "list_academies",
    "load",
    "move_in",
    "moves_in",
    "open_due",
    "prepare",
    "reopen_call",
    "reopen_campaign",
    "restore_text",
    "set_calendar",
    "set_rules",
    "sign_text",
    "submit_text",
    "take",
    "take_back_announcement",
    "take_back_call",
    "take_back_text",
    "unsign_text",
    "withdraw_adoption",
    "withdraw_text",
    "write_brief",
    "write_letter",
]
