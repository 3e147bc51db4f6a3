"""Names all that the bot says: one field for each entry of a language's file.

How the entries are filled in is left to ``strings``; ``locales/en.yaml`` explains each.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.i18n.plurals import Plural


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StringTable:
    """What a language's file says."""

    months: list[str]
    date: str
    undated: str
    period: str
    language_name: str
    comma: str
    speaker_with_role: str
    title_with_date: str
    attribution_direct: str
    attribution_direct_in_report: str
    attribution_reported: str
    attribution_mixed: str
    attribution_joint: str
    attribution_brief: str
    attribution_question: str
    attribution_quoted: str
    attribution_uncertain: str
    attribution_translated: str
    translation_official: str
    translation_unofficial: str
    published: str
    written: str
    paragraph: str
    shortened: str
    source: str
    reference: str
    kind_statement: str
    kind_joint_statement: str
    kind_remarks: str
    kind_press_release: str
    kind_press_conference: str
    kind_interview: str
    kind_letter: str
    kind_report: str
    kind_brief: str
    nothing_found: str
    nothing_on_record: str
    nothing_matches: str
    nothing_in_language: str
    nothing_short: str
    nothing_short_undated: str
    reference_unknown: str
    searched: str
    searched_undated: str
    statements: Plural
    paragraphs: Plural
    reference_amended: str
    nearest: str
    read_corrected: str
    read_absent: str
    read_absent_nearest: str
    read_across: str
    read_judged: str
    read_plain: str
    read_plain_date: str
    read_plain_year: str
    read_plain_kind: str
    read_quoted: str
    read_more: str
    greeting: str
    thanks: str
    button_before: str
    button_after: str
    button_previous: str
    button_next: str
    button_several: str
    button_back: str
    button_nearest: str
    button_cite: str
    button_share: str
    button_statement: str
    button_context: str
    button_again: str
    button_earlier: str
    button_later: str
    button_newer: str
    button_older: str
    cite_plain: str
    question_gone: str
    paragraph_gone: str
    paragraph_amended: str
    statement_gone: str
    admins_only: str
    start: str
    start_empty: str
    help: str
    help_ask: str
    example: str
    sources_heading: str
    sources_page: str
    unknown_command: str
    paragraph_before: str
    paragraph_after: str
    statement_page: str
    quoted_already: str
    ref_how: str
    too_many: str
    too_late: str
    not_for_you: str
    not_for_this_chat: str
    inline_nothing: str
    inline_empty: str
    inline_absent: str
    inline_amended: str
    inline_not_for_you: str
    guest_how: str
    settings_heading: str
    settings_language: str
    settings_language_own: str
    settings_addressed: str
    settings_mentions: str
    settings_commands: str
    settings_passages: str
    settings_hint: str
    settings_button_own: str
    settings_button_mentions: str
    settings_button_commands: str
    settings_button_one: str
    settings_button_three: str
    settings_chosen: str
    settings_not_kept: str
    status: str
    status_memory_kept: str
    status_memory_lost: str
    reloading: str
    reloaded: str
    reloaded_mistakes: str
    reload_failed: str
    misses_off: str
    misses_none: str
    misses_heading: str
    misses_on_now: str
    misses_off_now: str
    misses_cleared: str
    seconds: Plural
    minutes: Plural
    hours: Plural
    days: Plural
    not_text: str
    trouble: str
    command_ask: str
    command_ref: str
    command_sources: str
    command_settings: str
    command_status: str
    command_reload: str
    command_misses: str
    command_help: str
    description: str
    short_description: str
    terminal_welcome: str
    terminal_welcome_undated: str
    terminal_prompt: str
    terminal_help: str
    terminal_try: str
    terminal_nearest_hint: str
    terminal_more: str
    terminal_no_more: str
    terminal_no_before: str
    terminal_no_after: str
    terminal_ask_first: str
    terminal_unknown_command: str
    terminal_unknown_style: str


def string_names() -> set[str]:
    """Return the names of all entries, to compare a language's file with."""
    return {field.name for field in fields(StringTable)}
