package org.mobilenet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.text.OneLine;

/// A training run saved to a file, from which it resumes bit for bit: a safetensors file with the flat arrays of
/// the [TrainerState] as tensors, and the progress and the identity of the training as metadata.
public final class Checkpoint {
    private static final String FORMAT = "mobilenet4j-checkpoint";
    private static final String NEW_LINE = "\n";

    /// The trainer that wrote it. An older one's moving statistics and accuracies have another meaning, so that a
    /// training cannot be half one's and half the other's.
    private static final String TRAINER = "2";

    private static final String RECIPE = "recipe";

    private static final Pattern EPOCHS = Pattern.compile("(?<=, )epochs=(\\d{1,9})\\b");

    private Checkpoint() {}

    /// Writes a temporary file in the same directory and renames it.
    ///
    /// @param identity what must be unchanged when training resumes, by name
    /// @throws IOException if the file cannot be written; the previous checkpoint then still exists
    public static void write(
            Path file, TrainerState state, TrainingProgress progress, SequencedMap<String, String> identity)
            throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("trainer", TRAINER);
        metadata.put("stepsInAll", String.valueOf(state.step()));
        metadata.put("epoch", String.valueOf(progress.epoch()));
        metadata.put("step", String.valueOf(progress.step()));
        metadata.put("lossSum", String.valueOf(progress.lossSum()));
        metadata.put("hits", String.valueOf(progress.hits()));
        metadata.put("seen", String.valueOf(progress.seen()));
        metadata.put("millis", String.valueOf(progress.millis()));
        metadata.put(
                "history",
                String.join(
                        NEW_LINE,
                        progress.history().stream().map(EpochResult::exact).toList()));
        identity.forEach((name, value) -> metadata.put("of." + name, value));
        var tensors = new LinkedHashMap<String, Tensor>();
        arrays(state).forEach((name, array) -> {
            if (array.length > 0) {
                tensors.put(name, Tensor.of(array, array.length));
            }
        });
        new Safetensors(metadata, tensors).write(file, ElementType.FLOAT32);
    }

    /// Restores `state` from the file. The recipe may have more epochs than then.
    ///
    /// @throws IOException if the file cannot be read, is damaged, or belongs to another training run
    public static TrainingProgress read(Path file, TrainerState state, Map<String, String> identity)
            throws IOException {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(identity, "identity");
        var contents = Safetensors.read(file);
        var metadata = contents.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new BadFileException(file, "is not a checkpoint; give the one that the training wrote");
        }
        if (!TRAINER.equals(metadata.get("trainer"))) {
            throw new BadFileException(
                    file,
                    "was written by another version, whose training this one cannot go on with; delete it to start"
                            + " anew, without --resume");
        }
        for (var entry : identity.entrySet()) {
            var was = metadata.get("of." + entry.getKey());
            boolean isRecipe = entry.getKey().equals(RECIPE);
            if (!entry.getValue().equals(was) && !(isRecipe && isLonger(entry.getValue(), String.valueOf(was)))) {
                throw new BadFileException(
                        file,
                        "belongs to a training with the " + entry.getKey() + " "
                                + OneLine.of(without(String.valueOf(was), entry.getValue())) + ", not "
                                + without(entry.getValue(), String.valueOf(was))
                                + "; start again without --resume, or use the same settings as then");
            }
        }
        try {
            for (var entry : arrays(state).entrySet()) {
                read(contents, entry.getKey(), entry.getValue());
            }
            state.resumeAt(number(metadata, "stepsInAll"));
            var history = history(text(metadata, "history"));
            return new TrainingProgress(
                    epochs(metadata, history),
                    step(metadata),
                    Double.parseDouble(text(metadata, "lossSum")),
                    number(metadata, "hits"),
                    number(metadata, "seen"),
                    number(metadata, "millis"),
                    history,
                    1);
        } catch (BadValueException | NumberFormatException e) {
            throw new BadFileException(file, "is a damaged checkpoint: " + OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    /// The settings in `text`, separated by commas, that `other` has not; all of it if there is none.
    private static String without(String text, String other) {
        var others = List.of(settings(other));
        var own = new ArrayList<>(List.of(settings(text)));
        own.removeAll(others);
        return own.isEmpty() ? text : String.join(", ", own);
    }

    private static String[] settings(String text) {
        return text.replaceAll("[{}]", "").split(", ", -1);
    }

    /// How far the training in `file` is, such as `epoch 3 of 10`, if it is not at its end; else nothing, as for other
    /// files.
    ///
    /// @throws IOException if the file cannot be read
    public static Optional<String> unfinished(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            var metadata = Safetensors.read(file).metadata();
            var epochs = EPOCHS.matcher(metadata.getOrDefault("of." + RECIPE, ""));
            if (!FORMAT.equals(metadata.get("format")) || !epochs.find()) {
                return Optional.empty();
            }
            long done = number(metadata, "epoch");
            long all = Long.parseLong(epochs.group(1));
            return done < all ? Optional.of("epoch " + (done + 1) + " of " + all) : Optional.empty();
        } catch (BadFileException | BadValueException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Whether recipe `now` is `before` with more epochs.
    private static boolean isLonger(String now, String before) {
        var epochs = EPOCHS.matcher(now);
        var earlier = EPOCHS.matcher(before);
        return epochs.find()
                && earlier.find()
                && Long.parseLong(epochs.group(1)) > Long.parseLong(earlier.group(1))
                && epochs.replaceFirst("").equals(earlier.replaceFirst(""));
    }

    private static void read(Safetensors contents, String name, float[] target) {
        var tensor = contents.tensors().get(name);
        if (target.length != (tensor == null ? 0 : tensor.size())) {
            throw new BadValueException("it does not have the " + target.length + " values of " + name);
        }
        if (tensor != null) {
            tensor.copyTo(target, 0);
        }
    }

    private static Map<String, float[]> arrays(TrainerState state) {
        var arrays = new LinkedHashMap<String, float[]>();
        arrays.put("values", state.values());
        arrays.put("moving", state.moving());
        for (int i = 0; i < state.slots().length; i++) {
            arrays.put("slot" + i, state.slots()[i]);
        }
        arrays.put("averages", state.averages());
        arrays.put("averagedMoving", state.averagedMoving());
        arrays.put("ranges", state.ranges());
        return arrays;
    }

    private static List<EpochResult> history(String lines) {
        var history = new ArrayList<EpochResult>();
        for (var line : lines.split(NEW_LINE, -1)) {
            if (!line.isEmpty()) {
                history.add(EpochResult.parse(line));
            }
        }
        return history;
    }

    /// The finished epochs, each of which must be in the history.
    private static int epochs(Map<String, String> metadata, List<EpochResult> history) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).epoch() != i + 1) {
                throw new BadValueException(
                        "its history has epoch " + history.get(i).epoch() + " at position " + (i + 1));
            }
        }
        if (number(metadata, "epoch") != history.size()) {
            throw new BadValueException("it says that " + number(metadata, "epoch") + " epochs are done, but its "
                    + "history has " + history.size());
        }
        return history.size();
    }

    private static String text(Map<String, String> metadata, String name) {
        var text = metadata.get(name);
        if (text == null) {
            throw new BadValueException("it lacks its " + name);
        }
        return text;
    }

    private static int step(Map<String, String> metadata) {
        long step = number(metadata, "step");
        if (step < 0 || step > Integer.MAX_VALUE) {
            throw new BadValueException("its epoch is at step " + step);
        }
        return (int) step;
    }

    private static long number(Map<String, String> metadata, String name) {
        return Long.parseLong(text(metadata, name));
    }

    /// Checks that the disk has room for a new checkpoint beside the previous one.
    ///
    /// @throws BadFileException if it does not
    static void checkRoom(Path file, TrainerState state) throws IOException {
        long bytes = 0;
        for (var array : arrays(state).values()) {
            bytes += (long) array.length * Float.BYTES;
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadFileException(file, "cannot be written: its folder does not exist; make it first");
        }
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < 2 * bytes) {
            throw new BadFileException(
                    folder,
                    "is on a disk with " + (room >> 20) + " MiB free, but two checkpoints need " + ((2 * bytes) >> 20)
                            + " MiB; free some space, or use another folder");
        }
    }
}
