package org.mobilenet4j.model.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Writes the values of tensors in little-endian order, in small pieces: no second copy of a model is held.
public final class TensorWriter {
    private static final int PIECE_BYTES = 1 << 16;
    private static final int HALF_INFINITY = 0x7c00;

    private final WritableByteChannel out;
    private final ElementType type;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /// Writes to `out`, which stays open.
    ///
    /// @param type element type of floats in the file
    public TensorWriter(WritableByteChannel out, ElementType type) {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(type, "type");
        this.out = out;
        this.type = type;
    }

    /// Writes `bytes` as they are.
    public void write(byte[] bytes) throws IOException {
        drain(ByteBuffer.wrap(bytes));
    }

    /// Writes the values of `tensor`, with floats converted to the type of the file.
    ///
    /// @param name the tensor's name in messages
    /// @throws IllegalArgumentException when a finite value is too large for float16
    public void write(String name, Tensor tensor) throws IOException {
        var stored = SafetensorsHeader.stored(tensor, type);
        int step = PIECE_BYTES / stored.bytes();
        for (int from = 0; from < tensor.size(); from += step) {
            int to = Math.min(tensor.size(), from + step);
            piece.clear();
            if (tensor.type() == stored) {
                // Bit for bit: not even the payload of a NaN changes.
                var bytes = tensor.bytes().asSlice((long) from * stored.bytes(), (long) (to - from) * stored.bytes());
                MemorySegment.ofBuffer(piece).copyFrom(bytes);
                piece.position((to - from) * stored.bytes());
            } else {
                for (int i = from; i < to; i++) {
                    put(name, i, tensor.get(i));
                }
            }
            drain(piece.flip());
        }
    }

    private void put(String name, int position, float value) {
        if (type == ElementType.FLOAT32) {
            piece.putFloat(value);
            return;
        }
        short half = Float.floatToFloat16(value);
        if ((half & HALF_INFINITY) == HALF_INFINITY && Float.isFinite(value)) {
            throw new BadValueException("the tensor " + name + " holds " + value + " at position " + position
                    + ", too large for float16; write float32 instead");
        }
        piece.putShort(half);
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /// Such as `TensorWriter[FLOAT16]`.
    @Override
    public String toString() {
        return "TensorWriter[" + type + "]";
    }
}
