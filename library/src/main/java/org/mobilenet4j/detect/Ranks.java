package org.mobilenet4j.detect;

/// Candidates by their scores, the highest first, equal ones in the order in which they were added. A heap: of many
/// candidates only those that are asked for are put in order.
final class Ranks {
    /// Of each candidate the score, so that higher scores are smaller numbers, and its index.
    private final long[] keys;

    private int size;

    Ranks(Candidates candidates) {
        size = candidates.size();
        keys = new long[size];
        for (int i = 0; i < size; i++) {
            int bits = Float.floatToIntBits(candidates.score(i) + 0f); // -0 is 0
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[i] = ((long) ~ascending << 32) | i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i, keys[i]);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Takes out the best candidate.
    int take() {
        int best = (int) keys[0];
        size--;
        if (size > 0) {
            sink(0, keys[size]);
        }
        return best;
    }

    private void sink(int from, long key) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (key <= keys[child]) {
                break;
            }
            keys[at] = keys[child];
            at = child;
        }
        keys[at] = key;
    }
}
