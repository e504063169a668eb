package org.mobilenet4j.compress.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.infer.SessionOptions.Kernels;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;

/// Measures the quantization error of a model, layer by layer.
public final class LayerErrors {
    private final Model floats;
    private final Model quantized;
    private final Photos photos;

    private LayerErrors(Model floats, Model quantized, Photos photos) {
        this.floats = floats;
        this.quantized = quantized;
        this.photos = photos;
    }

    /// The errors of all layers that have a kernel, in order of execution.
    ///
    /// @param pair a float model and its quantized version
    /// @param photos the photos to measure on; each is run once for each layer
    /// @param threads number of threads
    public static List<LayerError> of(PostTraining pair, Photos photos, int threads) {
        return new LayerErrors(pair.floats(), pair.quantized(), photos).measure(threads);
    }

    private List<LayerError> measure(int threads) {
        var outputs = outputs();
        var batch = photos.batch();
        var plan = Plan.of(floats);
        plan.awaitWarm(); // the plans of the other models find their kernels compiled
        var options = SessionOptions.DEFAULT
                .withThreads(threads)
                .withKernels(plan.kernels() == Kernels.SCALAR ? Kernels.AUTOMATIC : plan.kernels());
        var before = answers(floats, batch, options);
        var errors = new ArrayList<LayerError>();
        for (var node : floats.network().nodes()) {
            if (LinearNode.is(node)) {
                var layer = new LinearNode(node);
                var rounded = BiasCorrection.real(quantized.weights().get(layer.kernelName()));
                var noise = new SignalToNoise();
                noise.add(floats.weights().get(layer.kernelName()).toArray(), rounded.toArray());
                var alone = floats.weights().tensors();
                alone.put(layer.kernelName(), rounded);
                var after = answers(BiasCorrection.with(floats, alone), batch, options);
                errors.add(new LayerError(
                        node.name(), noise.decibels(), output(node, outputs).decibels(), changed(before, after)));
            }
        }
        return errors;
    }

    /// The error of each quantized activation, by the name of its layer.
    private Map<String, SignalToNoise> outputs() {
        var exact = LayerOutputs.of(floats);
        var rounded = LayerOutputs.of(quantized);
        var maps = new HashMap<String, float[]>();
        var noises = new HashMap<String, SignalToNoise>();
        photos.forEach(photo -> {
            exact.run(photo, (node, map) -> maps.put(node.name(), map));
            rounded.run(photo, (node, map) -> {
                var real = maps.get(node.name());
                if (real != null) { // a requantization has no float counterpart
                    noises.computeIfAbsent(node.name(), _ -> new SignalToNoise())
                            .add(real, map);
                }
            });
        });
        return noises;
    }

    /// The quantized activation of `node`: its own, or that of the activation layer fused into it.
    private SignalToNoise output(Node node, Map<String, SignalToNoise> outputs) {
        return Optional.ofNullable(outputs.get(node.name()))
                .or(() -> floats.network().nodes().stream()
                        .filter(next -> next.layer() instanceof Activation
                                && next.inputs().getFirst() == node.id())
                        .findFirst()
                        .map(next -> outputs.get(next.name())))
                .orElseThrow();
    }

    /// The class with the largest score: of each photo, or of each anchor of a detector.
    private int[] answers(Model model, float[] batch, SessionOptions options) {
        var scores = Session.open(model, options).run(batch, photos.count());
        int values = model.network().output().elements();
        var places = model.boxes().map(BoxOutputs::scorePlaces).orElseGet(() -> new int[1]);
        int width = model.boxes().map(BoxOutputs::scores).orElse(values);
        var answers = new int[photos.count() * places.length];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = largest(scores, i / places.length * values + places[i % places.length], width);
        }
        return answers;
    }

    private static int largest(float[] scores, int from, int width) {
        int largest = 0;
        for (int i = 1; i < width; i++) {
            if (scores[from + i] > scores[from + largest]) {
                largest = i;
            }
        }
        return largest;
    }

    private static double changed(int[] before, int[] after) {
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            changed += before[i] == after[i] ? 0 : 1;
        }
        return (double) changed / before.length;
    }
}
