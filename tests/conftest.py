"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("default", deadline=None)  # speed is measured by benchmarks, never by a test
settings.register_profile("deep", deadline=None, max_examples=20_000)
settings.load_profile("default")
