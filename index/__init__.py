"""The index: statements in, quoted and cited answers out.

This is its whole public face; ``bot`` imports from here alone. Everything in it is synchronous and
deterministic.
"""

from index.answer import Amended, Answer, Citation, Hit, Quote, Reading, Span
from index.courtesy import Courtesy, courtesy, is_doubt
from index.dates import Dates
from index.errors import (
    FilingRefused,
    OnRecordError,
    Problem,
    QuestionsUnreadable,
    RecordNotFound,
)
from index.evaluation import Evaluation, GoldQuestion, evaluate, load_questions, load_set
from index.explanation import Explanation, HitExplained, TermRead, TermWeight
from index.fields import Fields, InvalidField
from index.filing import Draft, complete, file_draft, read_draft, refuse_twin
from index.record import Coverage, Record, load_record, read_statements
from index.reference import meant_as_reference, parse_reference, references_in
from index.search import Index
from index.statement import Kind, Paragraph, Role, Speaker, Statement, Translation
from index.wording import Words

__all__ = [
    "Amended",
    "Answer",
    "Citation",
    "Courtesy",
    "Coverage",
    "Dates",
    "Draft",
    "Evaluation",
    "Explanation",
    "Fields",
    "FilingRefused",
    "GoldQuestion",
    "Hit",
    "HitExplained",
    "Index",
    "InvalidField",
    "Kind",
    "OnRecordError",
    "Paragraph",
    "Problem",
    "QuestionsUnreadable",
    "Quote",
    "Reading",
    "Record",
    "RecordNotFound",
    "Role",
    "Span",
    "Speaker",
    "Statement",
    "TermRead",
    "TermWeight",
    "Translation",
    "Words",
    "complete",
    "courtesy",
    "evaluate",
    "file_draft",
    "is_doubt",
    "load_questions",
    "load_record",
    "load_set",
    "meant_as_reference",
    "parse_reference",
    "read_draft",
    "read_statements",
    "references_in",
    "refuse_twin",
]
