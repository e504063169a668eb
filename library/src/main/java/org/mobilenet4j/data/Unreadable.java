package org.mobilenet4j.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/// The photos that could not be read.
///
/// @param count their number
/// @param problems the problems of the first [#NAMED] of them, one line each
public record Unreadable(int count, List<String> problems) {
    /// The most problems that are kept.
    public static final int NAMED = 20;

    public Unreadable {
        Objects.requireNonNull(problems, "problems");
        problems = List.copyOf(problems);
    }

    /// Collects unreadable photos, each once, however often it is met.
    public static final class Log {
        private final BitSet seen = new BitSet();
        private final List<String> problems = new ArrayList<>();

        /// An empty collector.
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

        /// Such as `Log[3 unreadable]`.
        @Override
        public String toString() {
            return "Log[" + seen.cardinality() + " unreadable]";
        }
    }
}
