"""The eight errors of OAI-PMH 2.0, §3.6: each is a code and a French sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What went wrong, in the words of the protocol."""

    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"  # noqa: S105
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_METADATA_FORMATS = "noMetadataFormats"
    NO_RECORDS_MATCH = "noRecordsMatch"
    NO_SET_HIERARCHY = "noSetHierarchy"


@dataclass(frozen=True)
class Fault:
    """One error of an answer; the message quotes the value given."""

    code: Code
    message: str


class OaiError(Exception):
    """The request cannot be answered; `faults` holds at least one error."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(fault.message for fault in faults))
        self.faults = faults

    @property
    def hides_arguments(self) -> bool:
        """Must `<request>` go without attributes? (§3.2: after badVerb or badArgument.)"""
        return any(fault.code in (Code.BAD_VERB, Code.BAD_ARGUMENT) for fault in self.faults)
