lines = []
for i in range(100_000):
    lines.append(f"{i:06d};{i % 7};{i * 1.5:.2f}")
joined = "\n".join(lines)
print(len(joined), sum(float(line.split(";")[2]) for line in joined.splitlines()))
