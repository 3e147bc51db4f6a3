"""The index: statements in, quoted and cited answers out.

Everything that ``bot`` may use is exported here. All of it is synchronous and deterministic.
"""

from index.evaluation import Evaluation, GoldQuestion, evaluate, load_questions, load_set
from index.files.fields import Fields, InvalidField
from index.files.filing import (
    Draft,
    complete,
    doubts_of_draft,
    file_draft,
    read_draft,
    refuse_duplicate,
)
from index.files.loading import load_record, read_statements
from index.files.yaml_reader import InvalidYaml, YamlMapping, read_yaml
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
    OnRecordError,
    Problem,
    QuestionsUnreadable,
    RecordNotFound,
    printable,
    without_controls,
)
from index.model.record import Coverage, Record
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement, Translation
from index.ranking.explanation import Explanation, HitExplained, TermRead, TermWeight
from index.ranking.score import Part
from index.references.reference import meant_as_reference, parse_reference, references_in
from index.search import Index
from index.text.follow_ups import CitationPart, FollowUp, read_follow_up
from index.text.small_talk import SmallTalk, is_doubt, small_talk
from index.wording.dates import Dates

__all__ = [
    "Amended",
    "Answer",
    "Attribution",
    "Citation",
    "CitationPart",
    "Coverage",
    "Dates",
    "Draft",
    "Evaluation",
    "Explanation",
    "Fields",
    "FilingRefused",
    "FollowUp",
    "GoldQuestion",
    "Hit",
    "HitExplained",
    "Index",
    "Interpretation",
    "InvalidField",
    "InvalidYaml",
    "Kind",
    "OnRecordError",
    "Order",
    "Paragraph",
    "Part",
    "Problem",
    "QuestionsUnreadable",
    "Quote",
    "Record",
    "RecordNotFound",
    "Role",
    "SmallTalk",
    "Span",
    "Speaker",
    "Statement",
    "TermRead",
    "TermWeight",
    "Translation",
    "Understood",
    "YamlMapping",
    "complete",
    "doubts_of_draft",
    "evaluate",
    "file_draft",
    "is_doubt",
    "load_questions",
    "load_record",
    "load_set",
    "meant_as_reference",
    "parse_reference",
    "printable",
    "read_draft",
    "read_follow_up",
    "read_statements",
    "read_yaml",
    "references_in",
    "refuse_duplicate",
    "small_talk",
    "without_controls",
]
