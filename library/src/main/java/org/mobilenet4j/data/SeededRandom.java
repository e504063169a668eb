package org.mobilenet4j.data;

import java.util.SplittableRandom;

/// Random orders and random numbers that depend on a seed and on nothing else.
public final class SeededRandom {
    private SeededRandom() {}

    /// A generator for what has these numbers, for example a seed, an epoch and a position: near
    /// numbers give unrelated generators.
    public static SplittableRandom random(long... numbers) {
        return new SplittableRandom(mix(numbers));
    }

    /// One number from several. Each step is a bijection of 64 bits (the finalizer of MurmurHash3 with
    /// Stafford's constants, as in SplitMix), so a change of one number always changes the result.
    public static long mix(long... numbers) {
        long mixed = 0;
        for (long number : numbers) {
            mixed += number + 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            mixed ^= mixed >>> 31;
        }
        return mixed;
    }

    /// The numbers below `size` in random order (Fisher and Yates).
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
