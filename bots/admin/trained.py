"""Versions of understanding: trained with a button, compared, chosen, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bots import tasks
from bots.admin.base import ReadOnly, label
from bots.dialogue.understand import versions
from bots.learning import training
from bots.models import TrainedModel

Status = TrainedModel.Status

COLOURS = {
    Status.TRAINING: "warning",
    Status.READY: "success",
    Status.FAILED: "danger",
}


@admin.register(TrainedModel)
class TrainedModelAdmin(ReadOnly):
    list_display = (
        "name",
        "in_use",
        "shown_status",
        "encoder",
        "corrections",
        "started_at",
        "seconds",
        "created_by",
    )
    list_select_related = ("created_by",)
    fields = (
        ("name", "status", "encoder"),
        ("started_at", "seconds", "created_by"),
        ("corrections", "error"),
    )
    list_before_template = "bots/admin/training.html"
    # Outside of the page's own form: a button of ours has one of its own.
    change_form_outer_before_template = "bots/admin/comparison.html"

    def get_urls(self) -> list[Any]:
        views: dict[str, Callable[..., HttpResponse]] = {
            "train": self.train_view,
            "back": self.back_view,
            "<int:pk>/use": self.use_view,
        }
        own = [
            path(
                f"{address}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"understanding_{address.rpartition('/')[2]}",
            )
            for address, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"in_use": versions.in_use(), **(extra_context or {})}
        page: HttpResponse = super().changelist_view(request, context)
        return page

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"in_use": versions.in_use(), **(extra_context or {})}
        page: HttpResponse = super().change_view(request, object_id, form_url, context)
        return page

    # --- what the buttons do

    def train_view(self, request: HttpRequest) -> HttpResponse:
        self._require(request, "bots.add_trainedmodel")
        try:
            trained = training.begin(timezone.now(), by_id=request.user.pk)
        except training.BusyError:
            messages.warning(request, _("Another training is under way."))
        except training.NothingLearntError:
            messages.warning(request, _("There is no correction to learn from yet."))
        else:
            self.log_addition(request, trained, _("Training begun."))
            tasks.enqueue(tasks.train_understanding, {"trained_id": trained.pk})
            messages.success(request, _("The training has begun; look again soon."))
        return self._list()

    def use_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._require(request, "bots.change_trainedmodel")
        trained = get_object_or_404(TrainedModel, pk=pk, status=Status.READY)
        try:
            versions.use(trained.name)
        except ValueError:
            messages.error(request, _("Its files are gone; train a new one."))
        else:
            self.log_change(request, trained, _("Put into use."))
            messages.success(request, _("%s is in use.") % trained)
        return self._list()

    def back_view(self, request: HttpRequest) -> HttpResponse:
        self._require(request, "bots.change_trainedmodel")
        left = TrainedModel.objects.filter(name=versions.in_use()).first()
        name = versions.back()
        if left:
            self.log_change(request, left, _("Taken out of use."))
        messages.success(request, _("%s is in use.") % (name or _("The shipped one")))
        return self._list()

    def _require(self, request: HttpRequest, right: str) -> None:
        if not request.user.has_perm(right):
            raise PermissionDenied

    def _list(self) -> HttpResponse:
        return redirect(reverse("admin:bots_trainedmodel_changelist"))

    # --- what the list shows

    @admin.display(description=gettext_lazy("in use"), boolean=True)
    def in_use(self, trained: TrainedModel) -> bool:
        return trained.name == versions.in_use()

    @label(gettext_lazy("status"), COLOURS, ordering="status")
    def shown_status(self, trained: TrainedModel) -> tuple[str, str]:
        return trained.status, trained.get_status_display()
