"""The index: statements in, quoted and cited answers out.

This is its whole public face; ``bot`` imports from here alone. Everything in it is synchronous and
deterministic.
"""

from index.answer import Answer, Citation, Hit, Quote, Span
from index.errors import (
    FilingRefused,
    OnRecordError,
    Problem,
    QuestionsUnreadable,
    RecordNotFound,
)
from index.record import Coverage, Record, load_record
from index.search import Index
from index.statement import Kind, Paragraph, Role, Speaker, Statement, Translation
from index.wording import Words

__all__ = [
    "Answer",
    "Citation",
    "Coverage",
    "FilingRefused",
    "Hit",
    "Index",
    "Kind",
    "OnRecordError",
    "Paragraph",
    "Problem",
    "QuestionsUnreadable",
    "Quote",
    "Record",
    "RecordNotFound",
    "Role",
    "Span",
    "Speaker",
    "Statement",
    "Translation",
    "Words",
    "load_record",
]
