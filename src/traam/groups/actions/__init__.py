"""The verbs on groups, teams and their year. `actor=None` is the house itself (a job, the
demonstration).

By module: `launching` (a theme and its teams), `teams`, `members`, `hours`, `space` (documents,
points, messages), `loading` (a campaign that moves in); `meetings`, `minutes`, `feeds`, `dues` and
`reminding` for the calendar.
"""

from traam.groups.actions.dues import (
    add_due,
    change_due,
    meet,
    met_by_data,
    remove_due,
    set_defaults,
    take_back_met,
)
from traam.groups.actions.feeds import open_feed, revoke_feed
from traam.groups.actions.launching import (
    follow_withdrawn,
    form_group,
    launch,
    launch_all,
    take_back_launch,
)
from traam.groups.actions.loading import invite_wave, load_teams
from traam.groups.actions.meetings import (
    Details,
    answer,
    answer_for,
    cancel,
    change,
    convene,
    hold,
    propose,
    put_back,
    reopen,
)
from traam.groups.actions.members import (
    add_member,
    describe_member,
    end_member,
    invite_named,
    take_back_member,
)
from traam.groups.actions.minutes import (
    Saved,
    add_section,
    begin_minutes,
    remove_section,
    save_section,
    take_version,
)
from traam.groups.actions.reminding import remind_due
from traam.groups.actions.teams import (
    bind,
    complete_team,
    describe,
    form_team,
    reinstate_team,
    reopen_team,
    share,
    stop_sharing,
    unbind,
    withdraw_team,
)

__all__ = [
    "Details",
    "Saved",
    "add_due",
    "add_member",
    "add_section",
    "answer",
    "answer_for",
    "begin_minutes",
    "bind",
    "cancel",
    "change",
    "change_due",
    "complete_team",
    "convene",
    "describe",
    "describe_member",
    "end_member",
    "follow_withdrawn",
    "form_group",
    "form_team",
    "hold",
    "invite_named",
    "invite_wave",
    "launch",
    "launch_all",
    "load_teams",
    "meet",
    "met_by_data",
    "open_feed",
    "propose",
    "put_back",
    "reinstate_team",
    "remind_due",
    "remove_due",
    "remove_section",
    "reopen",
    "reopen_team",
    "revoke_feed",
    "save_section",
    "set_defaults",
    "share",
    "stop_sharing",
    "take_back_launch",
    "take_back_member",
    "take_back_met",
    "take_version",
    "unbind",
    "withdraw_team",
]
