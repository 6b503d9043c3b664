"""The word pieces of a new encoder, learnt from the texts it will be trained on."""

from collections.abc import Iterable

from tokenizers import (
    Tokenizer,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PIECES = 8_000
# Rarer letters are unknown, so that the encoder learns what to make of such.
RAREST = 2


def learn_pieces(texts: Iterable[str]) -> Tokenizer:
    """Return a tokenizer for lower-case text of one width, each Chinese letter alone."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=SPECIAL[1]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.BertNormalizer(lowercase=True)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        texts,
        trainers.WordPieceTrainer(
            vocab_size=PIECES,
            min_frequency=RAREST,
            special_tokens=SPECIAL,
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer
