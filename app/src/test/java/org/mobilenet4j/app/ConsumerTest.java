package org.mobilenet4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A program in a module of its own, `examples/classify`, can use what our modules export, and nothing else.
class ConsumerTest {
    private static final Path PROGRAM = Path.of("..", "examples", "classify");
    private static final Path MODEL = Path.of("../default/src/main/resources/org/mobilenet4j/default.safetensors");
    private static final Path PHOTO = Path.of("..", "examples", "lemon.png");

    @TempDir
    private Path folder;

    @Test
    void readsAModelAndClassifiesAPhoto() throws Exception {
        var run = new Program(List.of(PROGRAM), folder.resolve("classes"))
                .onModulePath("com.example.classify", "com.example.classify.Classify", MODEL, PHOTO);

        assertThat(run.exit()).as(run.lines().toString()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.startsWith("lemon "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.mobilenet4j.kernel", "org.mobilenet4j.parallel", "org.mobilenet4j.formats.hdf5"})
    void cannotUse(String inside) throws IOException {
        var intruder = Files.createDirectory(folder.resolve("intruder"));
        Files.writeString(intruder.resolve("Intruder.java"), "package com.example; import " + inside + ".*;");

        assertThat(new Program(List.of(PROGRAM, intruder), folder.resolve("classes")).compileWith("--module-path"))
                .contains("package " + inside + " is not visible")
                .contains("does not export it");
    }
}
