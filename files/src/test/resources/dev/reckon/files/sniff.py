"""What csv.Sniffer says of each file that is named: delimiter (its code, 0 for none) and whether there is a header."""
import csv
import sys

csv.field_size_limit(1 << 24)
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8", errors="replace", newline="").read()
    try:
        delimiter = ord(csv.Sniffer().sniff(text[:65536]).delimiter)
    except csv.Error:
        delimiter = 0
    try:
        header = int(csv.Sniffer().has_header(text[:65536]))
    except (csv.Error, StopIteration, UnicodeDecodeError):
        header = -1
    print(delimiter, header)
