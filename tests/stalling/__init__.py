"""Settings of a worker that stands still at a chosen point, so that it can be killed."""
