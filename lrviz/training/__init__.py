"""Real Keras fits, in worker processes."""
