package org.mobilenet4j.app.cli.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--task classify|detect`: what a model is for.
public final class TaskOption {
    /// What a model says of a photo.
    public enum Task {
        /// Its class.
        CLASSIFY,
        /// The objects in it, and where they are.
        DETECT
    }

    @Option(
            names = "--task",
            paramLabel = "classify|detect",
            converter = TaskConverter.class,
            description = "What the model is for: to tell photos apart, or to find objects in them (default: what it"
                    + " does).")
    private @Nullable Task task;

    /// The task, if it is given.
    public Optional<Task> task() {
        return Optional.ofNullable(task);
    }

    private static final class TaskConverter implements ITypeConverter<Task> {
        @Override
        public Task convert(String value) {
            return switch (value) {
                case "classify" -> Task.CLASSIFY;
                case "detect" -> Task.DETECT;
                default -> throw new TypeConversionException("expected classify or detect, not " + value);
            };
        }
    }
}
