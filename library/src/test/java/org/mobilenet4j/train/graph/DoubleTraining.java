package org.mobilenet4j.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.infer.Interpreter;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// The loss of a batch in double precision, each operation as its formula says, batch normalization by the batch's own
/// statistics: what gradients are checked against by central differences.
final class DoubleTraining {
    private final Network network;
    private final Map<String, double[]> values = new HashMap<>();
    private final Interpreter interpreter;
    private final Reading reading;

    /// How those behind read what an operation has made of an image.
    interface Reading {
        double[] read(int value, int image, double[] values);
    }

    /// @param trained the trained weights
    DoubleTraining(Network network, ParameterLayout layout, float[] trained) {
        this(network, layout, trained, (_, _, values) -> values);
    }

    DoubleTraining(Network network, ParameterLayout layout, float[] trained, Reading reading) {
        this.reading = reading;
        this.network = network;
        for (var place : layout.trainedPlaces()) {
            var own = new double[place.size()];
            Arrays.setAll(own, i -> trained[place.offset() + i]);
            values.put(place.name(), own);
        }
        this.interpreter = new Interpreter(network, this::tensor);
    }

    /// The values of a tensor, which may be changed between runs.
    double[] tensor(String name) {
        return java.util.Objects.requireNonNull(values.get(name));
    }

    /// The mean softmax cross-entropy of the batch.
    double loss(float[] images, float[] targets, int count) {
        var results = new ArrayList<List<double[]>>();
        var inputs = new ArrayList<double[]>();
        int each = network.input().elements();
        for (int i = 0; i < count; i++) {
            var image = new double[each];
            for (int k = 0; k < each; k++) {
                image[k] = images[i * each + k];
            }
            inputs.add(reading.read(Node.INPUT, i, image));
        }
        results.add(inputs);
        for (var node : network.nodes()) {
            results.add(run(node, results, count));
        }
        var scores = results.getLast();
        double sum = 0;
        boolean isSoftmax = network.nodes().getLast().layer() instanceof Softmax;
        for (int i = 0; i < count; i++) {
            var row = scores.get(i);
            double total = 0;
            for (double score : row) {
                total += isSoftmax ? score : Math.exp(score);
            }
            for (int c = 0; c < row.length; c++) {
                double share = (isSoftmax ? row[c] : Math.exp(row[c])) / total;
                sum -= targets[i * row.length + c] * Math.log(share);
            }
        }
        return sum / count;
    }

    private List<double[]> run(Node node, List<List<double[]>> results, int count) {
        if (node.layer() instanceof BatchNorm norm) {
            return normalize(node, norm, results.get(node.inputs().getFirst()));
        }
        var all = new ArrayList<double[]>();
        for (int i = 0; i < count; i++) {
            int image = i;
            var inputs =
                    node.inputs().stream().map(id -> results.get(id).get(image)).toList();
            all.add(reading.read(node.id(), image, interpreter.run(node, inputs)));
        }
        return all;
    }

    private List<double[]> normalize(Node node, BatchNorm norm, List<double[]> maps) {
        int channels = node.input().channels();
        var mean = new double[channels];
        var variance = new double[channels];
        double n = (double) maps.size() * node.input().pixels();
        for (var map : maps) {
            for (int i = 0; i < map.length; i++) {
                mean[i % channels] += map[i] / n;
            }
        }
        for (var map : maps) {
            for (int i = 0; i < map.length; i++) {
                double distance = map[i] - mean[i % channels];
                variance[i % channels] += distance * distance / n;
            }
        }
        var gamma = tensor(node.name() + "/gamma");
        var beta = tensor(node.name() + "/beta");
        var all = new ArrayList<double[]>();
        for (var map : maps) {
            var out = new double[map.length];
            for (int i = 0; i < map.length; i++) {
                int c = i % channels;
                double standard = (map[i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon());
                out[i] = standard * gamma[c] + beta[c];
            }
            all.add(out);
        }
        return all;
    }
}
