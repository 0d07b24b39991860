"""What the generators share: numbers, polynomials, digests, byte streams, and the files' format."""
