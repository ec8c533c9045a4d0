"""What people paste: calls and a few lines, as they stand in code, papers' repositories and notes.

In torch and transformers ``optimizer`` has a rate of 0.1; the run has 160 steps, and so has ``T``.
"""

from math import cos, pi

TORCH = [
    "CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2, eta_min=1e-5)",
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 20)",
    "scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=30, gamma=0.1)",
    "StepLR(optimizer, 30)",
    "lr_scheduler.MultiStepLR(optimizer, milestones=[30, 80], gamma=0.1)",
    "MultiStepLR(optimizer, [80, 30, 30], 0.5)",
    "ExponentialLR(optimizer, gamma=0.95)",
    "CosineAnnealingLR(optimizer, T_max=200)",
    "CosineAnnealingLR(optimizer, T_max=50, eta_min=0.001)",
    "CosineAnnealingLR(optimizer, T_max=T)",
    "LinearLR(optimizer, start_factor=0.01, total_iters=20)",
    "LinearLR(optimizer)",
    "ConstantLR(optimizer, factor=0.5, total_iters=40)",
    "ConstantLR(optimizer)",
    "PolynomialLR(optimizer, total_iters=100, power=0.9)",
    "PolynomialLR(optimizer, 40)",
    "OneCycleLR(optimizer, max_lr=0.1, total_steps=200, cycle_momentum=False)",
    "OneCycleLR(optimizer, 0.05, epochs=20, steps_per_epoch=10, cycle_momentum=False)",
    "OneCycleLR(optimizer, 0.05, 170, pct_start=0.1, anneal_strategy='linear',"
    " cycle_momentum=False)",
    "CyclicLR(optimizer, base_lr=0.001, max_lr=0.1, step_size_up=20, cycle_momentum=False)",
    "CyclicLR(optimizer, 0.001, 0.1, 20, 40, mode='triangular2', cycle_momentum=False)",
    "CyclicLR(optimizer, 0.001, 0.1, 30, mode='exp_range', gamma=0.99, cycle_momentum=False)",
    "LambdaLR(optimizer, lambda epoch: 0.95 ** epoch)",
    "LambdaLR(optimizer, lr_lambda=lambda step: min(1.0, (step + 1) / 20))",
    "LambdaLR(optimizer, lr_lambda=[lambda e: 0.5 ** (e // 30)])",
    "LambdaLR(optimizer, lambda s: s / 20 if s < 20 else max(0.0, (160 - s) / 140))",
    "import math\nscheduler = LambdaLR(optimizer,"
    " lambda t: 0.5 * (1 + math.cos(math.pi * t / 160)))",
    """
warmup = LinearLR(optimizer, start_factor=0.1, total_iters=20)
cosine = CosineAnnealingLR(optimizer, T_max=140)
scheduler = SequentialLR(optimizer, schedulers=[warmup, cosine], milestones=[20])
""",
    """
scheduler = SequentialLR(
    optimizer,
    [ConstantLR(optimizer, 0.1, 20), ExponentialLR(optimizer, 0.9)],
    milestones=[20],
)
""",
    """
scheduler = ChainedScheduler([
    ConstantLR(optimizer, factor=0.1, total_iters=20),
    ExponentialLR(optimizer, gamma=0.99),
])
""",
    """
def lr_lambda(current_step):
    warmup_steps = 20
    if current_step < warmup_steps:
        return float(current_step) / float(max(1, warmup_steps))
    progress = float(current_step - warmup_steps) / float(max(1, 160 - warmup_steps))
    return max(0.0, 0.5 * (1.0 + math.cos(math.pi * 0.5 * 2.0 * progress)))

scheduler = LambdaLR(optimizer, lr_lambda)
""",
    """
epochs = 8
steps_per_epoch = 20
total = epochs * steps_per_epoch
scheduler = CosineAnnealingLR(optimizer, T_max=total)
""",
    """
optimizer = torch.optim.SGD(model.parameters(), lr=0.4, momentum=0.9)
scheduler = MultiStepLR(optimizer, milestones=[60, 120, 150], gamma=0.2)
""",
    """
optimizer = torch.optim.AdamW(model.parameters(), 3e-4)
scheduler = StepLR(optimizer, step_size=10, gamma=0.9)
for epoch in range(0):
    scheduler.step()
""",
    """
def wsd(step):
    if step < 20:
        return step / 20
    elif step < 120:
        return 1.0
    return 1 - math.sqrt((step - 120) / 40)
scheduler = LambdaLR(optimizer, lr_lambda=wsd)
""",
]

OPTAX = [
    "optax.constant_schedule(0.1)",
    "optax.linear_schedule(0.0, 0.1, 20)",
    "optax.linear_schedule(init_value=0.1, end_value=0.0, transition_steps=100,"
    " transition_begin=30)",
    "optax.polynomial_schedule(0.1, 0.01, 2, 100)",
    "optax.polynomial_schedule(init_value=0.1, end_value=0., power=1, transition_steps=50,"
    " transition_begin=20)",
    "optax.exponential_decay(0.1, 20, 0.9)",
    "optax.exponential_decay(init_value=0.1, transition_steps=20, decay_rate=0.5, staircase=True)",
    "optax.exponential_decay(0.1, 10, 0.5, end_value=0.02)",
    "optax.exponential_decay(0.1, 10, 0.5, transition_begin=40)",
    "optax.cosine_decay_schedule(0.1, 100)",
    "optax.cosine_decay_schedule(init_value=0.1, decay_steps=100, alpha=0.1, exponent=2.0)",
    "optax.warmup_cosine_decay_schedule(0.0, 0.1, 20, 160)",
    "optax.warmup_cosine_decay_schedule(init_value=0.01, peak_value=0.1, warmup_steps=20,"
    " decay_steps=140, end_value=0.001)",
    "optax.schedules.warmup_constant_schedule(0.0, 0.1, 20)",
    "optax.warmup_exponential_decay_schedule(0.0, 0.1, 20, 30, 0.5)",
    "optax.piecewise_constant_schedule(0.1, {50: 0.1, 100: 0.1})",
    "optax.piecewise_constant_schedule(init_value=0.1, boundaries_and_scales={30: 0.5})",
    "optax.cosine_onecycle_schedule(transition_steps=160, peak_value=0.1)",
    "optax.linear_onecycle_schedule(160, 0.1)",
    """
optax.sgdr_schedule([
    {"init_value": 0, "peak_value": 0.1, "warmup_steps": 5, "decay_steps": 20, "end_value": 0},
    {"init_value": 0, "peak_value": 0.05, "warmup_steps": 5, "decay_steps": 40, "end_value": 0.01},
    dict(init_value=0.02, peak_value=0.02, warmup_steps=0, decay_steps=80, end_value=0.0),
])
""",
    "optax.join_schedules([optax.linear_schedule(0.0, 0.1, 20),"
    " optax.cosine_decay_schedule(0.1, 140)], [20])",
    """
schedule = optax.join_schedules(
    schedules=[
        optax.linear_schedule(0.0, 0.1, 20),
        optax.constant_schedule(0.1),
        optax.linear_schedule(0.1, 0.0, 40),
    ],
    boundaries=[20, 120],
)
optimizer = optax.adamw(learning_rate=schedule)
""",
    """
warmup_fn = optax.linear_schedule(init_value=0., end_value=0.1, transition_steps=2 * 10)
cosine_fn = optax.cosine_decay_schedule(init_value=0.1, decay_steps=max(160 - 20, 1))
schedule_fn = optax.join_schedules(schedules=[warmup_fn, cosine_fn], boundaries=[20])
""",
    """
base = optax.cosine_decay_schedule(0.1, 160)
scale = optax.piecewise_constant_schedule(1.0, {80: 0.5})

def schedule(step):
    return base(step) * scale(step)
""",
    "schedule = lambda step: 0.1 * jnp.minimum(1.0, (step + 1) / 20)",
    """
def schedule(count):
    warm = jnp.minimum(count / 20, 1.0)
    return 0.1 * warm * jnp.where(count < 100, 1.0, jnp.sqrt(100 / jnp.maximum(count, 1)))
""",
]

KERAS = [
    "keras.optimizers.schedules.CosineDecayRestarts(0.1, 50, t_mul=2.0, m_mul=0.9)",
    "tf.keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.1, decay_steps=100)",
    "CosineDecay(0.0, 140, warmup_target=0.1, warmup_steps=20)",
    "keras.optimizers.schedules.ExponentialDecay(1e-1, decay_steps=20, decay_rate=0.9)",
    "ExponentialDecay(0.1, 20, 0.5, staircase=True)",
    "keras.optimizers.schedules.PiecewiseConstantDecay([50, 100], [0.1, 0.05, 0.01])",
    "keras.optimizers.schedules.PiecewiseConstantDecay(boundaries=[9, 19],"
    " values=[1e-1, 1e-2, 1e-3])",
    "PolynomialDecay(0.1, 100, 0.001, power=0.5)",
    "PolynomialDecay(0.1, 50, cycle=True)",
    "InverseTimeDecay(0.1, decay_steps=10, decay_rate=0.5)",
    """
lr_schedule = keras.optimizers.schedules.ExponentialDecay(
    initial_learning_rate=1e-2,
    decay_steps=10000,
    decay_rate=0.9)
optimizer = keras.optimizers.SGD(learning_rate=lr_schedule)
""",
    """
initial_learning_rate = 0.1
steps_per_epoch = 2048 // 64
schedule = CosineDecay(initial_learning_rate, decay_steps=5 * steps_per_epoch, alpha=0.01)
model.compile(optimizer=keras.optimizers.Adam(schedule), loss="mse")
""",
    """
class Noam(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        return 0.1 * keras.ops.minimum((step + 1) / 20, keras.ops.sqrt(20 / (step + 1)))

schedule = Noam()
""",
]

#: Applied every epoch of ten steps: what the callback makes of the epoch.
KERAS_EPOCHS = [
    """
def scheduler(epoch, lr):
    if epoch < 5:
        return 0.1
    return 0.1 * math.exp(0.1 * (5 - epoch))

callback = keras.callbacks.LearningRateScheduler(scheduler)
""",
    """
def step_decay(epoch):
    start = 0.1
    drop = 0.5
    epochs_drop = 5.0
    lr = start * (drop ** np.floor(epoch / epochs_drop))
    return float(lr)
callback = keras.callbacks.LearningRateScheduler(step_decay, verbose=1)
""",
    "callback = LearningRateScheduler(lambda epoch: 0.1 * 0.9 ** epoch)",
    """
schedule = CosineDecay(0.1, 16)
callback = LearningRateScheduler(lambda epoch, lr: float(schedule(epoch)))
""",
]

TRANSFORMERS = [
    "get_constant_schedule(optimizer)",
    "get_constant_schedule_with_warmup(optimizer, num_warmup_steps=20)",
    "get_linear_schedule_with_warmup(optimizer, 20, 160)",
    "transformers.get_linear_schedule_with_warmup(optimizer, num_warmup_steps=0,"
    " num_training_steps=100)",
    "get_cosine_schedule_with_warmup(optimizer, num_warmup_steps=20, num_training_steps=T)",
    "get_cosine_schedule_with_warmup(optimizer, 20, 160, num_cycles=4)",
    "get_cosine_schedule_with_warmup(optimizer, 10, 100)",
    "get_cosine_with_hard_restarts_schedule_with_warmup(optimizer, 20, 160, num_cycles=4)",
    "get_cosine_with_hard_restarts_schedule_with_warmup(optimizer, 20, 120, num_cycles=3)",
    "get_polynomial_decay_schedule_with_warmup(optimizer, 20, 120, lr_end=1e-3, power=2.0)",
    "get_inverse_sqrt_schedule(optimizer, num_warmup_steps=20)",
    "get_inverse_sqrt_schedule(optimizer, 20, timescale=50)",
    "get_wsd_schedule(optimizer, num_warmup_steps=20, num_decay_steps=40, num_stable_steps=100)",
    "get_wsd_schedule(optimizer, 20, 40, 150, decay_type='1-sqrt', min_lr_ratio=0.1)",
    "get_cosine_with_min_lr_schedule_with_warmup(optimizer, 20, 160, min_lr_rate=0.1)",
    "get_cosine_with_min_lr_schedule_with_warmup(optimizer, 20, 160, min_lr=0.001)",
    "get_scheduler('linear', optimizer=optimizer, num_warmup_steps=10, num_training_steps=100)",
    'get_scheduler(name="cosine", optimizer=optimizer, num_warmup_steps=10,'
    " num_training_steps=160)",
    "get_scheduler('warmup_stable_decay', optimizer, 10, 160,"
    " scheduler_specific_kwargs={'num_decay_steps': 30})",
    """
num_epochs = 8
num_training_steps = num_epochs * 20
lr_scheduler = get_scheduler(
    "constant_with_warmup", optimizer, num_warmup_steps=int(0.1 * num_training_steps)
)
""",
]

#: With the epochs' rates, worked out by timm's own formulas; ``optimizer`` has a rate of 0.1.
TIMM = [
    ("CosineLRScheduler(optimizer, t_initial=16)", lambda t: 0.05 * (1 + cos(pi * t / 16))),
    (
        "CosineLRScheduler(optimizer, t_initial=10, lr_min=1e-3, warmup_t=4, warmup_lr_init=1e-4)",
        lambda t: (
            1e-4 + t * (0.1 - 1e-4) / 4
            if t < 4
            else 1e-3 + 0.5 * (0.1 - 1e-3) * (1 + cos(pi * min(t, 10) / 10))
        ),
    ),
    (
        "CosineLRScheduler(optimizer, 10, warmup_t=4, warmup_lr_init=0.01, warmup_prefix=True)",
        lambda t: 0.01 + t * 0.09 / 4 if t < 4 else 0.05 * (1 + cos(pi * min(t - 4, 10) / 10)),
    ),
    (
        "CosineLRScheduler(optimizer, t_initial=5, cycle_decay=0.5, cycle_limit=2)",
        lambda t: 0.05 * 0.5 ** (t // 5) * (1 + cos(pi * (t % 5) / 5)) if t < 10 else 0.0,
    ),
    (
        "CosineLRScheduler(optimizer, t_initial=4, lr_min=0.01, cycle_decay=0.5, cycle_limit=3)",
        lambda t: (
            0.01 + 0.5 * (0.1 * 0.5 ** (t // 4) - 0.01) * (1 + cos(pi * (t % 4) / 4))
            if t < 12
            else 0.01
        ),
    ),
    ("StepLRScheduler(optimizer, decay_t=5, decay_rate=0.5)", lambda t: 0.1 * 0.5 ** (t // 5)),
    (
        "MultiStepLRScheduler(optimizer, decay_t=[4, 9], decay_rate=0.1)",
        lambda t: 0.1 * 0.1 ** ((t >= 3) + (t >= 8)),
    ),
    (
        "PolyLRScheduler(optimizer, t_initial=16, power=2.0, lr_min=0.001)",
        lambda t: 0.001 + 0.099 * (1 - t / 16) ** 2,
    ),
]
