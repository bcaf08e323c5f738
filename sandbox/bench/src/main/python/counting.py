text = "the quick brown fox jumps over the lazy dog and runs away from it ".split() * 20_000
counts = {}
for word in text:
    counts[word] = counts.get(word, 0) + 1
print(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3])
