"""The service around the library: batches, queue, workers, schedules and their faces."""

import os

# One worker a core is the unit of scale. The threads of BLAS would wait for each other in busy
# loops on the same cores: a third more work for small matrices. Read when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
