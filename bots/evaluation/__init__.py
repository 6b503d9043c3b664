"""Measuring what is understood: on labelled messages, and on public sets."""
