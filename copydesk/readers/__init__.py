"""Readers: one input format a module."""
