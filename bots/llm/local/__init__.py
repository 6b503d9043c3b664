"""Causal models in this process: the only package here that imports torch."""
