"""Documents in: what a press office publishes becomes a statement on record.

Everything that ``bot`` may use is exported here. It imports ``index`` by its front door, and no
parser before a document is read.
"""

from documents.drafting.draft import Draft, complete, doubts_of_draft, suggested_id
from documents.fetching.fetching import (
    FetchStatus,
    due_sources,
    fetch_as,
    fetch_sources,
    fetch_status,
)
from documents.fetching.outcomes import Became, Outcome
from documents.fetching.review import IncomingReader
from documents.fetching.run import Fetch, Fetching
from documents.fetching.sources import Followed, read_followed
from documents.filing.comparing import Alike, Likeness, OnRecord, differences
from documents.filing.filing import file_draft, refuse_same
from documents.importing import Reader, drafts_from
from documents.model import (
    Block,
    BlockKind,
    Claim,
    Doubt,
    Extract,
    Field,
    LeftOut,
    Refused,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.opening.child import LimitedReader
from documents.opening.paths import open_paths
from documents.opening.readers import LimitedReaders
from documents.opening.received import open_received, received_text
from documents.opening.stories import StoryText, open_story, text_of_story

__all__ = [
    "Alike",
    "Became",
    "Block",
    "BlockKind",
    "Claim",
    "Doubt",
    "Draft",
    "Extract",
    "Fetch",
    "FetchStatus",
    "Fetching",
    "Field",
    "Followed",
    "IncomingReader",
    "LeftOut",
    "Likeness",
    "LimitedReader",
    "LimitedReaders",
    "OnRecord",
    "Outcome",
    "Reader",
    "Refused",
    "Source",
    "StoryText",
    "Unreadable",
    "Warned",
    "Why",
    "complete",
    "differences",
    "doubts_of_draft",
    "drafts_from",
    "due_sources",
    "fetch_as",
    "fetch_sources",
    "fetch_status",
    "file_draft",
    "open_paths",
    "open_received",
    "open_story",
    "read_followed",
    "received_text",
    "refuse_same",
    "suggested_id",
    "text_of_story",
]
