package org.mobilenet4j.formats.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.torch.TorchTensor.Storage;
import org.mobilenet4j.formats.torch.Unpickler.None;
import org.mobilenet4j.formats.torch.Unpickler.Tuple;

/// The few functions and classes of Python that pickles of tensors name, and what is made for them here. Nothing is
/// called.
enum TorchGlobals {
    ORDERED_DICT,
    TENSOR,
    PARAMETER,
    SIZE,
    DEVICE;

    private static final int MAX_RANK = 8;

    private static final Map<String, TorchGlobals> NAMES = Map.of(
            "collections.OrderedDict", ORDERED_DICT,
            "torch._utils._rebuild_tensor", TENSOR,
            "torch._utils._rebuild_tensor_v2", TENSOR,
            "torch._utils._rebuild_parameter", PARAMETER,
            "torch.Size", SIZE,
            "torch.device", DEVICE);

    private static final Map<String, TorchTensor.Type> STORAGES = Map.of(
            "torch.FloatStorage", TorchTensor.Type.FLOAT,
            "torch.HalfStorage", TorchTensor.Type.HALF,
            "torch.BFloat16Storage", TorchTensor.Type.B_FLOAT16,
            "torch.DoubleStorage", TorchTensor.Type.DOUBLE,
            "torch.LongStorage", TorchTensor.Type.LONG,
            "torch.IntStorage", TorchTensor.Type.INT,
            "torch.ShortStorage", TorchTensor.Type.SHORT,
            "torch.CharStorage", TorchTensor.Type.CHAR,
            "torch.ByteStorage", TorchTensor.Type.BYTE,
            "torch.BoolStorage", TorchTensor.Type.BOOL);

    /// What `name` of `module` stands for.
    ///
    /// @throws IllegalArgumentException if it is nothing that tensors need, naming it
    static Object find(String module, String name) {
        var path = module + "." + name;
        // Storages on other processors: torch.cuda.FloatStorage.
        var storage = STORAGES.get(path.replace("torch.cuda.", "torch."));
        if (storage != null) {
            return storage;
        }
        var known = NAMES.get(path);
        if (known == null) {
            throw new BadValueException("needs Python's " + path + ", which is not run: only tensors are read; save the"
                    + " weights alone, with torch.save(model.state_dict(), ...)");
        }
        return known;
    }

    /// What the call of `function` with `arguments` makes.
    static Object made(Object function, Object arguments) {
        if (!(function instanceof TorchGlobals known)) {
            throw odd("a call");
        }
        var items = items(arguments);
        return switch (known) {
            case ORDERED_DICT -> table(items);
            case TENSOR -> tensor(items);
            case PARAMETER -> parameter(items);
            case SIZE -> arguments;
            case DEVICE -> new None();
        };
    }

    /// The storage that the persistent id `id` names: `("storage", type, key, device, count)`.
    static Storage storage(Object id) {
        var items = items(id);
        if (items.size() < 5
                || !"storage".equals(items.get(0))
                || !(items.get(1) instanceof TorchTensor.Type type)
                || !(items.get(2) instanceof String key)
                || !(items.get(4) instanceof Long count)) {
            throw odd("the storage of a tensor");
        }
        if (items.size() > 5 && !(items.get(5) instanceof None)) {
            throw new BadValueException(
                    "has storages that are parts of others, from before PyTorch 0.4; save it again with a newer one");
        }
        return new Storage(type, key, count);
    }

    private static Map<Object, Object> table(List<Object> arguments) {
        if (!arguments.isEmpty() && !List.of().equals(arguments.getFirst())) {
            throw odd("a table");
        }
        return new LinkedHashMap<>(0);
    }

    private static TorchTensor parameter(List<Object> items) {
        if (!items.isEmpty() && items.getFirst() instanceof TorchTensor tensor) {
            return tensor;
        }
        throw odd("a parameter");
    }

    private static TorchTensor tensor(List<Object> items) {
        if (items.size() < 4 || !(items.get(0) instanceof Storage storage) || !(items.get(1) instanceof Long offset)) {
            throw odd("a tensor");
        }
        return new TorchTensor(storage, offset, numbers(items.get(2)), numbers(items.get(3)));
    }

    private static List<Long> numbers(Object tuple) {
        var numbers = new ArrayList<Long>();
        var items = items(tuple);
        if (items.size() > MAX_RANK) {
            throw new BadValueException("has a tensor of " + items.size() + " dimensions; the limit is " + MAX_RANK);
        }
        for (var item : items) {
            if (!(item instanceof Long number)) {
                throw odd("the size of a tensor");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static List<Object> items(Object value) {
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        throw odd("a tuple");
    }

    private static BadValueException odd(String what) {
        return new BadValueException(
                "its pickle makes " + what + " in a way that PyTorch does not; it is damaged, or of another version");
    }
}
