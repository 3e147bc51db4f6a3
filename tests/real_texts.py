"""Names the real texts that tests read, in the folder ``shared`` beside the project.

Only what is named is read: whatever else lies in that folder changes no test.
"""

from __future__ import annotations

from pathlib import Path

#: Statements of governments, a file each.
STATEMENTS = ("au_pm", "cn_mfa", "uk_written", "us_state", "us_wh")
#: Sets of statements and questions about them, a folder each.
QUESTIONS = (
    *("squadshifts_wiki", "squad_train_sample", "xquad_es", "xquad_hi", "cmrc_trial_zh"),
    *("briefings_au_pm", "briefings_cn_mfa", "briefings_uk_written", "briefings_us_state"),
    "briefings_us_wh",
)
#: The two texts that the project began with: remarks to media, and a joint statement.
REMARKS, JOINT = "000_94d3bffa36e44ea7.txt", "003_dbbeb1a5a7406597.txt"


def statement_files(shared: Path) -> list[Path]:
    """Return the files of governments' statements."""
    return [shared / "statements" / f"{name}.jsonl" for name in STATEMENTS]


def question_folders(shared: Path) -> list[Path]:
    """Return the folders of sets of questions."""
    return [shared / "questions" / name for name in QUESTIONS]


def raw_files(shared: Path) -> list[Path]:
    """Return the files of the two texts that the project began with."""
    return [shared / "statements" / "raw" / name for name in (REMARKS, JOINT)]


def wild_files(shared: Path) -> list[Path]:
    """Return the texts among the files as they were published, the names of which are many."""
    return sorted(
        path
        for path in (shared / "wild").iterdir()
        if path.suffix in (".txt", ".xml", ".html", ".rss", ".md")
    )
