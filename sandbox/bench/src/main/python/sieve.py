n = 400_000
prime = bytearray([1]) * (n + 1)
for i in range(2, int(n ** 0.5) + 1):
    if prime[i]:
        for j in range(i * i, n + 1, i):
            prime[j] = 0
print(sum(prime) - 2)
