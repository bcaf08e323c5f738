import random

random.seed(1)
inside = 0
for _ in range(300_000):
    x, y = random.random(), random.random()
    inside += x * x + y * y <= 1
print(4 * inside / 300_000)
