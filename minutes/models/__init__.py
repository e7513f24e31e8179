"""The archive's rows and the questions asked of them: no parsing, no HTTP.

Everything that a person sees is read through `Model.objects.visible_to(user)`; the rule itself is `access`.
"""

from .access import Reader, reader_of
from .accounts import FailedLogin
from .cases import Case
from .closed_readings import ClosedReading, Way
from .deadlines import Deadline
from .decisions import Decision, DecisionOutcome, OutcomeKind
from .erasures import Erasure, InsightSearch
from .history import Change
from .items import AgendaItem, Attachment, Recommendation, Section
from .meetings import Meeting
from .references import Reference
from .searching import SearchEntry, SearchFacets, SearchText
from .sources import Correction, SourceDocument, SourceState
from .uploads import Upload
from .versions import ArchiveStamp
from .vocabulary import Synonym, Word

__all__ = [
    "AgendaItem",
    "ArchiveStamp",
    "Attachment",
    "Case",
    "Change",
    "ClosedReading",
    "Correction",
    "Deadline",
    "Decision",
    "DecisionOutcome",
    "Erasure",
    "FailedLogin",
    "InsightSearch",
    "Meeting",
    "OutcomeKind",
    "Reader",
    "Recommendation",
    "Reference",
    "SearchEntry",
    "SearchFacets",
    "SearchText",
    "Section",
    "SourceDocument",
    "SourceState",
    "Synonym",
    "Upload",
    "Way",
    "Word",
    "reader_of",
]
