package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How long runs take: as long as those of the same arm took, or as a few steps promise; integers
/// about their share of the floats' time.
public final class DurationEstimate {
    private final Map<String, List<Double>> taken = new HashMap<>();
    private final Map<String, Double> promised = new HashMap<>();

    private final Protocol protocol;

    private DurationEstimate(Protocol protocol) {
        this.protocol = protocol;
    }

    /// An estimate for `runs`, from those that are done and from a few measured steps.
    ///
    /// @param runs all that are wanted
    /// @throws IOException when photos or results cannot be read
    public static DurationEstimate of(List<RunFolder> runs, Protocol protocol) throws IOException {
        var table = new DurationEstimate(protocol);
        for (var run : runs) {
            run.result().ifPresent(result -> table.add(run, result.seconds()));
        }
        for (var run : runs) {
            table.promise(run.arm());
        }
        return table;
    }

    private void promise(Arm arm) throws IOException {
        if (taken.containsKey(arm.key()) || promised.containsKey(arm.key())) {
            return;
        }
        switch (arm.making()) {
            case Trained how ->
                promised.put(arm.key(), Probe.secondsPerPhoto(arm.network(), how, protocol) * protocol.photosOfARun());
            case Quantized how -> promise(how.floats());
        }
    }

    /// A run is done.
    public void add(RunFolder run, double seconds) {
        taken.computeIfAbsent(run.arm().key(), _ -> new ArrayList<>()).add(seconds);
    }

    /// How long a run of that arm takes.
    public double seconds(RunFolder run) {
        return seconds(run.arm());
    }

    private double seconds(Arm arm) {
        var known = taken.get(arm.key());
        if (known != null) {
            return known.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }
        return switch (arm.making()) {
            case Trained _ -> Objects.requireNonNullElse(promised.get(arm.key()), 0.0);
            case Quantized how -> how.share(protocol) * seconds(how.floats());
        };
    }

    public double seconds(List<RunFolder> runs) {
        return runs.stream().mapToDouble(this::seconds).sum();
    }
}
