package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How long runs take: as long as those of the same network took, or as a few steps promise.
final class Timetable {
    private final Map<String, List<Double>> taken = new HashMap<>();
    private final Map<String, Double> promised = new HashMap<>();

    private Timetable() {}

    /// @param runs all that are wanted
    /// @throws IOException when photos or results cannot be read
    static Timetable of(List<RunFolder> runs, Protocol protocol) throws IOException {
        var table = new Timetable();
        for (var run : runs) {
            run.result().ifPresent(result -> table.add(run, result.seconds()));
        }
        for (var run : runs) {
            var key = run.arm().key();
            if (!table.taken.containsKey(key) && !table.promised.containsKey(key)) {
                table.promised.put(key, Probe.secondsPerPhoto(run.arm(), protocol) * protocol.photosOfARun());
            }
        }
        return table;
    }

    /// A run is done.
    void add(RunFolder run, double seconds) {
        taken.computeIfAbsent(run.arm().key(), _ -> new ArrayList<>()).add(seconds);
    }

    /// How long a run of that network takes.
    double seconds(RunFolder run) {
        var key = run.arm().key();
        var known = taken.get(key);
        return known == null
                ? Objects.requireNonNullElse(promised.get(key), 0.0)
                : known.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    double seconds(List<RunFolder> runs) {
        return runs.stream().mapToDouble(this::seconds).sum();
    }
}
