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
        (Chat.PRIVATE, ("", ""), "ur-PK", "ur"),
        (Chat.PRIVATE, ("zh", ""), "ur", "zh"),
        (Chat.PRIVATE, ("", ""), "fr", "en"),
        (Chat.PRIVATE, ("", ""), None, "en"),
        (Chat.GROUP, ("", ""), "ur-PK", "en"),
        (Chat.GROUP, ("", "zh"), "ur", "en"),
        (Chat.SUPERGROUP, ("", "zh"), "ur", "en"),
        (Chat.SUPERGROUP, ("zh", "ur"), "ur", "zh"),
        (Chat.CHANNEL, ("", "zh"), "ur", "en"),
        (Chat.CHANNEL, ("zh", ""), "ur", "zh"),
        (None, ("", ""), "ur", "ur"),
        (None, ("", "zh"), "ur", "zh"),
    ],
)
def test_many_readers_have_the_chats_language_or_the_operators_and_one_alone_has_his(
    chat, chosen, tag, expected
):
    """The first choice is the chat's, the second the user's in private."""
    state = State.open(None)
    for number, language in zip((-7, 5), chosen, strict=True):
        state.set_settings(number, ChatSettings(language=language))
    chats = Chats(Configuration(), state)
    user = User(5, "Amina", is_bot=False, language_code=tag)
    assert chats.view(chat and Chat(-7, chat), user).strings.language == expected
    state.close()


def test_the_operators_language_is_that_of_groups_without_a_choice():
    state = State.open(None)
    chats = Chats(Configuration(language="ur"), state)
    user = User(5, "Amina", is_bot=False, language_code="zh-hans")
    assert chats.view(Chat(-7, Chat.GROUP), user).strings.language == "ur"
    assert chats.view(Chat(5, Chat.PRIVATE), user).strings.language == "zh"
    state.close()
