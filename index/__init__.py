"""The index: statements in, quoted and cited answers out.

Everything that ``bot`` may use is exported here. All of it is synchronous and deterministic.
"""

from index.checking.grades import RULES as GRADING_RULES
from index.checking.report import (
    Change,
    CheckedQuotation,
    CheckedStory,
    Difference,
    Disagreement,
    Grade,
    Mismatch,
    Passage,
)
from index.drafts.quotation import Piece, PieceKind, Quotation
from index.evaluation import Evaluation, GoldQuestion, evaluate, load_questions, load_set
from index.files.addresses import is_linked
from index.files.changes import Changes, changes_between
from index.files.doubts import in_the_future, joint_by_title
from index.files.fields import REQUIRED, Fields, InvalidField, read_fields, read_id, read_speaker
from index.files.known_files import KnownFiles
from index.files.loading import known_files, load_record, read_statements
from index.files.markdown import pieces_of, read_markdown, write_markdown
from index.files.paragraphs import Heading, written_body
from index.files.snapshot import Snapshot, take_snapshot
from index.files.verbatim import repaired
from index.files.versions import Version, amend, history, withdraw
from index.files.writing import replace_whole, unwritable, write_new
from index.files.yaml_reader import InvalidYaml, YamlMapping, read_yaml
from index.index_file import IndexFile
from index.model.answer import (
    Amended,
    Answer,
    Citation,
    Hit,
    Interpretation,
    Order,
    Quote,
    Span,
    Understood,
)
from index.model.attribution import Attribution
from index.model.errors import (
    FilingRefused,
    NoSuchStatement,
    OnRecordError,
    Problem,
    QuestionsUnreadable,
    RecordNotFound,
    printable,
    without_controls,
)
from index.model.record import Coverage, Record
from index.model.statement import Kind, Origin, Paragraph, Role, Speaker, Statement, Translation
from index.postings.kernel import in_c as ranks_in_c
from index.qualifiers import limit_after, limit_of
from index.ranking.explanation import Explanation, HitExplained, TermRead, TermWeight
from index.ranking.score import Part
from index.references.reference import meant_as_reference, parse_reference, references_in
from index.search import Index
from index.shelves import UNDATED, Shelves, SpeakersShelf
from index.text.follow_ups import CitationPart, FollowUp, read_follow_up
from index.text.labels import label_words
from index.text.language import language_of_text
from index.text.small_talk import SmallTalk, is_doubt, small_talk
from index.trimming import Trimmed, trim
from index.voices.citing import cited
from index.voices.voice import Voice
from index.voices.voices import voices_of
from index.wording.dates import Dates

__all__ = [
    "GRADING_RULES",
    "REQUIRED",
    "UNDATED",
    "Amended",
    "Answer",
    "Attribution",
    "Change",
    "Changes",
    "CheckedQuotation",
    "CheckedStory",
    "Citation",
    "CitationPart",
    "Coverage",
    "Dates",
    "Difference",
    "Disagreement",
    "Evaluation",
    "Explanation",
    "Fields",
    "FilingRefused",
    "FollowUp",
    "GoldQuestion",
    "Grade",
    "Heading",
    "Hit",
    "HitExplained",
    "Index",
    "IndexFile",
    "Interpretation",
    "InvalidField",
    "InvalidYaml",
    "Kind",
    "KnownFiles",
    "Mismatch",
    "NoSuchStatement",
    "OnRecordError",
    "Order",
    "Origin",
    "Paragraph",
    "Part",
    "Passage",
    "Piece",
    "PieceKind",
    "Problem",
    "QuestionsUnreadable",
    "Quotation",
    "Quote",
    "Record",
    "RecordNotFound",
    "Role",
    "Shelves",
    "SmallTalk",
    "Snapshot",
    "Span",
    "Speaker",
    "SpeakersShelf",
    "Statement",
    "TermRead",
    "TermWeight",
    "Translation",
    "Trimmed",
    "Understood",
    "Version",
    "Voice",
    "YamlMapping",
    "amend",
    "changes_between",
    "cited",
    "evaluate",
    "history",
    "in_the_future",
    "is_doubt",
    "is_linked",
    "joint_by_title",
    "known_files",
    "label_words",
    "language_of_text",
    "limit_after",
    "limit_of",
    "load_questions",
    "load_record",
    "load_set",
    "meant_as_reference",
    "parse_reference",
    "pieces_of",
    "printable",
    "ranks_in_c",
    "read_fields",
    "read_follow_up",
    "read_id",
    "read_markdown",
    "read_speaker",
    "read_statements",
    "read_yaml",
    "references_in",
    "repaired",
    "replace_whole",
    "small_talk",
    "take_snapshot",
    "trim",
    "unwritable",
    "voices_of",
    "withdraw",
    "without_controls",
    "write_markdown",
    "write_new",
    "written_body",
]
