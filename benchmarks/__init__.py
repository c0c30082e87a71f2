"""Measures Prongsai: how fast (`speed`), in how much memory (`memory`), how right (`accuracy`, `codes`). See docs/benchmarks.md."""
