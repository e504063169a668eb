package org.mobilenet4j.kernel.machine;

import java.lang.ref.Reference;
import java.util.List;
import org.mobilenet4j.kernel.ByteMemory;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.machine.recipe.bytes.ImageRecipe;

/// Images and results of a quantized network on bytes. Some rows at a time are copied between a caller's array and
/// the memory's staging room, and converted there.
final class ByteInputOutput implements InputOutput {
    private final Plane input;
    private final PlannedRoutine quantize;
    private final Part[] parts;
    private final int size;

    /// A part of a result.
    private record Part(Plane plane, PlannedRoutine dequantize) {}

    ByteInputOutput(Workshop workshop, FloatMap input, List<FloatMap> outputs) {
        this.input = input.plane();
        this.quantize = workshop.routine(
                "quantize",
                (a, convention, name, isa) -> ImageRecipe.quantize(
                        a, convention, name, input.plane(), input.scale(), input.zeroPoint(), isa));
        this.parts = new Part[outputs.size()];
        int elements = 0;
        for (int i = 0; i < parts.length; i++) {
            var output = outputs.get(i);
            var dequantize = workshop.routine(
                    "dequantize",
                    (a, convention, name, isa) -> ImageRecipe.dequantize(
                            a, convention, name, output.plane(), output.scale(), output.zeroPoint(), isa));
            parts[i] = new Part(output.plane(), dequantize);
            elements += output.plane().shape().elements();
        }
        this.size = elements;
    }

    /// The least staging room: for a row of any map.
    int stagingFloats() {
        int most = row(input);
        for (var part : parts) {
            most = Math.max(most, row(part.plane()));
        }
        return most + ImageRecipe.SLACK;
    }

    private static int row(Plane plane) {
        return plane.shape().width() * plane.shape().channels();
    }

    private static int rowsAtATime(Plane plane, ByteMemory memory) {
        return (memory.stagingFloats() - ImageRecipe.SLACK) / row(plane);
    }

    @Override
    public void load(float[] images, int image, Memory memory) {
        var bytes = (ByteMemory) memory;
        try {
            load(images, image * input.shape().elements(), bytes);
        } finally {
            // Code knows addresses only, of which the collector knows nothing.
            Reference.reachabilityFence(bytes);
        }
    }

    private void load(float[] images, int first, ByteMemory bytes) {
        int height = input.shape().height();
        int most = rowsAtATime(input, bytes);
        for (int y = 0; y < height; y += most) {
            int rows = Math.min(most, height - y);
            bytes.stage(images, first + y * row(input), rows * row(input));
            quantize.call(bytes.staging(), 0, 0, bytes.address() + input.at(y, 0), rows, 0);
        }
    }

    @Override
    public void store(Memory memory, float[] results, int image) {
        var bytes = (ByteMemory) memory;
        try {
            int at = image * size;
            for (var part : parts) {
                store(part, bytes, results, at);
                at += part.plane().shape().elements();
            }
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    private static void store(Part part, ByteMemory bytes, float[] results, int first) {
        var plane = part.plane();
        int height = plane.shape().height();
        int most = rowsAtATime(plane, bytes);
        for (int y = 0; y < height; y += most) {
            int rows = Math.min(most, height - y);
            part.dequantize().call(bytes.staging(), 0, 0, bytes.address() + plane.at(y, 0), rows, 0);
            bytes.unstage(results, first + y * row(plane), rows * row(plane));
        }
    }
}
