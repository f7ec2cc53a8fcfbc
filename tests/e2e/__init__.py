"""Tests that drive the real server, or the built bundle, in a real browser."""
