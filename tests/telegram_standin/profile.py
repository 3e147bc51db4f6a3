"""The API methods about the bot itself: who it is, its commands, name and descriptions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request
from telegram_standin.world import World

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


def _get_me(world: World, given: Parameters) -> dict[str, Any]:
    return {
        **world.bot.to_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline,
        "supports_guest_queries": world.guests,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.json("commands")
    if not isinstance(commands, list):
        raise bad_request("Can't parse commands JSON object")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        match command:
            case {"command": str(name), "description": str(description), **rest} if not rest:
                if not _COMMAND.fullmatch(name.removeprefix("/")):
                    raise bad_request("BOT_COMMAND_INVALID")
                if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
                    raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
            case _:
                raise bad_request("Can't parse BotCommand")
    world.settings[_command_key(world, given)] = commands
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
