"""Rows with plain columns whose text a shop may also give by language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.text import Localized, pick


class Worded(models.Model):
    """The columns hold English or what there is, so that they can be searched."""

    # {"brand": {"zh": "…", "en": "…"}}: only what the shop gave by language.
    localized = models.JSONField(
        _("texts by language"), default=dict, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def as_given(self, name: str, plain: str) -> str | Localized:
        """Return the text as the shop gave it; `plain` where staff changed it since."""
        texts: Localized = self.localized.get(name) or {}
        return texts if texts and pick(texts, "en") == plain else plain
