"""The verbs on applications. `actor=None` is the house itself (a job, the demonstration)."""

from traam.applications.actions.beginning import begin, questions_of
from traam.applications.actions.closings import tell_moved_closings
from traam.applications.actions.composing import (
    FileLoss,
    Publication,
    drop_draft,
    edit_questionnaire,
    foresee_publication,
    publish_questionnaire,
)
from traam.applications.actions.endorsing import Effect, Receipt, endorse
from traam.applications.actions.examining import (
    clear_due,
    clear_examiners,
    declare_conflict,
    dismiss_conflict,
    pin_conflict,
    release_conflict,
    take_back_declaration,
)
from traam.applications.actions.moving import (
    agree,
    reopen,
    restore,
    send_back,
    submit,
    take_back,
    withdraw,
)
from traam.applications.actions.people import (
    add_author,
    add_piece,
    hand_over,
    name_inspector,
    remove_author,
    remove_piece,
    unname_inspector,
)
from traam.applications.actions.saving import Rival, Saved, Write, autosave, save, settle
from traam.applications.actions.timing import (
    end_extension,
    end_extensions,
    extend,
    lapse_due,
    warn_due,
)

__all__ = [
    "Effect",
    "FileLoss",
    "Publication",
    "Receipt",
    "Rival",
    "Saved",
    "Write",
    "add_author",
    "add_piece",
    "agree",
    "autosave",
    "begin",
    "clear_due",
    "clear_examiners",
    "declare_conflict",
    "dismiss_conflict",
    "drop_draft",
    "edit_questionnaire",
    "end_extension",
    "end_extensions",
    "endorse",
    "extend",
    "foresee_publication",
    "hand_over",
    "lapse_due",
    "name_inspector",
    "pin_conflict",
    "publish_questionnaire",
    "questions_of",
    "release_conflict",
    "remove_author",
    "remove_piece",
    "reopen",
    "restore",
    "save",
    "send_back",
    "settle",
    "submit",
    "take_back",
    "take_back_declaration",
    "tell_moved_closings",
    "unname_inspector",
    "warn_due",
    "withdraw",
]
