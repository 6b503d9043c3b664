"""Fine-tuning a BERT of any kind to read intents and slots as our labelled text has them."""

from bots.finetuning.plan import Figures, FinetuningError, Plan, Progress, silent
from bots.finetuning.rows import Labelled, gather
from bots.finetuning.tuning import finetune

__all__ = [
    "Figures",
    "FinetuningError",
    "Labelled",
    "Plan",
    "Progress",
    "finetune",
    "gather",
    "silent",
]
