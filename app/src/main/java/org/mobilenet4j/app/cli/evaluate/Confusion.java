package org.mobilenet4j.app.cli.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A confusion matrix: how often photos of each true class were predicted as which class.
final class Confusion {
    private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
    private final TreeSet<Integer> classes = new TreeSet<>();

    /// Counts a photo of class `truth` that was predicted as `answer`.
    void add(int truth, int answer) {
        counts.computeIfAbsent(truth, _ -> new HashMap<>()).merge(answer, 1, Integer::sum);
        classes.add(truth);
        classes.add(answer);
    }

    /// The classes that occur, as truth or as prediction, in order.
    List<Integer> classes() {
        return List.copyOf(classes);
    }

    /// Number of photos of class `truth` that were predicted as `answer`.
    int count(int truth, int answer) {
        return counts.getOrDefault(truth, Map.of()).getOrDefault(answer, 0);
    }

    /// Number of photos of class `truth`.
    int total(int truth) {
        return counts.getOrDefault(truth, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
