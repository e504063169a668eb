package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// A service that takes part.
///
/// @param name in tables
/// @param command that starts it
/// @param environment variables in addition to those of this process
record Service(String name, List<String> command, Map<String, String> environment) {
    /// Ours, as the command line starts it.
    static Service ours(@Nullable Path model) {
        var command = new ArrayList<>(List.of(System.getProperty("mobilenet4j.command", "./mobilenet")));
        command.addAll(List.of("serve", "--port", "0"));
        if (model != null) {
            command.addAll(List.of("--model", model.toString()));
        }
        return new Service("mobilenet4j", command, Map.of());
    }

    /// Javalin with ONNX Runtime, on the same network.
    ///
    /// @param folder for its files
    /// @param queue how many photos may wait
    static Service javalin(@Nullable Path file, Path folder, int queue) throws IOException {
        var model = file == null ? DefaultModel.load() : ModelFormats.read(file);
        var onnx = folder.resolve("model.onnx");
        ModelFormats.write(model, onnx, ElementType.FLOAT32);
        var labels = Files.write(folder.resolve("labels.txt"), model.labels());
        return new Service(
                "javalin+onnxruntime",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        JavalinService.class.getName(),
                        onnx.toString(),
                        labels.toString(),
                        Integer.toString(side(model)),
                        Double.toString(model.preprocessing().crop()),
                        Integer.toString(queue)),
                // ONNX Runtime 1.29 crashes the JVM when the command line is longer than 4 KiB.
                Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    private static int side(Model model) {
        var input = model.network().input();
        if (input.height() != input.width()) {
            throw new IllegalArgumentException("the other service takes square networks only, not " + input);
        }
        return input.height();
    }
}
