"""Figures from many entries: pure functions on plain values, each rule with its source."""
