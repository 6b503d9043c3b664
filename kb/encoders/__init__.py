"""Sentence encoders: texts in, vectors out, near ones for near meanings."""

from kb.encoders.base import Encoder, Vectors
from kb.encoders.choosing import encoder_for

__all__ = ["Encoder", "Vectors", "encoder_for"]
