package org.mobilenet4j.app.cli.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How often photos of each class were taken for which.
final class Confusion {
    private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
    private final TreeSet<Integer> classes = new TreeSet<>();

    /// Counts a photo of class `truth` that was taken for `answer`.
    void add(int truth, int answer) {
        counts.computeIfAbsent(truth, _ -> new HashMap<>()).merge(answer, 1, Integer::sum);
        classes.add(truth);
        classes.add(answer);
    }

    /// The classes that occur, as truth or as answer, in order.
    List<Integer> classes() {
        return List.copyOf(classes);
    }

    /// Photos of class `truth` that were taken for `answer`.
    int count(int truth, int answer) {
        return counts.getOrDefault(truth, Map.of()).getOrDefault(answer, 0);
    }

    /// Photos of class `truth`.
    int total(int truth) {
        return counts.getOrDefault(truth, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
