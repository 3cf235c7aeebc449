"""Repairs: one artifact a module."""
