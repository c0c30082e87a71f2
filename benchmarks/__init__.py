"""Measures Prongsai: how fast (`speed`), in how much memory (`memory`), how right (`accuracy`). See docs/benchmarks.md."""
