"""One network with two heads: the intent of a text, and a tag for each of its tokens."""

from typing import Any

import torch

# Tags of what is no part of the text.
NO_TAG = -100
_DROPPED = 0.1


class Network(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, encoder: Any, intents: int, tags: int) -> None:
        super().__init__()
        # It would be trained by nothing, which several GPUs do not bear.
        if getattr(encoder, "pooler", None) is not None:
            encoder.pooler = None
        self.encoder = encoder
        self.dropout = torch.nn.Dropout(_DROPPED)
        width = encoder.config.hidden_size
        self.intent = torch.nn.Linear(width, intents)
        self.tag = torch.nn.Linear(width, tags)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of the intents, and those of the tags of each token."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        states = self.dropout(states)
        real = attention_mask.unsqueeze(-1).to(states.dtype)
        # The mean, as not every encoder was taught to put a text into its first token.
        mean = (states * real).sum(1) / real.sum(1)
        return self.intent(mean), self.tag(states)


def loss(
    scores: tuple[torch.Tensor, torch.Tensor], labels: torch.Tensor, **_: Any
) -> torch.Tensor:
    """Return the sum of both heads' losses; `labels` are the intent, then the tags."""
    intents, tags = scores[0].float(), scores[1].float()
    marked = labels[:, 1:]
    each = torch.nn.functional.cross_entropy(
        tags.flatten(0, 1), marked.flatten(), ignore_index=NO_TAG, reduction="sum"
    )
    own = torch.nn.functional.cross_entropy(intents, labels[:, 0])
    return own + each / (marked != NO_TAG).sum().clamp(min=1)
