"""The API methods about the bot itself: who it is, its commands, name and descriptions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request
from telegram_standin.world import EPHEMERAL_API, World

#: core.telegram.org/bots/api#setmycommands and #botcommand
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


#: Settings that `getMe` tells of besides, and those that it tells of since they can be set. What is
#: in neither, as the share of inline results whose choice is told, a bot can set and not read.
_TOLD = {
    "can_join_groups": True,
    "can_connect_to_business": False,
    "can_manage_bots": False,
    "supports_join_request_queries": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_communicate_with_bots": False,
}
_TOLD_SINCE_SETTINGS = {
    "inline_query_placeholder": "",
    "needs_inline_query_location": False,
    "has_topic_sidebar": False,
}
_SETTINGS_API = (10, 5)
# The length of the placeholder is a guess.
_TEXTS = {"inline_query_placeholder": 64, "callback_query_mode": 16}
_MODES = ("default", "auto", "inline")


def _get_me(world: World, given: Parameters) -> dict[str, Any]:
    newer = world.api >= _SETTINGS_API
    told = {**_TOLD, **(_TOLD_SINCE_SETTINGS if newer else {})}
    settings = {name: world.bot_settings.get(name, default) for name, default in told.items()}
    if newer and not settings["has_topics_enabled"]:
        settings["has_topic_sidebar"] = False
    return {
        **world.bot.to_json(),
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline,
        "supports_guest_queries": world.guests,
        "has_main_web_app": False,
        **settings,
        **({"active_usernames": [world.bot.username]} if newer else {}),
    }


def _set_my_settings(world: World, given: Parameters) -> bool:
    read: dict[str, Any] = {}
    for name in given:
        if name in _TEXTS:
            read[name] = given.text(name)
            if len(read[name]) > _TEXTS[name]:
                raise bad_request(f"Bot {name.replace('_', ' ')} is too long")
        elif name == "inline_feedback_share_denominator":
            read[name] = given.integer(name)
        else:
            read[name] = given.flag(name)
    if read.get("callback_query_mode", _MODES[0]) not in _MODES:
        raise bad_request("Invalid callback query mode specified")
    world.inline = read.pop("supports_inline_queries", world.inline)
    world.guests = read.pop("supports_guest_queries", world.guests)
    world.privacy = not read.pop("can_read_all_group_messages", not world.privacy)
    world.inline_feedback = (
        read.pop("inline_feedback_share_denominator", int(world.inline_feedback)) > 0
    )
    world.bot_settings |= read
    return True


def _set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.json("commands")
    if not isinstance(commands, list):
        raise bad_request("Can't parse commands JSON object")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        match command:
            case {"command": str(name), "description": str(description), **rest} if set(rest) <= {
                "is_ephemeral"
            } and isinstance(rest.get("is_ephemeral", True), bool):
                if not _COMMAND.fullmatch(name.removeprefix("/")):
                    raise bad_request("BOT_COMMAND_INVALID")
                if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
                    raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
            case _:
                raise bad_request("Can't parse BotCommand")
    kept = ["command", "description"]
    if world.api >= EPHEMERAL_API:
        kept.append("is_ephemeral")
    world.settings[_command_key(world, given)] = [
        {name: command[name] for name in kept if command.get(name)} for command in commands
    ]
    return True


def _get_my_commands(world: World, given: Parameters) -> list[Any]:
    commands: list[Any] = world.settings.get(_command_key(world, given), [])
    return commands


def _delete_my_commands(world: World, given: Parameters) -> bool:
    world.settings.pop(_command_key(world, given), None)
    return True


def _command_key(world: World, given: Parameters) -> tuple[str, ...]:
    scope = given.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("Can't parse BotCommandScope")
    if set(scope) != {"type", *_SCOPES[scope["type"]]}:
        raise bad_request(f"BotCommandScope {scope['type']} has the wrong fields")
    if "chat_id" in scope:
        scope = {**scope, "chat_id": world.find_chat(scope["chat_id"]).id}
    return ("commands", json.dumps(scope, sort_keys=True), _language(given))


def _language(given: Parameters) -> str:
    code = given.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def _setter(field: str, limit: int) -> Callable[[World, Parameters], bool]:
    def set_text(world: World, given: Parameters) -> bool:
        text = given.text(field)
        if len(text) > limit:
            raise bad_request(f"Bot {field.replace('_', ' ')} is too long")
        world.settings[field, _language(given)] = text
        return True

    return set_text


def _getter(field: str) -> Callable[[World, Parameters], dict[str, str]]:
    def get_text(world: World, given: Parameters) -> dict[str, str]:
        everyone = world.settings.get((field, ""), "")
        return {field: world.settings.get((field, _language(given))) or everyone}

    return get_text


METHODS = {
    "getMe": Method(_get_me),
    "setMySettings": Method(
        _set_my_settings,
        "supports_inline_queries inline_query_placeholder needs_inline_query_location"
        " inline_feedback_share_denominator can_join_groups can_read_all_group_messages"
        " can_connect_to_business can_manage_bots supports_guest_queries"
        " supports_join_request_queries has_topics_enabled allows_users_to_create_topics"
        " has_topic_sidebar can_communicate_with_bots callback_query_mode",
        since="10.5",
    ),
    "setMyCommands": Method(_set_my_commands, "commands scope language_code"),
    "getMyCommands": Method(_get_my_commands, "scope language_code"),
    "deleteMyCommands": Method(_delete_my_commands, "scope language_code"),
    "setMyName": Method(_setter("name", 64), "name language_code"),
    "getMyName": Method(_getter("name"), "language_code"),
    "setMyDescription": Method(_setter("description", 512), "description language_code"),
    "getMyDescription": Method(_getter("description"), "language_code"),
    "setMyShortDescription": Method(
        _setter("short_description", 120), "short_description language_code"
    ),
    "getMyShortDescription": Method(_getter("short_description"), "language_code"),
}
