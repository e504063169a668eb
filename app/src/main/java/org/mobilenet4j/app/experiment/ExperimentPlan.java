package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.DurationEstimate;
import org.mobilenet4j.app.experiment.run.Protocol;
import org.mobilenet4j.app.experiment.run.ProtocolFile;
import org.mobilenet4j.app.experiment.run.RunFolder;
import org.mobilenet4j.cost.Cost;

/// The runs that an experiment needs, and which of them are done. Writes nothing.
public final class ExperimentPlan {
    private final Experiment experiment;
    private final Protocol protocol;
    private final Path out;
    private final int seeds;
    private final List<Arm> arms;
    private final List<RunFolder> runs = new ArrayList<>();

    /// With other networks than the experiment's, for fast tests.
    ExperimentPlan(Experiment experiment, List<Arm> arms, Protocol protocol, Path out, int seeds) {
        this.experiment = experiment;
        this.protocol = protocol;
        this.out = out;
        this.seeds = seeds;
        this.arms = List.copyOf(arms);
        // Seed by seed, so that the whole table is available early.
        for (int seed = 1; seed <= seeds; seed++) {
            for (var arm : arms) {
                runs.add(RunFolder.of(out, arm, seed));
            }
        }
    }

    /// Plans `experiment`.
    ///
    /// @param out the folder of the runs
    /// @param seeds each network is trained with the seeds from 1 to this
    /// @throws IOException if the folder has runs of another protocol
    /// @throws IllegalArgumentException if a network does not support the resolution
    public static ExperimentPlan of(Experiment experiment, Protocol protocol, Path out, int seeds) throws IOException {
        ProtocolFile.check(out, protocol.settings());
        return new ExperimentPlan(experiment, experiment.arms(protocol.scale()), protocol, out, seeds);
    }

    /// The experiment.
    public Experiment experiment() {
        return experiment;
    }

    /// The settings that all runs share.
    public Protocol protocol() {
        return protocol;
    }

    /// The folder of the runs and the tables.
    public Path out() {
        return out;
    }

    int seeds() {
        return seeds;
    }

    List<Arm> arms() {
        return arms;
    }

    List<RunFolder> runs() {
        return List.copyOf(runs);
    }

    /// The runs with their costs and times. A network without a finished run is trained for a few steps to estimate its
    /// time.
    ///
    /// @throws IOException if photos or results cannot be read
    public List<PlannedRun> planned() throws IOException {
        var times = DurationEstimate.of(runs, protocol);
        var planned = new ArrayList<PlannedRun>();
        for (var run : runs) {
            planned.add(planned(run, times.seconds(run)));
        }
        return planned;
    }

    PlannedRun planned(RunFolder run, double seconds) throws IOException {
        var cost = Cost.of(run.arm().network());
        return new PlannedRun(
                runs.indexOf(run) + 1,
                runs.size(),
                run.arm().label(),
                run.arm().network().name(),
                run.seed(),
                cost.multAdds(),
                cost.parameters().weights(),
                run.arm().making().epochs(protocol),
                run.result().isPresent(),
                seconds);
    }
}
