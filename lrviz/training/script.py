"""A fit as a plain Keras script that gives the same history."""

from lrviz.export.keras import applied
from lrviz.scene import Line
from lrviz.training.data import source as data_source
from lrviz.training.spec import Recipe

_HEAD = '''"""A fit of lrviz as plain Keras: run it, and get the same history."""

import keras
import numpy as np
import tensorflow as tf

# The same numbers at every run, bit for bit (with the same versions and oneDNN setting).
tf.config.experimental.enable_op_determinism()
'''
_RATES = '''
rates = []


class Rates(keras.callbacks.Callback):
    """Each step's learning rate. Read before the batch: after it, it is the next step's."""

    def on_train_batch_begin(self, batch, logs=None):
        rates.append(float(self.model.optimizer.learning_rate))


callbacks.append(Rates())
'''
_TAIL = """
for name, values in fit.history.items():
    print(name, values)
print("learning rate", rates[:3], "...", rates[-3:])
"""


def script(line: Line, recipe: Recipe) -> str:
    """Python source of one fit; it leaves ``fit.history`` and ``rates`` behind."""
    body = "\n".join([built(line, recipe), _RATES, _fit(recipe)])
    parts = [
        _HEAD,
        data_source(recipe.data, recipe.share_redrawn),
        f"keras.utils.set_random_seed({recipe.seed})",
        _indented(body, recipe.device),
        _TAIL,
    ]
    return "\n".join(parts).replace("\n\n\n\n", "\n\n\n")


def built(line: Line, recipe: Recipe) -> str:
    """Python source of all that is fitted: ``model``, compiled, and ``callbacks``.

    The worker runs the very same.
    """
    return "\n".join([_model(recipe), _optimizer(line, recipe)])


def _model(recipe: Recipe) -> str:
    layers = [f"keras.Input(({recipe.data_set.features},))"]
    head = ""
    if recipe.model == "odometer":
        layers.append("keras.layers.Lambda(lambda x: keras.ops.ones_like(x[:, :1]))")
        layers.append('keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")')
    else:
        head = "weights = keras.initializers.GlorotUniform\n"
        calls = [f'{each}, activation="relu"' for each in recipe.hidden]
        layers += [
            f"keras.layers.Dense({call}, kernel_initializer=weights({seed}))"
            for call, seed in zip(
                [*calls, f"{recipe.data_set.outputs}"], recipe.layer_seeds, strict=True
            )
        ]
    listed = "".join(f"        {each},\n" for each in layers)
    return f"{head}model = keras.Sequential(\n    [\n{listed}    ]\n)"


def _optimizer(line: Line, recipe: Recipe) -> str:
    name, arguments = recipe.optimizer_call()
    how = applied(line)
    given = "".join(f", {key}={value!r}" for key, value in arguments.items())
    lines = [
        *([how.definitions] if how.definitions else []),
        "callbacks = []",
        *([f"callbacks.append({how.callback})"] if how.callback else []),
        f"optimizer = keras.optimizers.{name}({how.rate}{given})",
        f"model.compile(optimizer, {_loss(recipe)})",
    ]
    return "\n".join(lines)


def _loss(recipe: Recipe) -> str:
    if recipe.model == "odometer":
        return "loss=lambda y_true, y_pred: -y_pred"
    if not recipe.data_set.classes:
        return 'loss="mse"'
    loss = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    return f'loss={loss}, metrics=["accuracy"]'


def _fit(recipe: Recipe) -> str:
    return (
        "fit = model.fit(\n    x,\n    y,\n"
        f"    batch_size={recipe.batch_size},\n    epochs={recipe.epochs},\n"
        "    validation_data=(x_test, y_test),\n    verbose=0,\n    callbacks=callbacks,\n)"
    )


def _indented(body: str, device: str) -> str:
    if not device:
        return body
    lines = (f"    {line}" if line else "" for line in body.splitlines())
    return f"with tf.device({device!r}):\n" + "\n".join(lines)
