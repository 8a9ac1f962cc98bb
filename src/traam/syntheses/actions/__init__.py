"""The verbs of findings and syntheses."""

from traam.syntheses.actions.coding import code, read_again, seek, uncode, unseek
from traam.syntheses.actions.distributing import distribute, receive, remind_due
from traam.syntheses.actions.findings import (
    amend_finding,
    restore_finding,
    withdraw_finding,
    write_finding,
)
from traam.syntheses.actions.prefilling import prefill
from traam.syntheses.actions.publishing import (
    Prepared,
    add_erratum,
    mark_published,
    prepare,
    reopen_changed,
)
from traam.syntheses.actions.signing import sign, unsign
from traam.syntheses.actions.validating import (
    ask_corrections,
    remark,
    reopen,
    restore,
    settle_remark,
    submit,
    take_back,
    validate,
    withdraw,
)
from traam.syntheses.actions.writing import (
    Clash,
    Typed,
    add_block,
    begin,
    move_block,
    remove_block,
    write_block,
    write_head,
)

__all__ = [
    "Clash",
    "Prepared",
    "Typed",
    "add_block",
    "add_erratum",
    "amend_finding",
    "ask_corrections",
    "begin",
    "code",
    "distribute",
    "mark_published",
    "move_block",
    "prefill",
    "prepare",
    "read_again",
    "receive",
    "remark",
    "remind_due",
    "remove_block",
    "reopen",
    "reopen_changed",
    "restore",
    "restore_finding",
    "seek",
    "settle_remark",
    "sign",
    "submit",
    "take_back",
    "uncode",
    "unseek",
    "unsign",
    "validate",
    "withdraw",
    "withdraw_finding",
    "write_block",
    "write_finding",
    "write_head",
]
