"""TensorFlow and Keras, without the packages that Keras takes in where it finds them.

They are hidden while Keras loads, and no longer: a data set may need scikit-learn, and a cluster's
worker has others to serve. A worker is ready up to 3 s earlier, with 580 MB instead of 806 where
JAX is installed; with scikit-learn's data it has 714 instead of 824.
"""

import sys

__all__ = ["keras", "tf"]

_HIDDEN = [name for name in ("jax", "pandas", "sklearn") if name not in sys.modules]

for _name in _HIDDEN:
    sys.modules[_name] = None  # type: ignore[assignment]  # "not to be found"
try:
    import keras
    import tensorflow as tf
finally:
    for _name in _HIDDEN:
        del sys.modules[_name]
