package org.mobilenet4j.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The photos that could not be read so far.
///
/// @param count how many
/// @param problems what was wrong with the first [#NAMED] of them, a line each
public record Unreadable(int count, List<String> problems) {
    /// How many are named.
    public static final int NAMED = 20;

    public Unreadable {
        problems = List.copyOf(problems);
    }

    /// Collects them, each once, however often it is met.
    public static final class Log {
        private final BitSet seen = new BitSet();
        private final List<String> problems = new ArrayList<>();

        /// Of nothing so far.
        public Log() {}

        public void add(int index, String problem) {
            if (!seen.get(index)) {
                seen.set(index);
                if (problems.size() < NAMED) {
                    problems.add(problem);
                }
            }
        }

        public Unreadable soFar() {
            return new Unreadable(seen.cardinality(), problems);
        }
    }
}
