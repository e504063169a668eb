package org.mobilenet4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A program in a module of its own, `examples/classify`, can use what our modules export, and nothing else.
class ConsumerTest {
    private static final Path PROGRAM = Path.of("..", "examples", "classify");
    private static final Path MODEL = Path.of("../default/src/main/resources/org/mobilenet4j/default.safetensors");
    private static final Path PHOTO = Path.of("..", "examples", "lemon.png");

    /// Our modules and those that they need, as this test has them: packaged, but for a build that stops at `test`.
    private static final String MODULES = System.getProperty("jdk.module.path");

    @TempDir
    private Path folder;

    @Test
    void readsAModelAndClassifiesAPhoto() throws Exception {
        assertThat(compile(PROGRAM)).doesNotContain("error:");

        var output = folder.resolve("output");
        var run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        MODULES + System.getProperty("path.separator") + classes(),
                        "--module",
                        "com.example.classify/com.example.classify.Classify",
                        MODEL.toString(),
                        PHOTO.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readAllLines(output)).anyMatch(line -> line.startsWith("lemon "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.mobilenet4j.kernel", "org.mobilenet4j.parallel", "org.mobilenet4j.formats.hdf5"})
    void cannotUse(String inside) throws IOException {
        var intruder = Files.createDirectory(folder.resolve("intruder"));
        Files.writeString(intruder.resolve("Intruder.java"), "package com.example; import " + inside + ".*;");

        assertThat(compile(PROGRAM, intruder))
                .contains("package " + inside + " is not visible")
                .contains("does not export it");
    }

    /// What the compiler says of the program in `folders`.
    private String compile(Path... folders) throws IOException {
        var arguments = new ArrayList<>(List.of("--module-path", MODULES, "-d", classes()));
        for (var sources : folders) {
            try (var files = Files.walk(sources)) {
                files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
            }
        }
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        return said.toString();
    }

    private String classes() {
        return folder.resolve("classes").toString();
    }
}
