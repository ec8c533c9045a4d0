import json

import numpy as np

from tests.golden import FILE, golden


def _same(one, other):
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        for name in one:
            _same(one[name], other[name])
    elif isinstance(one, list) and one and not isinstance(one[0], int | float | type(None)):
        for each, its in zip(one, other, strict=True):
            _same(each, its)
    elif isinstance(one, str | bool):
        assert one == other
    else:
        numbers = [np.array(each, float) for each in (one, other)]
        np.testing.assert_allclose(*numbers, rtol=1e-5, atol=1e-9)


def test_what_the_browser_is_held_to_is_what_python_says():
    """Else: ``python -m tests.golden``, and ``npm run check`` in ``tests/js``."""
    _same(json.loads(FILE.read_text()), json.loads(json.dumps(golden())))
