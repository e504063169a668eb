package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// What a file cannot represent of a model, or represents differently, one sentence each.
final class ExportLosses {
    private final Model model;
    private final List<String> sentences = new ArrayList<>();

    private ExportLosses(Model model) {
        this.model = model;
    }

    /// Losses in a TFLite file with floats stored as `type`.
    static List<String> tflite(Model model, ElementType type) {
        var left = new ExportLosses(model);
        left.addPreprocessing();
        int norms = left.layers(BatchNorm.class).size();
        if (norms > 0) {
            left.add("Batch normalization (" + layers(norms) + ") is folded into the layers before it: TFLite has no"
                    + " operator for it.");
        }
        left.addDropout("TFLite");
        left.addRounded(FoldedModel.of(model).weights(), type, "");
        return List.copyOf(left.sentences);
    }

    /// Losses in an ONNX file with kernels stored as `type`.
    ///
    /// @param suppresses whether a detector has non-maximum suppression in its graph
    static List<String> onnx(Model model, ElementType type, boolean suppresses) {
        var left = new ExportLosses(model);
        model.boxes().ifPresent(boxes -> left.addBoxes(boxes.suppression(), suppresses));
        left.addDropout("an ONNX file for inference");
        if (model.quantization().isEmpty() && holdsIntegers(model.weights())) {
            left.add("Quantized weights are written as floats.");
        }
        left.addRounded(model.weights(), type, "kernel");
        return List.copyOf(left.sentences);
    }

    /// Losses in this library's own format, with floats stored as `type`: only values that are too small for it.
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
                + " are written where only mobilenet4j reads them, and to the description in words: TFLite has no"
                + " fields for them.");
        int channels = model.network().input().channels();
        if (channels != 3) {
            add(
                    "The normalization of pixels is written where only mobilenet4j reads it: TFLite's fields are for images of 3 channels, and the network"
                            + " takes " + channels + ".");
        }
    }

    private void addBoxes(Suppression limits, boolean suppresses) {
        if (!suppresses) {
            add("Boxes are not decoded, and those that overlap are not suppressed: the outputs are encodings,"
                    + " probabilities and anchors, for a program to do it.");
        } else if (!limits.isPerClass() && limits.classesPerBox() > 1) {
            add("Each box has one class: ONNX's operator does not return " + limits.classesPerBox() + ".");
        }
    }

    private void addDropout(String where) {
        var dropped = layers(Dropout.class);
        if (!dropped.isEmpty()) {
            add("Dropout (" + layers(dropped.size()) + ") is left out: it is for training, and " + where
                    + " has none.");
        }
    }

    /// Losses of float16: values that are too large are refused by the writers, values that are too small become zero.
    private void addRounded(Weights weights, ElementType type, String ofTensors) {
        if (type != ElementType.FLOAT16) {
            return;
        }
        if (weights.tensors().values().stream().allMatch(tensor -> tensor.type().isInteger())) {
            add("Nothing is stored as float16: all weights are quantized.");
            return;
        }
        long zeros = weights.tensors().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(ofTensors))
                .mapToLong(tensor -> becomingZero(tensor.getValue()))
                .sum();
        if (zeros > 0) {
            add((zeros == 1 ? "One weight becomes zero: it is" : zeros + " weights become zero: they are")
                    + " nearer to it than to the smallest float16, 6e-8.");
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
