package org.mobilenet4j.data;

import java.util.Objects;
import java.util.SplittableRandom;

/// Random orders and numbers that depend only on a seed.
public final class SeededRandom {
    private SeededRandom() {}

    /// A generator seeded by these numbers, for example a seed, an epoch and a position: similar numbers give
    /// unrelated generators.
    public static SplittableRandom random(long... numbers) {
        Objects.requireNonNull(numbers, "numbers");
        return new SplittableRandom(mix(numbers));
    }

    /// Mixes several numbers into one. Each step is a bijection of 64 bits (the finalizer of MurmurHash3 with
    /// Stafford's constants, as in SplitMix), so a change of one number always changes the result.
    public static long mix(long... numbers) {
        Objects.requireNonNull(numbers, "numbers");
        long mixed = 0;
        for (long number : numbers) {
            mixed += number + 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            mixed ^= mixed >>> 31;
        }
        return mixed;
    }

    /// The integers from 0 to `size - 1` in random order (Fisher and Yates).
    public static int[] order(int size, long seed) {
        var order = new int[size];
        var random = random(seed);
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
