"""Telegram: a private chat with the shop's bot."""

from .adapter import CallError, TelegramAdapter

__all__ = ["CallError", "TelegramAdapter"]
