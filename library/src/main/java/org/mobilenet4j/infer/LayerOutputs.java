package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Model;

/// Shows what each layer of a model makes of an image: to choose scales, and to measure errors layer by
/// layer.
///
/// Of a quantized model that is computed with integers, each map that is stored; of floats, each
/// layer's output, before an activation and behind it, apart from those of dropout and of convolutions
/// before a batch normalization. Nothing is joined, and every map is copied: slower than a [Session],
/// with the same results.
///
/// For one thread at a time.
public final class LayerOutputs {
    /// Who looks at the maps.
    @FunctionalInterface
    public interface Viewer {
        /// One map, right after it was made.
        ///
        /// @param node the layer whose output it is
        /// @param values real numbers, dense NHWC; the array is used again for the next image
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

    /// Of `model`, with integers where it is quantized.
    ///
    /// @throws IllegalArgumentException when it has a layer that cannot be computed with them
    public static LayerOutputs of(Model model) {
        return of(model, SessionOptions.Numbers.AUTOMATIC);
    }

    /// Of `model`, with the numbers that are wanted.
    ///
    /// @throws IllegalArgumentException when they want integers and the model is not quantized, or
    ///     it has a layer that cannot be computed with them
    public static LayerOutputs of(Model model, SessionOptions.Numbers numbers) {
        return new LayerOutputs(Plan.ofMaps(model, numbers));
    }

    /// Runs one image and shows each map to `viewer`, in order of execution.
    ///
    /// @param image dense NHWC, as [Session#run] takes it
    /// @throws IllegalArgumentException when it is not one image
    public void run(float[] image, Viewer viewer) {
        run(image, maps.size(), viewer);
    }

    /// The same as far as the layer called `last`, without what comes behind it.
    ///
    /// @throws IllegalArgumentException when it is not one image, or that layer's output is none that is seen
    public void runTo(String last, float[] image, Viewer viewer) {
        int count = 0;
        while (count < maps.size() && !maps.get(count).node().name().equals(last)) {
            count++;
        }
        if (count == maps.size()) {
            throw new IllegalArgumentException("the output of the layer " + last + " is none that is seen");
        }
        run(image, count + 1, viewer);
    }

    private void run(float[] image, int count, Viewer viewer) {
        plan.checkImage(image);
        var program = plan.program();
        var own = memory.of(program);
        program.load(image, 0, own);
        for (int i = 0; i < count; i++) {
            program.steps().get(i).run(own);
            var shown = maps.get(i);
            shown.map().copyTo(own, values.get(i), 0);
            viewer.see(shown.node(), values.get(i));
        }
    }
}
