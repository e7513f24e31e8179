"""Benchmarks: run by hand with `make bench` and `make bench-search`, never by the tests."""
