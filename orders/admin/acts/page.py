"""The buttons on a change page, and the page that asks."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders import audit, tools
from orders.acting import By
from orders.admin.acts.preview import preview
from orders.admin.acts.register import Act
from orders.refusal import Refusal


class Acts:
    """For a `ModelAdmin` of orders or of cases: buttons for what is possible now."""

    acts: Sequence[Act] = ()
    # What the tools call the subject: "number" or "ref".
    named = "number"
    change_form_before_template = "orders/admin/acts.html"

    def possible(self, subject: Any) -> Sequence[str]:
        """The tools that nothing forbids now."""
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        admin: Any = self
        parent: Any = super()
        view = admin.admin_site.admin_view(admin.act_view)
        name = f"{admin.opts.app_label}_{admin.opts.model_name}_act"
        return [
            path("<path:object_id>/act/<slug:tool>/", view, name=name),
            *parent.get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        parent: Any = super()
        context = {"acts": partial(self._buttons, request, object_id)}
        response: HttpResponse = parent.change_view(
            request, object_id, form_url, context | (extra_context or {})
        )
        return response

    def act_view(self, request: HttpRequest, object_id: str, tool: str) -> HttpResponse:
        """Ask with a form, show what would happen, and act after the yes."""
        admin: Any = self
        subject = get_object_or_404(admin.model, pk=object_id)
        act = next((act for act in self.acts if act.tool == tool), None)
        if act is None or not admin.has_change_permission(request, subject):
            raise PermissionDenied
        # Made with the page: a second click on its yes does nothing more.
        key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(12)
        by = By(
            at=timezone.now(),
            customer=None,
            actor=f"staff:{request.user}",
            key=f"admin:{request.user.pk}:{key}",
        )
        if audit.first(by.key):
            return redirect(self._change_url(subject))
        form = act.form(subject, by, request.POST or None)
        shown: list[str] = []
        if form.is_valid() or (request.POST and not form.fields):
            arguments = {self.named: audit.ref(subject), **form.arguments()}
            try:
                if "yes" in request.POST:
                    tools.call(tool, arguments, by=by)
                    return self._done(request, subject, act)
                shown = preview(subject, tool, arguments, replace(by, key=""))
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        return self._page(request, subject, act, form, {"shown": shown, "key": key})

    def _done(self, request: HttpRequest, subject: Model, act: Act) -> HttpResponse:
        admin: Any = self
        admin.log_change(request, subject, str(act.label))
        messages.success(request, _("Done: %(act)s.") % {"act": act.label})
        return redirect(self._change_url(subject))

    def _page(
        self,
        request: HttpRequest,
        subject: Model,
        act: Act,
        form: Any,
        more: dict[str, Any],
    ) -> HttpResponse:
        admin: Any = self
        context = {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "title": f"{act.label}: {subject}",
            "act": act,
            "form": form,
            **more,
            "back": self._change_url(subject),
            "media": admin.media,
        }
        return TemplateResponse(request, "orders/admin/act.html", context)

    def _buttons(self, request: HttpRequest, object_id: str) -> list[dict[str, Any]]:
        admin: Any = self
        subject = admin.get_object(request, object_id)
        if subject is None or not admin.has_change_permission(request, subject):
            return []
        possible = set(self.possible(subject))
        name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}_act"
        return [
            {"label": act.label, "url": reverse(name, args=[subject.pk, act.tool])}
            for act in self.acts
            if act.tool in possible
        ]

    def _change_url(self, subject: Model) -> str:
        admin: Any = self
        name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change"
        return reverse(name, args=[subject.pk])
