package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// What of a model a file cannot hold, or holds in another way, a sentence each.
final class ExportLosses {
    private final Model model;
    private final List<String> sentences = new ArrayList<>();

    private ExportLosses(Model model) {
        this.model = model;
    }

    /// By a TFLite file with floats stored as `type`.
    static List<String> tflite(Model model, ElementType type) {
        var left = new ExportLosses(model);
        left.addPreprocessing();
        int norms = left.layers(BatchNorm.class).size();
        if (norms > 0) {
            left.add("Batch normalization (" + layers(norms) + ") is multiplied into the layers before it:"
                    + " TFLite has no operator for it.");
        }
        left.addDropout("TFLite");
        left.addRounded(FoldedModel.of(model).weights(), type, "");
        return List.copyOf(left.sentences);
    }

    /// By an ONNX file with kernels stored as `type`.
    static List<String> onnx(Model model, ElementType type) {
        var left = new ExportLosses(model);
        left.addDropout("an ONNX file for inference");
        if (model.quantization().isEmpty() && holdsIntegers(model.weights())) {
            left.add("Integer weights are written as the floats that they stand for.");
        }
        left.addRounded(model.weights(), type, "kernel");
        return List.copyOf(left.sentences);
    }

    /// By a file of this library's own, with floats stored as `type`: nothing but what is too small for it.
    static List<String> safetensors(Model model, ElementType type) {
        var left = new ExportLosses(model);
        left.addRounded(model.weights(), type, "");
        return List.copyOf(left.sentences);
    }

    private void add(String sentence) {
        sentences.add(sentence);
    }

    private void addPreprocessing() {
        var preprocessing = model.preprocessing();
        var notes = model.notes().isEmpty()
                ? ""
                : ", and the notes "
                        + String.join(", ", new TreeSet<>(model.notes().keySet())) + ",";
        add("Crop " + preprocessing.crop() + " and resize " + preprocessing.resize() + notes
                + " stand in the description, in words that no program reads: TFLite has no fields for them.");
        int channels = model.network().input().channels();
        if (channels != 3) {
            add("The normalization of pixels is left out: TFLite's fields are for images of 3 channels, and the network"
                    + " takes " + channels + ".");
        }
    }

    private void addDropout(String where) {
        var dropped = layers(Dropout.class);
        if (!dropped.isEmpty()) {
            add("Dropout (" + layers(dropped.size()) + ") is left out: it is for training, and " + where
                    + " has none.");
        }
    }

    /// Of floats stored in 16 bits: too large ones are refused by the writers, too small ones become zero.
    private void addRounded(Weights weights, ElementType type, String ofTensors) {
        if (type != ElementType.FLOAT16) {
            return;
        }
        if (weights.tensors().values().stream().allMatch(tensor -> tensor.type().isInteger())) {
            add("Nothing is stored in float16: all weights are integers, and stay so.");
            return;
        }
        long zeros = weights.tensors().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(ofTensors))
                .mapToLong(tensor -> becomingZero(tensor.getValue()))
                .sum();
        if (zeros > 0) {
            add((zeros == 1 ? "One weight becomes zero: it is" : zeros + " weights become zero: they are")
                    + " nearer to it than to float16's least number, 6e-8.");
        }
    }

    private static long becomingZero(Tensor tensor) {
        long zeros = 0;
        if (tensor.type() == ElementType.FLOAT32) {
            for (float value : tensor.toArray()) {
                if (value != 0 && (Float.floatToFloat16(value) & 0x7fff) == 0) {
                    zeros++;
                }
            }
        }
        return zeros;
    }

    private static boolean holdsIntegers(Weights weights) {
        return weights.tensors().values().stream()
                .anyMatch(tensor -> tensor.type().isInteger());
    }

    private List<Layer> layers(Class<? extends Layer> kind) {
        return model.network().nodes().stream()
                .<Layer>map(node -> node.layer())
                .filter(kind::isInstance)
                .toList();
    }

    private static String layers(int count) {
        return count == 1 ? "1 layer" : count + " layers";
    }
}
