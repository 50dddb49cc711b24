"""Every run tries the same examples: a failure can be met again, and no run is lucky."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "same-every-time",
    derandomize=True,
    deadline=None,  # no test asserts how long something takes
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("same-every-time")


@pytest.fixture
def written(tmp_path):
    """A file with the given bytes or text, and its path."""

    def write(content, name="data"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
