import os

from hypothesis import settings

# A busy machine is no failure: deadlines are off. CI draws the same examples every time.
settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
