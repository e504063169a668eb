package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A service in a process of its own, which prints its address once it listens.
final class ServiceProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://([0-9.]+|localhost):([0-9]+)");
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 40;

    private final String name;
    private final Process process;
    private final Load load;
    private final double readyMillis;

    private ServiceProcess(String name, Process process, Load load, double readyMillis) {
        this.name = name;
        this.process = process;
        this.load = load;
        this.readyMillis = readyMillis;
    }

    /// Starts a command, and waits for its first answer of status 200.
    ///
    /// @param log file for all that it prints
    /// @param path where it takes photos
    /// @throws IOException when the process ends instead, or takes a minute
    static ServiceProcess start(String name, ProcessBuilder command, Path log, String path, List<byte[]> photos)
            throws IOException {
        long before = System.nanoTime();
        var process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        while (System.nanoTime() - before < START_SECONDS * 1_000_000_000L && process.isAlive()) {
            var address = ADDRESS.matcher(Files.readString(log));
            if (address.find()) {
                var load = new Load(address.group(1), Integer.parseInt(address.group(2)), path, photos);
                if (answers(load)) {
                    return new ServiceProcess(name, process, load, (System.nanoTime() - before) / 1e6);
                }
            }
            pause();
        }
        boolean isSlow = process.isAlive();
        process.destroyForcibly();
        throw new IOException(name + (isSlow ? " does not answer" : " ended with status " + process.exitValue())
                + "; it said: " + Files.readString(log).strip());
    }

    private static boolean answers(Load load) {
        try (var connection = new HttpConnection(load.host(), load.port())) {
            var photo = load.photos().getFirst();
            return connection
                            .send(HttpConnection.post(load.host(), load.port(), load.path(), photo))
                            .status()
                    == 200;
        } catch (IOException e) { // not yet
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    Load load() {
        return load;
    }

    /// From the start of the process to its first answer.
    double readyMillis() {
        return readyMillis;
    }

    /// The memory that the process has in use now.
    double residentMiB() throws IOException {
        return memory("VmRSS:");
    }

    /// The most that it ever had.
    double peakMiB() throws IOException {
        return memory("VmHWM:");
    }

    private double memory(String field) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                                line.substring(field.length()).replace("kB", "").strip())
                        / 1024.0;
            }
        }
        throw new IOException(name + ": Linux does not report the memory of its process");
    }

    /// Asks it to end, as an operator would, and waits.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
