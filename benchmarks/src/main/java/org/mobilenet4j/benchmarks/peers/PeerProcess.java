package org.mobilenet4j.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An engine in a separate process, controlled line by line. It ends when this is closed, or when this process ends.
final class PeerProcess implements AutoCloseable {
    private static final int EXIT_SECONDS = 20;
    private static final String PEAK = "VmHWM:";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path log;

    private PeerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
    }

    /// Starts `command`, whose `main` calls [PeerServer#serve].
    ///
    /// @param environment variables in addition to those of this process
    /// @param log file for the process's standard error
    static PeerProcess start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new PeerProcess(name, builder.start(), log);
    }

    /// The first run.
    ///
    /// @throws IOException with the last line of the process's standard error if the process ends instead
    void first() throws IOException {
        ask("first");
    }

    /// One more run; returns its nanoseconds.
    long next() throws IOException {
        return Long.parseLong(ask("next"));
    }

    String version() throws IOException {
        return ask("version");
    }

    float[] output() throws IOException {
        var words = ask("output").split(" ", -1);
        var values = new float[words.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }

    void warm() throws IOException {
        ask("warm");
    }

    /// About a second of runs.
    RunTimes round() throws IOException {
        return RunTimes.of(Arrays.stream(ask("round").split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray());
    }

    /// The peak memory of the process, as reported by Linux.
    double peakRssMiB() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(PEAK)) {
                return Long.parseLong(
                                line.substring(PEAK.length()).replace("kB", "").strip())
                        / 1024.0;
            }
        }
        throw new IOException(name + ": Linux does not report the memory of its process");
    }

    /// Lets the process exit by itself.
    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException e) { // it has ended already
        }
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String ask(String question) throws IOException {
        try {
            questions.write(question + "\n");
            questions.flush();
        } catch (IOException e) { // answer() reports why the process is gone
        }
        return answer();
    }

    private String answer() throws IOException {
        for (String line; (line = answers.readLine()) != null; ) {
            if (line.startsWith(PeerServer.ANSWER)) {
                return line.substring(PeerServer.ANSWER.length());
            }
        }
        close();
        throw new IOException(name + ": its process ended with status " + process.exitValue() + ": " + lastWords());
    }

    /// The last line of standard error that is not a stack frame.
    private String lastWords() throws IOException {
        return Files.readAllLines(log).reversed().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                .findFirst()
                .orElse("it did not say why");
    }
}
