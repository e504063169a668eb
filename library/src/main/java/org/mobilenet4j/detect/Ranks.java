package org.mobilenet4j.detect;

import java.util.Arrays;

/// Candidates by their scores, the highest first, equal ones in the order in which they were added. Of many candidates
/// only those that are asked for are put in order: a quicksort that goes on with its left part alone until more is
/// needed (Paredes and Navarro, "Optimal Incremental Sorting", 2006), and whose left part is the small one.
final class Ranks {
    /// Parts as short as this are sorted at once.
    private static final int SHORT = 256;

    /// Pivots are chosen from that many keys, and are the one at this place.
    private static final int SAMPLE = 64;

    private static final int PLACE = 3;

    /// Only orders that are odd, or made to be, lead so deep or take so many comparisons for each key; the rest is then
    /// sorted at once.
    private static final int DEEPEST = 48;

    private static final long MOST_WORK = 64;

    /// Of each candidate the score, so that higher scores are smaller numbers, and its index.
    private final long[] keys;

    /// Where parts end, the nearest last: what is before an end is smaller than what is behind it.
    private final int[] ends = new int[DEEPEST];

    private int depth;
    private long work;

    /// The first key that is not taken, and the first of those that are not in order.
    private int next;

    private int sorted;

    Ranks(Candidates candidates) {
        keys = new long[candidates.size()];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(candidates.score(i) + 0f); // -0 is 0
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[i] = ((long) ~ascending << 32) | i;
        }
        ends[depth++] = keys.length;
    }

    boolean isEmpty() {
        return next == keys.length;
    }

    /// Takes out the best candidate.
    int take() {
        while (next == sorted) {
            int end = ends[depth - 1];
            if (end - next <= SHORT || depth == DEEPEST || work > MOST_WORK * keys.length) {
                Arrays.sort(keys, next, end);
                sorted = end;
                depth--;
            } else {
                ends[depth++] = partition(next, end);
            }
        }
        return (int) keys[next++];
    }

    /// Brings what is smaller than a pivot before what is larger; no two keys are equal.
    ///
    /// @return where the larger ones begin, with the pivot: behind `from` and before `to`
    private int partition(int from, int to) {
        long pivot = pivot(from, to);
        work += to - from;
        int left = from;
        int right = to - 1;
        while (true) {
            while (keys[left] < pivot) {
                left++;
            }
            while (keys[right] > pivot) {
                right--;
            }
            if (left >= right) {
                return left;
            }
            long key = keys[left];
            keys[left] = keys[right];
            keys[right] = key;
        }
    }

    private long pivot(int from, int to) {
        var sample = new long[SAMPLE];
        int step = (to - from) / SAMPLE;
        for (int i = 0; i < SAMPLE; i++) {
            sample[i] = keys[from + i * step];
        }
        Arrays.sort(sample);
        return sample[PLACE];
    }
}
