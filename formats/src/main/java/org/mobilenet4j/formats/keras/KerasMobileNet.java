package org.mobilenet4j.formats.keras;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.hdf5.Hdf5Group;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Reads weights of Keras's own MobileNet v1 from `.h5` files that hold nothing else: the published ones
/// (`mobilenet_1_0_224_tf.h5`, with or without the classifier), and what `save_weights` writes of such a model. The
/// network is the table of the paper; width and classes come from the tensors.
final class KerasMobileNet {
    /// How the published files say the size of images.
    private static final Pattern SIZE = Pattern.compile("_(128|160|192|224)_tf");

    private static final int USUAL_SIZE = 224;

    private static final int BLOCKS = 13;

    /// Channels of the first convolution at alpha 1.
    private static final double STEM_CHANNELS = 32;

    private final Hdf5Group root;
    private final boolean isNumbered;

    private KerasMobileNet(Hdf5Group root, boolean isNumbered) {
        this.root = root;
        this.isNumbered = isNumbered;
    }

    /// The model whose weights `root` holds; empty if they are no MobileNet's.
    ///
    /// @param file labels are looked for beside it, and its name may say the size of images
    /// @throws IllegalArgumentException if a tensor is missing or does not fit
    static Optional<Model> read(Path file, Hdf5Group root) throws IOException {
        if (root.has("conv1") && root.has("conv_dw_" + BLOCKS)) {
            return Optional.of(new KerasMobileNet(root, false).model(file));
        }
        var layers = root.has("layers") ? root.group("layers") : root;
        boolean isNumbered = layers.has(numbered("depthwise_conv2d", BLOCKS - 1))
                && !layers.has(numbered("depthwise_conv2d", BLOCKS))
                && layers.has(numbered("batch_normalization", 2 * BLOCKS));
        return isNumbered ? Optional.of(new KerasMobileNet(layers, true).model(file)) : Optional.empty();
    }

    private Model model(Path file) throws IOException {
        var notes = new LinkedHashMap<String, String>();
        notes.put("format", "Keras weights");
        notes.put("preprocessing", "TF-Slim's, assumed: the file does not say");
        var network = network(file, notes);
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var name : network.parameters().keySet()) {
            var tensor = tensor(name);
            // Keras classifies by a 1x1 convolution on one pixel, which is a dense layer.
            tensors.put(name, name.equals("conv_preds/kernel") ? withoutOnes(tensor) : tensor);
        }
        var labels = LabelsBeside.find(file, network, notes);
        return new Model(network, new Weights(tensors), labels, Preprocessing.TF_SLIM, notes);
    }

    private Network network(Path file, Map<String, String> notes) {
        var stem = kernelDims("conv1/kernel");
        boolean isWhole = root.has(group("conv_preds"));
        int classes = isWhole ? kernelDims("conv_preds/kernel").getLast() : 0;
        if (!isWhole) {
            notes.put("outputs", "features: the file has no classifier");
        }
        var size = SIZE.matcher(MappedFile.nameOf(file));
        boolean isSaid = size.find();
        int resolution = isSaid ? Integer.parseInt(size.group(1)) : USUAL_SIZE;
        notes.put(
                "input",
                resolution + "x" + resolution + "x3, "
                        + (isSaid ? "from the file's name" : "assumed: the file does not say"));
        double alpha = stem.getLast() / STEM_CHANNELS;
        var table = MobileNetV1.of(alpha, resolution, classes).withMinDepth(1).network();
        // One class of a softmax is always right, so a single output is a sigmoid's.
        var body = classes == 1
                ? table.body().map(layer -> layer instanceof Softmax end ? new Sigmoid(end.name()) : layer)
                : table.body();
        return new Network(MappedFile.nameOf(file), table.input().withChannels(stem.get(2)), body);
    }

    private List<Integer> kernelDims(String name) {
        var dims = tensor(name).dims();
        if (dims.size() != 4) {
            throw new BadValueException("has a tensor " + name + " of " + Tensor.text(dims) + "; four dimensions are"
                    + " needed, so it is not Keras's MobileNet");
        }
        return dims;
    }

    private static Tensor withoutOnes(Tensor kernel) {
        return Tensor.of(kernel.bytes(), kernel.type(), kernel.dims().subList(2, 4));
    }

    /// The tensor of the parameter `name`, for example `conv1/kernel`.
    private Tensor tensor(String name) {
        int slash = name.indexOf('/');
        var layer = name.substring(0, slash);
        var parameter = name.substring(slash + 1);
        var folder = root.group(group(layer));
        if (isNumbered) {
            int number =
                    List.of("gamma", "beta", "moving_mean", "moving_variance").indexOf(parameter);
            return folder.dataset("vars/" + (parameter.equals("bias") ? 1 : Math.max(number, 0)))
                    .floats();
        }
        for (var path : folder.texts("weight_names").orElse(List.of())) {
            var last = path.substring(path.lastIndexOf('/') + 1);
            if (last.equals(parameter) || last.equals(parameter + ":0")) {
                return folder.dataset(path).floats();
            }
        }
        throw new BadValueException("has no tensor " + name + ", which Keras's MobileNet needs; get it again");
    }

    /// The group of the layer called `layer`. Newer versions of Keras number layers by kind, in order.
    private String group(String layer) {
        if (!isNumbered) {
            return layer;
        }
        var stem = layer.replace("_bn", "");
        int last = stem.lastIndexOf('_');
        int block = stem.matches(".*_\\d+") ? Integer.parseInt(stem.substring(last + 1)) : 0;
        if (layer.endsWith("_bn")) {
            return numbered("batch_normalization", stem.startsWith("conv_dw") ? 2 * block - 1 : 2 * block);
        }
        if (stem.startsWith("conv_dw")) {
            return numbered("depthwise_conv2d", block - 1);
        }
        return numbered("conv2d", stem.equals("conv_preds") ? BLOCKS + 1 : block);
    }

    private static String numbered(String kind, int number) {
        return number == 0 ? kind : kind + "_" + number;
    }
}
