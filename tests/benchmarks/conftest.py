"""Measured on demand (`make bench`), never as a part of the suite."""


def pytest_ignore_collect(collection_path, config):
    return None if any("benchmarks" in str(asked) for asked in config.args) else True
