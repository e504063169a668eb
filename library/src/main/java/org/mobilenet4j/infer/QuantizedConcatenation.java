package org.mobilenet4j.infer;

import java.util.ArrayList;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.KernelSequence;
import org.mobilenet4j.kernel.quantized.IntegerKernels;
import org.mobilenet4j.kernel.quantized.Lookup;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.model.ActivationQuantization;

/// Joins quantized branches: those that do not lie in their place yet are copied there, and those of another scale than
/// the result's are requantized. A bundle has no scale, so its branches keep theirs.
///
/// @param operation the join
/// @param maps how its branches are stored
/// @param storage which of them lie in their place
record QuantizedConcatenation(FusedOperation operation, QuantizedActivations maps, BufferAliasing storage) {
    Kernel kernel(MemoryPlan memory, IntegerKernels kernels, Plane out) {
        var copies = new ArrayList<Kernel>();
        int first = 0;
        for (int input : operation.inputs()) {
            int channels = storage.channels(input);
            var plane = memory.plane(input, channels);
            var slot = out.slice(first, channels);
            if (!keepsScale(input)) {
                copies.add(kernels.plain(
                        new Lookup(plane, slot, table(maps.of(input), maps.of(operation.id()))), zeros(input)));
            } else if (!storage.isInPlace(input, operation.id(), first)) {
                copies.add(kernels.plain(new Copy(plane, slot), zeros(input)));
            }
            first += channels;
        }
        return new KernelSequence(copies);
    }

    private boolean keepsScale(int input) {
        return maps.isBundle(operation.id()) || maps.of(input).meansTheSameAs(maps.of(operation.id()));
    }

    private ZeroPoints zeros(int input) {
        int to = maps.isBundle(operation.id()) ? input : operation.id();
        return ZeroPoints.of(maps.zeroPoint(input), maps.zeroPoint(to));
    }

    /// Requantizes a branch to the scale of the concatenation, as TFLite does in float arithmetic.
    static Lookup.Table table(ActivationQuantization from, ActivationQuantization result) {
        var to = QuantizedActivations.range(result, Clamp.NONE);
        float inverse = 1f / result.scale();
        float scale = from.scale() * inverse;
        float shift = -from.zeroPoint() * scale;
        var results = new float[from.high() - from.low() + 1];
        for (int i = 0; i < results.length; i++) {
            int stored = from.type().least() + i;
            results[i] = to.clamp((int) QuantizedActivations.round(stored * scale + shift) + to.zeroPoint());
        }
        return new Lookup.Table(from.low(), results);
    }
}
