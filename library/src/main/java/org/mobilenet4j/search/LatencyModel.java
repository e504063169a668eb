package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.measure.LayerTime;

/// Predicts a network's latency on this machine from its layers alone.
///
/// Two non-negative least-squares fits. A layer's time on one thread is linear in its mult-adds and bytes, by kind,
/// plus a constant. The time of a whole image is a share of the layers' sum, smaller with more threads, plus a constant
/// for each layer, at the end of which threads synchronize. The fit minimizes the error relative to the network's time,
/// since an extra millisecond means little to a slow network.
public final class LatencyModel {
    private static final int SUM = 0;
    private static final int MEETINGS = 1;

    private static final int CLASSES = 1001;

    private final double[] layer;
    private final double[] image;

    private LatencyModel(double[] layer, double[] image) {
        this.layer = layer;
        this.image = image;
    }

    /// MobileNets to measure. None of them is in the paper or TF-Slim, so a model fitted to them predicts those
    /// without having seen them.
    public static List<Network> toMeasure() {
        var all = new ArrayList<Network>();
        all.add(network(0.25, 112));
        all.add(network(0.25, 240));
        all.add(network(0.375, 176));
        all.add(network(0.5, 80));
        all.add(network(0.5, 208));
        all.add(network(0.625, 144));
        all.add(network(0.75, 240));
        all.add(network(0.875, 112));
        all.add(network(1, 144));
        all.add(network(1, 208));
        all.add(conv(0.25, 112));
        all.add(conv(0.375, 80));
        return all;
    }

    private static Network network(double alpha, int resolution) {
        return MobileNetV1.of(alpha, resolution, CLASSES).network();
    }

    /// Covers full convolutions of many channels.
    private static Network conv(double alpha, int resolution) {
        return MobileNetV1.of(alpha, resolution, CLASSES)
                .withVariant(MobileNetV1.Variant.CONV)
                .network();
    }

    /// Fits the model to `timings`.
    ///
    /// @throws IllegalArgumentException when there are none
    public static LatencyModel fit(List<Timing> timings) {
        if (timings.isEmpty()) {
            throw new BadValueException("nothing was measured, so nothing can be fitted");
        }
        var rows = new ArrayList<double[]>();
        var times = new ArrayList<Double>();
        for (var timing : timings) {
            double whole = timing.layers().stream()
                    .mapToDouble(LayerTime::medianMillis)
                    .sum();
            var cost = Cost.of(timing.network());
            for (var measured : timing.layers()) {
                rows.add(scaled(features(cost, measured), 1 / whole));
                times.add(measured.medianMillis() / whole);
            }
        }
        var layer = NonNegativeLeastSquares.solve(
                rows, times.stream().mapToDouble(Double::doubleValue).toArray());
        return new LatencyModel(layer, image(timings, layer));
    }

    private static double[] image(List<Timing> timings, double[] layer) {
        var rows = new ArrayList<double[]>();
        var ones = new double[timings.size()];
        for (var timing : timings) {
            ones[rows.size()] = 1;
            rows.add(scaled(sums(timing.network(), layer), 1 / timing.medianMillis()));
        }
        return NonNegativeLeastSquares.solve(rows, ones);
    }

    /// The predicted milliseconds for one image.
    public double millis(Network network) {
        return product(sums(network, layer), image);
    }

    /// Leave-one-out errors: for each network, predicted over measured time, minus one, with the network left out
    /// of the fit.
    public static List<Double> errors(List<Timing> timings) {
        var errors = new ArrayList<Double>();
        for (var left : timings) {
            var others = timings.stream()
                    .filter(timing -> !timing.network().equals(left.network()))
                    .toList();
            errors.add(fit(others).millis(left.network()) / left.medianMillis() - 1);
        }
        return errors;
    }

    private static double[] features(Cost cost, LayerTime measured) {
        var features = new double[LayerFeatures.COUNT];
        cost.layers().stream()
                .filter(each -> measured.layers().contains(each.name()))
                .forEach(each -> LayerFeatures.add(each, features));
        return features;
    }

    private static double[] sums(Network network, double[] layer) {
        var features = new double[LayerFeatures.COUNT];
        var sums = new double[2];
        var costs = Cost.of(network).layers();
        for (int i = 0; i < costs.size(); i++) {
            if (LayerFeatures.counts(network.nodes().get(i).layer())) {
                LayerFeatures.add(costs.get(i), features);
                sums[MEETINGS]++;
            }
        }
        sums[SUM] = product(features, layer);
        return sums;
    }

    private static double product(double[] features, double[] factors) {
        double sum = 0;
        for (int i = 0; i < features.length; i++) {
            sum += features[i] * factors[i];
        }
        return sum;
    }

    private static double[] scaled(double[] features, double factor) {
        for (int i = 0; i < features.length; i++) {
            features[i] *= factor;
        }
        return features;
    }

    /// Nanoseconds for each layer and each image, and for each unit of what they need.
    @Override
    public String toString() {
        return "LatencyModel[layers " + Arrays.toString(layer) + ", images " + Arrays.toString(image) + "]";
    }
}
