package org.mobilenet4j.app;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A user's program: compiled, then run by a Java of its own.
///
/// @param sources its files, and folders of them
/// @param classes the folder to compile into
record Program(List<Path> sources, Path classes) {
    /// Our modules and those that they need, as this test has them: packaged, but for a build that stops at `test`.
    static final String JARS = System.getProperty("jdk.module.path");

    private static final int SECONDS = 120;

    /// What a run of a program wrote, errors too.
    record Output(int exit, List<String> lines) {}

    /// What the compiler says; every warning counts.
    String compileWith(String path) throws IOException {
        var arguments = new ArrayList<>(List.of("-Xlint:all,-requires-automatic,-incubating", "-Werror", path, JARS));
        arguments.addAll(List.of("-d", classes.toString()));
        for (var source : sources) {
            try (var files = Files.walk(source)) {
                files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
            }
        }
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        return said.toString();
    }

    /// The program, compiled and run on the class path, as `main`.
    Output onClassPath(String main, Object... arguments) throws IOException, InterruptedException {
        return run("--class-path", "--enable-native-access=ALL-UNNAMED", List.of(main), arguments);
    }

    /// The program, compiled and run on the module path, as `main` of `module`.
    Output onModulePath(String module, String main, Object... arguments) throws IOException, InterruptedException {
        var access = "--enable-native-access=org.mobilenet4j";
        return run("--module-path", access, List.of("--module", module + "/" + main), arguments);
    }

    private Output run(String path, String option, List<String> main, Object... arguments)
            throws IOException, InterruptedException {
        var said = compileWith(path);
        if (!said.isEmpty()) {
            return new Output(-1, said.lines().toList());
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-XX:+UseSerialGC", option, path, JARS + File.pathSeparator + classes));
        command.addAll(main);
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        var output = Files.createTempFile("program", ".txt");
        try {
            var run = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean isOver = run.waitFor(SECONDS, TimeUnit.SECONDS);
            run.destroyForcibly();
            return new Output(isOver ? run.exitValue() : -1, Files.readAllLines(output));
        } finally {
            Files.delete(output);
        }
    }
}
