"""A fit as a plain Keras script that gives the same history."""

from lrviz.export.keras import expression
from lrviz.schedules import Constant
from lrviz.training.data import source as data_source
from lrviz.training.spec import Plateau, Recipe, Source

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


def script(source: Source, recipe: Recipe) -> str:
    """Python source of one fit; it leaves ``fit.history`` and ``rates`` behind."""
    parts = [
        _HEAD,
        data_source(recipe.data, recipe.share_redrawn),
        f"keras.utils.set_random_seed({recipe.seed})",
        _indented(_body(source, recipe), recipe.device),
        _TAIL,
    ]
    return "\n".join(parts).replace("\n\n\n\n", "\n\n\n")


def _body(source: Source, recipe: Recipe) -> str:
    return "\n".join([_model(recipe), _optimizer(source, recipe), _RATES, _fit(recipe)])


def _model(recipe: Recipe) -> str:
    layers = [f"keras.Input(({recipe.data_set.features},))"]
    if recipe.model == "odometer":
        layers.append("keras.layers.Lambda(lambda x: keras.ops.ones_like(x[:, :1]))")
        layers.append('keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")')
    else:
        widths = [*recipe.hidden, recipe.data_set.outputs]
        calls = [*(f'{each}, activation="relu"' for each in recipe.hidden), f"{widths[-1]}"]
        layers += [
            f"keras.layers.Dense({call}, kernel_initializer=weights({seed}))"
            for call, seed in zip(calls, recipe.layer_seeds, strict=True)
        ]
    listed = "".join(f"        {each},\n" for each in layers)
    made = f"model = keras.Sequential(\n    [\n{listed}    ]\n)"
    return (
        made
        if recipe.model == "odometer"
        else f"weights = keras.initializers.GlorotUniform\n{made}"
    )


def _optimizer(source: Source, recipe: Recipe) -> str:
    name, arguments = recipe.optimizer_call()
    rate, lines = "0.01", ["callbacks = []"]
    if isinstance(source, Plateau):
        rate = repr(source.initial_learning_rate)
        lines.append(
            "callbacks.append(keras.callbacks.ReduceLROnPlateau("
            f"factor={source.factor!r}, patience={source.patience!r}, min_lr={source.lowest!r}))"
        )
    else:
        lines.insert(0, f"schedule = {expression(source.schedule)}")
        rate = "schedule"
        if source.per == "epoch" and not isinstance(source.schedule, Constant):
            rate = "0.01"
            lines.append(
                "callbacks.append(keras.callbacks.LearningRateScheduler("
                "lambda epoch, learning_rate: float(schedule(epoch))))"
            )
    given = "".join(f", {key}={value!r}" for key, value in arguments.items())
    lines += [
        f"optimizer = keras.optimizers.{name}({rate}{given})",
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
