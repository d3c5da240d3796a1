"""The service around the library: batches, queue, workers, schedules and their faces."""
