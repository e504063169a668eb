package org.mobilenet4j.formats.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.torch.TorchTensor.Storage;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Finds the state dict in what a pickle holds, and makes tensors of its entries.
final class StateDict {
    /// Where checkpoints of trainings keep it, the likeliest first.
    private static final List<String> PLACES =
            List.of("state_dict", "model_state_dict", "model", "net", "network", "weights", "params");

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The storages of a file.
    interface Storages {
        /// The bytes of `storage`, as many as its count says, little-endian.
        ///
        /// @throws IllegalArgumentException if the file does not have them
        MemorySegment bytes(Storage storage);
    }

    private final Storages storages;
    private long budget;

    private StateDict(Storages storages, long budget) {
        this.storages = storages;
        this.budget = budget;
    }

    /// The float tensors of the state dict in `value`, by name, in its order. Integers, which are counters, are left
    /// out.
    ///
    /// @param fileBytes size of the file: no file has more values than bytes, unless tensors share them
    /// @throws IllegalArgumentException if there is no state dict, or a tensor lies outside its storage
    static SequencedMap<String, Tensor> tensors(Object value, Storages storages, long fileBytes) {
        var reader = new StateDict(storages, fileBytes);
        var tensors = new LinkedHashMap<String, Tensor>();
        find(value).forEach((name, entry) -> {
            if (name instanceof String text
                    && entry instanceof TorchTensor tensor
                    && tensor.storage().type().isFloat()) {
                tensors.put(text, reader.tensor(text, tensor));
            }
        });
        return tensors;
    }

    private static Map<?, ?> find(Object value) {
        if (!(value instanceof Map<?, ?> top)) {
            throw new BadValueException("holds " + (value instanceof TorchTensor ? "a tensor" : "something else")
                    + " where a state dict is needed; save one, with torch.save(model.state_dict(), ...)");
        }
        if (hasTensors(top)) {
            return top;
        }
        for (var place : PLACES) {
            if (top.get(place) instanceof Map<?, ?> inner && hasTensors(inner)) {
                return inner;
            }
        }
        var names = new ArrayList<>(top.keySet());
        throw new BadValueException("has no state dict: it holds " + names.subList(0, Math.min(names.size(), 10))
                + ", and tensors in none of " + PLACES + "; save the model's state_dict() alone");
    }

    private static boolean hasTensors(Map<?, ?> map) {
        return map.values().stream().anyMatch(TorchTensor.class::isInstance);
    }

    private Tensor tensor(String name, TorchTensor tensor) {
        var storage = tensor.storage();
        var dims = new ArrayList<Integer>();
        long elements = 1;
        long reach = 0;
        boolean isWhole = tensor.strides().size() == tensor.dims().size();
        for (int k = tensor.dims().size() - 1; k >= 0 && isWhole; k--) {
            long dim = tensor.dims().get(k);
            long stride = tensor.strides().get(k);
            isWhole = dim >= 1 && dim <= storage.count() && stride >= 0 && stride <= storage.count();
            if (isWhole) {
                reach = Math.addExact(reach, (dim - 1) * stride);
                elements = Math.min(elements * dim, Integer.MAX_VALUE);
                dims.addFirst((int) dim);
            }
        }
        budget -= elements;
        boolean fits = isWhole && tensor.offset() >= 0 && reach < storage.count() - tensor.offset();
        if (!fits || budget < 0) {
            throw new BadValueException("the tensor " + name + " of " + tensor.dims() + " values does not lie in its"
                    + " storage of " + storage.count() + "; the file is damaged, get it again");
        }
        var bytes = storages.bytes(storage);
        if (storage.type() == TorchTensor.Type.FLOAT && isContiguous(tensor)) {
            return Tensor.of(
                    bytes.asSlice(tensor.offset() * Float.BYTES, elements * Float.BYTES), ElementType.FLOAT32, dims);
        }
        return Tensor.of(
                gathered(tensor, bytes, (int) elements),
                dims.stream().mapToInt(Integer::intValue).toArray());
    }

    private static boolean isContiguous(TorchTensor tensor) {
        long stride = 1;
        for (int k = tensor.dims().size() - 1; k >= 0; k--) {
            if (tensor.dims().get(k) != 1 && tensor.strides().get(k) != stride) {
                return false;
            }
            stride *= tensor.dims().get(k);
        }
        return true;
    }

    /// The values in the order of the dimensions, whatever order they are stored in (`channels_last`, transposed).
    private static float[] gathered(TorchTensor tensor, MemorySegment bytes, int elements) {
        int rank = tensor.dims().size();
        var place = new long[rank];
        var values = new float[elements];
        long at = tensor.offset();
        for (int i = 0; i < elements; i++) {
            values[i] = value(tensor.storage().type(), bytes, at);
            for (int k = rank - 1; k >= 0; k--) {
                at += tensor.strides().get(k);
                if (++place[k] < tensor.dims().get(k)) {
                    break;
                }
                at -= place[k] * tensor.strides().get(k);
                place[k] = 0;
            }
        }
        return values;
    }

    private static float value(TorchTensor.Type type, MemorySegment bytes, long at) {
        return switch (type) {
            case FLOAT -> Float.intBitsToFloat(bytes.get(INT, at * Float.BYTES));
            case HALF -> Float.float16ToFloat(bytes.get(SHORT, at * Short.BYTES));
            case B_FLOAT16 -> Float.intBitsToFloat(bytes.get(SHORT, at * Short.BYTES) << Short.SIZE);
            case DOUBLE -> (float) bytes.get(DOUBLE, at * Double.BYTES);
            default -> throw new IllegalStateException(type + " is not read");
        };
    }
}
