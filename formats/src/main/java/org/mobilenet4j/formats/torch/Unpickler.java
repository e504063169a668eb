package org.mobilenet4j.formats.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.torch.TorchTensor.Storage;

/// Reads pickles of tensors. A pickle is a program that may call any function of Python; this one calls none: it makes
/// texts, numbers, lists and tables, and the tensors that [TorchGlobals] knows. Everything else is refused by name.
///
/// Each step of a pickle takes a byte or more and makes one small value or moves one, so that time and memory are
/// bounded by the number of steps, of which a state dict has some forty for each tensor. Values may contain each other,
/// and even themselves: nobody follows them to any depth.
final class Unpickler {
    /// Python's `None`.
    record None() {}

    /// Python's tuple.
    record Tuple(List<Object> items) {}

    private static final int MOST_STEPS = 1_000_000;
    private static final String DAMAGED = "; it is damaged, get it again";

    private final PickleBytes bytes;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private final Map<String, Storage> storages = new HashMap<>();

    private Unpickler(PickleBytes bytes) {
        this.bytes = bytes;
    }

    /// A value, and the storages that it names, by key.
    record Loaded(Object value, Map<String, Storage> storages) {}

    /// The value of the pickle that begins here, up to its end.
    ///
    /// @throws IllegalArgumentException if it is damaged, or wants anything but tensors
    static Loaded load(PickleBytes bytes) {
        var pickle = new Unpickler(bytes);
        return new Loaded(pickle.run(), pickle.storages);
    }

    private Object run() {
        for (int i = 0; i < MOST_STEPS; i++) {
            int code = bytes.one();
            if (code == '.') {
                return pop();
            }
            step(code);
        }
        throw new BadValueException("its pickle has more than " + MOST_STEPS
                + " steps, far more than tensors need; save the weights with torch.save(model.state_dict(), ...)");
    }

    /// One step. The numbers are those of Python's `pickletools`.
    private void step(int code) {
        switch (code) {
            case 0x80 -> bytes.one(); // the version of the format
            case 0x95 -> bytes.eight(); // how long a frame is
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> sinceMark();
            case '2' -> push(top());
            case 'N' -> push(new None());
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) bytes.four());
            case 'K' -> push((long) bytes.one());
            case 'M' -> push((long) bytes.two());
            case 0x8a -> push(bytes.number(bytes.one()));
            case 0x8b -> push(bytes.number(bytes.four()));
            case 'I' -> push(whole(bytes.line()));
            case 'L' -> push(number(bytes.line().replace("L", "")));
            case 'G' -> push(bytes.real());
            case 'X' -> push(bytes.text(Integer.toUnsignedLong(bytes.four())));
            case 'U', 0x8c -> push(bytes.text(bytes.one()));
            case 'T' -> push(bytes.text(Integer.toUnsignedLong(bytes.four())));
            case 0x8d -> push(bytes.text(bytes.eight()));
            case 'V' -> push(bytes.line());
            case ']' -> push(new ArrayList<>(0));
            case '}' -> push(new LinkedHashMap<>(0));
            case ')' -> push(new Tuple(List.of()));
            case 0x85 -> push(new Tuple(last(1)));
            case 0x86 -> push(new Tuple(last(2)));
            case 0x87 -> push(new Tuple(last(3)));
            case 't' -> push(new Tuple(sinceMark()));
            case 'l' -> push(sinceMark());
            case 'd' -> {
                var items = sinceMark();
                push(new LinkedHashMap<>(0));
                put(items);
            }
            case 'a' -> append(last(1));
            case 'e' -> append(sinceMark());
            case 's' -> put(last(2));
            case 'u' -> put(sinceMark());
            case 'q' -> memo.put(bytes.one(), top());
            case 'r' -> memo.put(bytes.four(), top());
            case 'p' -> memo.put(BadValueException.toInt(number(bytes.line())), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(remembered(bytes.one()));
            case 'j' -> push(remembered(bytes.four()));
            case 'g' -> push(remembered(BadValueException.toInt(number(bytes.line()))));
            case 'c' -> push(TorchGlobals.find(bytes.line(), bytes.line()));
            case 0x93 -> {
                var names = last(2);
                push(TorchGlobals.find(text(names.get(0)), text(names.get(1))));
            }
            case 'Q' -> {
                var storage = TorchGlobals.storage(pop());
                storages.put(storage.key(), storage);
                push(storage);
            }
            case 'R' -> {
                var call = last(2);
                push(TorchGlobals.made(call.get(0), call.get(1)));
            }
            case 'b' -> dropState();
            default ->
                throw new BadValueException("its pickle has the step 0x" + Integer.toHexString(code) + " at byte "
                        + (bytes.place() - 1) + ", which tensors do not need" + DAMAGED);
        }
    }

    /// The state of a table is where PyTorch keeps the versions of modules, which nobody needs here.
    private void dropState() {
        pop();
        if (!(top() instanceof Map<?, ?>) && !(top() instanceof TorchTensor)) {
            throw new BadValueException("its pickle sets the state of a value that has none" + DAMAGED);
        }
    }

    private void append(List<Object> items) {
        if (!(top() instanceof ArrayList<?>)) {
            throw new BadValueException("its pickle appends to a value that is not a list" + DAMAGED);
        }
        @SuppressWarnings("unchecked") // all lists here are made by this class
        var list = (List<Object>) top();
        list.addAll(items);
    }

    private void put(List<Object> items) {
        if (!(top() instanceof Map<?, ?>) || items.size() % 2 != 0) {
            throw new BadValueException("its pickle fills a value that is not a table" + DAMAGED);
        }
        @SuppressWarnings("unchecked") // all tables here are made by this class and TorchGlobals
        var table = (Map<Object, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            var key = items.get(i);
            // No others are hashed: their hash may take for ever.
            if (!(key instanceof String) && !(key instanceof Long) && !(key instanceof Double)) {
                throw new BadValueException("its pickle has a table with other keys than texts and numbers, which"
                        + " tensors do not need");
            }
            table.put(key, items.get(i + 1));
        }
    }

    private Object remembered(int number) {
        var value = memo.get(number);
        if (value == null) {
            throw new BadValueException("its pickle reads the memo " + Integer.toUnsignedString(number)
                    + ", which nothing was put in" + DAMAGED);
        }
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty() || (!marks.isEmpty() && marks.getLast() >= stack.size())) {
            throw new BadValueException("its pickle takes a value where there is none" + DAMAGED);
        }
        return stack.getLast();
    }

    private Object pop() {
        top();
        return stack.removeLast();
    }

    private List<Object> last(int count) {
        var items = new ArrayList<Object>(count);
        for (int i = 0; i < count; i++) {
            items.addFirst(pop());
        }
        return items;
    }

    private List<Object> sinceMark() {
        if (marks.isEmpty()) {
            throw new BadValueException("its pickle ends a list that did not begin" + DAMAGED);
        }
        var items = stack.subList(marks.removeLast(), stack.size());
        var copy = new ArrayList<>(items);
        items.clear();
        return copy;
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new BadValueException("its pickle has another value where a name is needed" + DAMAGED);
    }

    private static Object whole(String digits) {
        return switch (digits) {
            case "00" -> false;
            case "01" -> true;
            default -> number(digits);
        };
    }

    private static long number(String digits) {
        if (!digits.matches("-?[0-9]{1,18}")) {
            throw new BadValueException("its pickle has a number that is none" + DAMAGED);
        }
        return Long.parseLong(digits);
    }
}
