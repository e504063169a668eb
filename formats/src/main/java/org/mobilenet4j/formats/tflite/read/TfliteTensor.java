package org.mobilenet4j.formats.tflite.read;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ImpliedActivation;
import org.mobilenet4j.formats.tflite.TfliteScales;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.TensorType;

/// A tensor of a TFLite file: a constant if it has data, otherwise an operator's output.
///
/// @param name as in the file, without control characters
/// @param dims dimensions, outermost first; for activations, the first is a batch of one
/// @param type one of [TensorType]
/// @param data a slice of the file, or null
/// @param scales quantization parameters
public record TfliteTensor(
        String name, List<Integer> dims, int type, @Nullable MemorySegment data, TfliteScales scales) {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort INT16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfFloat FLOAT32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public boolean isConstant() {
        return data != null;
    }

    String typeName() {
        return type >= 0 && type < TensorType.names.length ? TensorType.name(type) : "type " + type;
    }

    /// The constant's values, not copied.
    ///
    /// @param channelAxis the dimension along which there may be several scales
    /// @throws IllegalArgumentException if this is not a constant of real values, or its data does not match its
    ///     dimensions
    public Tensor weights(int channelAxis) {
        var stored = elementType();
        if (data == null || stored == null) {
            throw new BadValueException("the tensor \"" + name + "\" is " + (data == null ? "computed" : typeName())
                    + " where constant weights are needed");
        }
        return stored.isInteger()
                ? Tensor.of(data, stored, dims, scales.ofWeights(name, dims.size() == 1 ? scales.axis() : channelAxis))
                : Tensor.of(data, stored, dims);
    }

    private @Nullable ElementType elementType() {
        return switch (type) {
            case TensorType.FLOAT32 -> ElementType.FLOAT32;
            case TensorType.FLOAT16 -> ElementType.FLOAT16;
            case TensorType.INT8 -> ElementType.INT8;
            case TensorType.UINT8 -> ElementType.UINT8;
            case TensorType.INT32 -> ElementType.INT32;
            default -> null;
        };
    }

    /// Whether its values are plain integers.
    boolean isWhole() {
        return type == TensorType.INT32 || type == TensorType.INT64;
    }

    /// Whether this is a quantized feature map, and not a float one.
    boolean isQuantizedMap() {
        return type == TensorType.INT8 || type == TensorType.UINT8;
    }

    /// The activation that its range implies; empty for floats.
    Optional<Activation.Function> impliedActivation() {
        return isQuantizedMap() ? ImpliedActivation.of(stored()) : Optional.empty();
    }

    /// The quantization of this feature map.
    ///
    /// @throws IllegalArgumentException if it is not INT8 or UINT8 with one scale
    public ActivationQuantization stored() {
        if (!isQuantizedMap()) {
            throw new BadValueException(
                    "the feature map \"" + name + "\" is " + typeName() + " where INT8 or UINT8 is needed");
        }
        return scales.ofMap(name, type == TensorType.INT8 ? ElementType.INT8 : ElementType.UINT8);
    }

    /// The values of a small constant: axes, paddings.
    ///
    /// @throws IllegalArgumentException if this is not a constant of a few integers
    public int[] integers() {
        int bytes = type == TensorType.INT64 ? 8 : 4;
        if (data == null
                || (type != TensorType.INT32 && type != TensorType.INT64)
                || data.byteSize() != (long) Tensor.elements(dims) * bytes
                || data.byteSize() > 1024) {
            throw new BadValueException("the tensor \"" + name + "\" must be a short constant list of integers");
        }
        var values = new int[Tensor.elements(dims)];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes == 4 ? data.getAtIndex(INT32, i) : BadValueException.toInt(data.getAtIndex(INT64, i));
        }
        return values;
    }

    /// The constant's values: stored integers if it is quantized, as they are.
    ///
    /// @throws IllegalArgumentException if this is no constant of floats or integers
    Constant constant() {
        if (data == null || (elementType() == null && type != TensorType.INT64)) {
            throw new BadValueException("the tensor \"" + name + "\" is " + (data == null ? "computed" : typeName())
                    + " where a constant is needed");
        }
        var values = new double[Tensor.elements(dims)];
        int bytes = type == TensorType.INT64
                ? Long.BYTES
                : Objects.requireNonNull(elementType()).bytes();
        if (data.byteSize() != (long) values.length * bytes) {
            throw new BadValueException(
                    "the tensor \"" + name + "\" of " + Tensor.text(dims) + " has " + data.byteSize() + " bytes");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case TensorType.FLOAT32 -> data.getAtIndex(FLOAT32, i);
                case TensorType.FLOAT16 -> Float.float16ToFloat(data.getAtIndex(INT16, i));
                case TensorType.INT32 -> data.getAtIndex(INT32, i);
                case TensorType.INT64 -> data.getAtIndex(INT64, i);
                case TensorType.UINT8 -> data.get(ValueLayout.JAVA_BYTE, i) & 0xff;
                default -> data.get(ValueLayout.JAVA_BYTE, i);
            };
        }
        boolean isReal = type == TensorType.FLOAT32 || type == TensorType.FLOAT16;
        return isReal ? Constant.ofReals(dims, values) : Constant.ofWholes(dims, values);
    }

    /// This tensor, as an operator computes it from constants.
    ///
    /// @param values of its type
    TfliteTensor holding(Constant values) {
        var stored = elementType();
        if (stored == null
                || type == TensorType.FLOAT16
                || (isQuantizedMap() && scales.scales().size() > 1)) {
            throw new BadValueException("the constant \"" + name + "\" is computed as " + typeName()
                    + "; only FLOAT32, INT32, and 8 bits with one scale are supported");
        }
        var bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(values.size(), stored.bytes())]);
        for (int i = 0; i < values.size(); i++) {
            switch (stored) {
                case FLOAT32 -> bytes.setAtIndex(FLOAT32, i, (float) values.get(i));
                case INT32 -> bytes.setAtIndex(INT32, i, (int) values.get(i));
                default -> bytes.set(ValueLayout.JAVA_BYTE, i, (byte) (int) values.get(i));
            }
        }
        return new TfliteTensor(name, values.dims(), type, bytes, scales);
    }

    /// The constant's only value, not dequantized.
    ///
    /// @throws IllegalArgumentException if this is not a constant of a single float or 8-bit integer
    float number() {
        if (data != null && type == TensorType.FLOAT32 && data.byteSize() == Float.BYTES) {
            return data.get(FLOAT32, 0);
        }
        if (data != null && isQuantizedMap() && data.byteSize() == 1) {
            byte stored = data.get(ValueLayout.JAVA_BYTE, 0);
            return type == TensorType.UINT8 ? stored & 0xff : stored;
        }
        throw new BadValueException("the tensor \"" + name + "\" must be a single constant number");
    }

    /// The shape of this activation: `1xHxWxC`, or `1xC` and other ranks if all dimensions except the last are 1.
    ///
    /// @throws IllegalArgumentException if it is not a single feature map
    Shape shape() {
        if (type != TensorType.FLOAT32 && !isQuantizedMap()) {
            throw new BadValueException(
                    "the tensor \"" + name + "\" is " + typeName() + " where FLOAT32, INT8 or UINT8 is needed");
        }
        if (dims.size() == 4 && dims.getFirst() == 1) {
            return new Shape(dims.get(1), dims.get(2), dims.get(3));
        }
        if (!dims.isEmpty() && dims.subList(0, dims.size() - 1).stream().allMatch(dim -> dim == 1)) {
            return Shape.vector(dims.getLast());
        }
        throw new BadValueException("the tensor \"" + name + "\" is " + Tensor.text(dims)
                + " where one feature map, 1xHxWxC or 1xC, is needed");
    }
}
