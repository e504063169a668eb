package org.mobilenet4j.model;

import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The NaN and infinite values of one tensor.
///
/// @param tensor its full name
/// @param count number of such values, at least 1
/// @param position row-major index of the first one
/// @param value the first one: NaN or an infinity
public record NonFinite(String tensor, int count, int position, float value) {
    public NonFinite {
        Objects.requireNonNull(tensor, "tensor");
    }

    /// Values that are checked at a time: before JIT compilation an array is much faster than a tensor.
    private static final int PIECE = 1 << 14;

    /// Whether no integer of 32 bits becomes infinite.
    private static boolean isHarmless(Quantization quantization) {
        for (int channel = 0; channel < quantization.channels(); channel++) {
            if (quantization.scale(channel) > Float.MAX_VALUE / (1L << 33)) {
                return false;
            }
        }
        return true;
    }

    static Optional<NonFinite> in(String name, Tensor tensor) {
        if (tensor.quantization().map(NonFinite::isHarmless).orElse(false)) {
            return Optional.empty();
        }
        int count = 0;
        int first = -1;
        var piece = new float[Math.min(PIECE, tensor.size())];
        for (int start = 0; start < tensor.size(); start += piece.length) {
            int length = Math.min(piece.length, tensor.size() - start);
            tensor.copyTo(start, piece, 0, length);
            for (int i = 0; i < length; i++) {
                if (!Float.isFinite(piece[i]) && count++ == 0) {
                    first = start + i;
                }
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(new NonFinite(name, count, first, tensor.get(first)));
    }

    /// One readable line:
    /// `the tensor conv1/kernel holds 2 values that are not finite, the first NaN at position 7`.
    @Override
    public String toString() {
        return "the tensor " + tensor + " holds " + count + (count == 1 ? " value that is" : " values that are")
                + " not finite, the first " + value + " at position " + position;
    }
}
