package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that figures were measured on, without anything that identifies an individual machine.
record TestMachine(String processor, int cores, String system, String jvm) {
    private static final String MODEL = "model name";

    static TestMachine ours() throws IOException {
        return new TestMachine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static String processorName() throws IOException {
        var file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return "unknown processor";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    @Override
    public String toString() {
        return processor + ", " + cores + (cores == 1 ? " core, " : " cores, ") + system + "; " + jvm;
    }
}
