"""What a page of ours may load, and who may show it in a frame."""

from django.conf import settings
from django.http import HttpResponse


def guard(response: HttpResponse, *, frames: str = "'none'") -> HttpResponse:
    """Allow our own files only: no inline script or style, no plug-in, no base."""
    response["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data: https:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {frames}",
        ]
    )
    return response


def shop_frames() -> str:
    """Return the shop's pages, where listed; else any page may embed the chat."""
    origins = getattr(settings, "CHAT_ORIGINS", ())
    return " ".join(["'self'", *origins]) if origins else "*"
