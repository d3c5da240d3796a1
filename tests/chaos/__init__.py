"""Chaos: the service under kills, cuts and lost writes, with exact counts afterwards.

`python -m tests.chaos --help` runs it by hand; docs/chaos.md says what is tested.
"""
