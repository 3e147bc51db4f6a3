"""In which language a user sees the bot."""

from __future__ import annotations

import pytest
from telegram import Chat, User

from bot.configuration import Configuration
from bot.services.chats import Chats
from bot.state.state import ChatSettings, State


@pytest.mark.parametrize(
    ("chat", "chosen", "tag", "expected"),
    [
        (Chat.GROUP, ("", ""), "ur-PK", "ur"),
        (Chat.GROUP, ("", "zh"), "ur", "zh"),
        (Chat.GROUP, ("en", "zh"), "ur", "en"),
        (Chat.GROUP, ("", ""), "fr", "en"),
        (Chat.GROUP, ("", ""), None, "en"),
        (Chat.CHANNEL, ("", "zh"), "ur", "en"),
        (Chat.CHANNEL, ("zh", ""), "ur", "zh"),
    ],
)
def test_the_language_is_the_chats_else_the_users_else_the_operators(chat, chosen, tag, expected):
    """What was chosen, in the chat and in private, comes first; in a channel nobody reads alone."""
    state = State.open(None)
    for number, language in zip((-7, 5), chosen, strict=True):
        state.set_settings(number, ChatSettings(language=language))
    chats = Chats(Configuration(), state)
    user = User(5, "Amina", is_bot=False, language_code=tag)
    assert chats.view(Chat(-7, chat), user).strings.language == expected
    state.close()
