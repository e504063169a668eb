package org.mobilenet4j.search;

import java.util.List;
import java.util.Random;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.measure.LayerTime;
import org.mobilenet4j.infer.measure.Profile;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// A network with random weights, ready to be timed in rounds.
///
/// Other programs can disturb a measurement for seconds. So networks are timed in several short, interleaved rounds,
/// and the median of the best round counts.
final class Stopwatch {
    private final Plan plan;
    private final Session session;
    private final float[] input;
    private final float[] output;
    private final Repetition repetition;

    Stopwatch(Network network, int threads, Repetition repetition) {
        this.plan = Plan.of(new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM));
        this.session = Session.open(plan, threads);
        this.input = new float[plan.inputShape().elements()];
        this.output = new float[plan.outputShape().elements()];
        this.repetition = repetition;
        var random = new Random(1);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat(-1, 1);
        }
        plan.awaitWarm();
    }

    /// One round.
    ///
    /// @param byLayer whether each layer is timed separately too
    Timing round(boolean byLayer) {
        var layers = byLayer ? Profile.of(plan, repetition).layers() : List.<LayerTime>of();
        session.run(input, 1, output); // the caches have this network's weights again
        double millis = repetition.time(() -> session.run(input, 1, output)).medianMillis();
        return new Timing(plan.model().network(), layers, millis);
    }
}
