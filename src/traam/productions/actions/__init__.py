"""The verbs of productions: begun, written, joined, shared, validated, published, taken up."""

from traam.productions.actions.files import (
    add_file,
    describe_file,
    give_authorisation_back,
    remove_file,
    withdraw_authorisation,
)
from traam.productions.actions.links import add_link, check_due, remove_link
from traam.productions.actions.moving import (
    lacks_to_publish,
    lacks_to_share,
    mark_published,
    mark_withdrawn,
    open_version,
    propose,
    restore,
    send_back,
    share,
    take_back,
    unshare,
    validate,
    withdraw,
)
from traam.productions.actions.saving import Saved, Write, save, settle
from traam.productions.actions.starting import add_author, begin, remove_author
from traam.productions.actions.taking_up import add_source, say_adapted, take_up, take_up_notice
from traam.productions.actions.tools import Known, describe_tool
from traam.productions.actions.versions import take_version_back

__all__ = [
    "Known",
    "Saved",
    "Write",
    "add_author",
    "add_file",
    "add_link",
    "add_source",
    "begin",
    "check_due",
    "describe_file",
    "describe_tool",
    "give_authorisation_back",
    "lacks_to_publish",
    "lacks_to_share",
    "mark_published",
    "mark_withdrawn",
    "open_version",
    "propose",
    "remove_author",
    "remove_file",
    "remove_link",
    "restore",
    "save",
    "say_adapted",
    "send_back",
    "settle",
    "share",
    "take_back",
    "take_up",
    "take_up_notice",
    "take_version_back",
    "unshare",
    "validate",
    "withdraw",
    "withdraw_authorisation",
]
