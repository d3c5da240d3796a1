"""The one place that names the version; knows nothing else."""

__version__ = "0.1.0"

ENGINE_VERSION = __version__
"""What `Summary.engine_version` says: equal versions give equal summaries."""
