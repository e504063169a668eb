package org.mobilenet4j.formats.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Reads MobileNet v1 from files that contain only tensors with PyTorch's names: timm's (`mobilenetv1_100` and its
/// relatives), Hugging Face's, and any others if the tensors are those of a MobileNet v1 in their order.
///
/// Layers and channels come from the tensors; what [TorchHabit] says does not. The file does not contain the input size
/// (224 x 224 is assumed). Its network ends in logits; a softmax layer
/// is added, or a sigmoid to a single one.
public final class TorchMobileNet {
    private static final int RESOLUTION = 224;

    private final TorchNames names;
    private final TorchTensors tensors;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    private TorchMobileNet(TorchNames names, Map<String, Tensor> tensors) {
        this.names = names;
        this.tensors = new TorchTensors(tensors);
    }

    /// Whether the tensors in `contents` are those of a MobileNet v1.
    public static boolean recognizes(Safetensors contents) {
        return TorchNames.of(contents.tensors()).isPresent();
    }

    /// The model with the tensors in `contents`, for which [#recognizes] is true.
    ///
    /// @throws BadFileException if a tensor is missing, malformed or unused
    public static Model read(Path file, Safetensors contents) throws IOException {
        return read(file, "safetensors", contents.tensors());
    }

    /// The model in `file`, a state dict that PyTorch saved; see [TorchFile].
    ///
    /// @throws BadFileException if it is not that of a MobileNet v1, or is malformed
    /// @throws IOException if it cannot be opened
    public static Model read(Path file) throws IOException {
        return read(file, "PyTorch", TorchFile.read(file));
    }

    /// The model with `tensors`.
    ///
    /// @param format of the file, for the notes
    /// @throws BadFileException if a tensor is missing, malformed or unused
    static Model read(Path file, String format, Map<String, Tensor> tensors) throws IOException {
        try {
            var names = TorchNames.of(tensors)
                    .orElseThrow(() -> new BadValueException("holds " + tensors.size() + " tensors, which are not"
                            + " those of a MobileNet v1; export the model to ONNX, which holds its layers too"));
            var reader = new TorchMobileNet(names, tensors);
            var network = reader.network(MappedFile.nameOf(file));
            var notes = new LinkedHashMap<String, String>();
            notes.put("format", format + ", " + names.habit().text());
            notes.put("alpha", String.valueOf(reader.stemChannels() / 32.0));
            notes.put("input", network.input() + ", assumed: the file does not say");
            notes.put("preprocessing", names.habit().preprocessingNote());
            if (names.habit() == TorchHabit.PLAIN) {
                notes.put("activation", "ReLU, assumed: the file does not say");
            }
            notes.put(
                    "outputs",
                    (network.output().channels() == 1 ? "sigmoid" : "softmax") + " added: the file ends in scores");
            var labels = LabelsBeside.find(file, network, notes);
            return new Model(
                    network,
                    new Weights(reader.weights),
                    labels,
                    names.habit().preprocessing().forChannels(network.input().channels()),
                    notes);
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    private int stemChannels() {
        return tensors.kernelDims(names.stem().filter()).getFirst();
    }

    private Network network(String name) {
        addConv("conv1", names.stem(), 2);
        int number = 0;
        for (var block : names.blocks()) {
            number++;
            addDepthwise("conv_dw_" + number, block.depthwise(), block.stride());
            addConv("conv_pw_" + number, block.pointwise(), 1);
        }
        names.head().ifPresent(head -> addConv("conv_head", head, 1));
        layers.add(new GlobalAveragePool("global_average_pooling"));
        var classifier = names.classifier();
        var kernel = tensors.dense(classifier);
        weights.put("conv_preds/kernel", kernel);
        weights.put("conv_preds/bias", tensors.vector(classifier + ".bias"));
        layers.add(Dense.of("conv_preds", kernel.dims().getLast()));
        layers.add(kernel.dims().getLast() == 1 ? new Sigmoid("predictions") : new Softmax("predictions"));
        tensors.checkAllUsed();
        int colors = tensors.kernelDims(names.stem().filter()).get(1);
        return new Network(name, new Shape(RESOLUTION, RESOLUTION, colors), new Sequence("", layers));
    }

    private void addConv(String name, TorchNames.Filter filter, int stride) {
        var kernel = tensors.conv(filter.filter());
        var dims = kernel.dims();
        weights.put(name + "/kernel", kernel);
        var conv = Conv.of(name, dims.get(3), window(dims, stride));
        layers.add(tensors.has(filter.filter() + ".bias") ? conv.withBias() : conv);
        addBias(name, filter);
        addNorm(name, filter);
    }

    private void addDepthwise(String name, TorchNames.Filter filter, int stride) {
        var kernel = tensors.depthwise(filter.filter());
        weights.put(name + "/depthwise_kernel", kernel);
        var window = window(kernel.dims(), stride);
        layers.add(new DepthwiseConv(name, window, 1, tensors.has(filter.filter() + ".bias")));
        addBias(name, filter);
        addNorm(name, filter);
    }

    private void addBias(String name, TorchNames.Filter filter) {
        var bias = filter.filter() + ".bias";
        if (tensors.has(bias)) {
            weights.put(name + "/bias", tensors.vector(bias));
        }
    }

    private Window window(List<Integer> dims, int stride) {
        boolean isPointwise = dims.get(0) == 1 && dims.get(1) == 1 && stride == 1;
        var padding = isPointwise ? Padding.SAME : names.habit().padding();
        return new Window(dims.get(0), dims.get(1), stride, 1, padding);
    }

    private void addNorm(String name, TorchNames.Filter filter) {
        weights.put(name + "_bn/gamma", tensors.vector(filter.norm() + ".weight"));
        weights.put(name + "_bn/beta", tensors.vector(filter.norm() + ".bias"));
        weights.put(name + "_bn/moving_mean", tensors.vector(filter.norm() + ".running_mean"));
        weights.put(name + "_bn/moving_variance", tensors.vector(filter.norm() + ".running_var"));
        layers.add(new BatchNorm(name + "_bn", names.habit().epsilon()));
        layers.add(new Activation(name + "_relu", names.habit().activation()));
    }
}
