package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Model;

/// Shows each layer's output for an image: to choose quantization scales, and to measure errors layer by layer.
///
/// In integer arithmetic, every stored activation is shown; in float arithmetic, each layer's output, both before
/// and after an activation, except for dropout and for convolutions before a batch normalization. No layers are
/// joined, and every feature map is copied: slower than a [Session], with the same results.
///
/// Not thread-safe.
public final class LayerOutputs {
    /// Receives the layers' outputs.
    @FunctionalInterface
    public interface Viewer {
        /// Called with one feature map, right after it was computed.
        ///
        /// @param node the layer whose output it is
        /// @param values real values, dense NHWC; the array is reused for the next image
        void see(Node node, float[] values);
    }

    private final Plan plan;
    private final List<VisibleActivation> maps;
    private final ImageMemory memory = new ImageMemory();
    private final List<float[]> values;

    private LayerOutputs(Plan plan) {
        this.plan = plan;
        this.maps = plan.shownMaps();
        this.values = maps.stream()
                .map(map -> new float[map.node().output().elements()])
                .toList();
    }

    /// For `model`, in integer arithmetic if it is quantized.
    ///
    /// @throws IllegalArgumentException if it has a layer that cannot be computed with integers
    public static LayerOutputs of(Model model) {
        return of(model, SessionOptions.Numbers.AUTOMATIC);
    }

    /// For `model`, in the given arithmetic.
    ///
    /// @throws IllegalArgumentException if `numbers` asks for integers and the model is not quantized, or has a
    ///     layer that cannot be computed with them
    public static LayerOutputs of(Model model, SessionOptions.Numbers numbers) {
        return new LayerOutputs(Plan.ofMaps(model, numbers));
    }

    /// Runs one image and shows each layer's output to `viewer`, in execution order.
    ///
    /// @param image dense NHWC, as for [Session#run]
    /// @throws IllegalArgumentException if `image` does not hold exactly one image
    public void run(float[] image, Viewer viewer) {
        run(image, maps.size(), viewer);
    }

    /// Runs the network up to and including the layer called `last`.
    ///
    /// @throws IllegalArgumentException if `image` does not hold exactly one image, or the output of `last` is
    ///     not available
    public void runTo(String last, float[] image, Viewer viewer) {
        int count = 0;
        while (count < maps.size() && !maps.get(count).node().name().equals(last)) {
            count++;
        }
        if (count == maps.size()) {
            throw new IllegalArgumentException("the output of the layer " + last + " is not available");
        }
        run(image, count + 1, viewer);
    }

    private void run(float[] image, int count, Viewer viewer) {
        plan.checkImage(image);
        var program = plan.program();
        var own = memory.of(program);
        program.load(image, 0, own);
        int step = 0;
        for (int i = 0; i < count; i++) {
            var shown = maps.get(i);
            while (step <= shown.step()) {
                program.steps().get(step++).run(own);
            }
            shown.map().copyTo(own, values.get(i), 0);
            viewer.see(shown.node(), values.get(i));
        }
    }

    /// Such as `LayerOutputs[57 of Plan[...]]`.
    @Override
    public String toString() {
        return "LayerOutputs[" + maps.size() + " of " + plan + "]";
    }
}
