package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `benchmarks/serve-load`. Exit codes: 0 for success, 1 if a service failed or gave answers that it must
/// not give, 2 for an invalid command line.
@Command(
        name = "serve-load",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures ./mobilenet serve beside a service of Javalin and ONNX Runtime on the same photos: at"
                + " saturation, in turns, and at four times that load.")
final class ServeLoad implements Callable<Integer> {
    private static final String PATH = "/v1/classify";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "FILE", description = "A model file (default: the default network).")
    private @Nullable Path model;

    @Option(names = "--photos", paramLabel = "FOLDER", required = true, description = "Photos to send.")
    private Path photos = Path.of("");

    @Option(names = "--connections", paramLabel = "N", description = "At saturation (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each service (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "N", description = "A turn's length (default: ${DEFAULT-VALUE}).")
    private double seconds = 5;

    @Option(
            names = "--overload",
            paramLabel = "SECONDS",
            description = "How long four times the load lasts; 600 shows whether memory stays flat (default:"
                    + " ${DEFAULT-VALUE}).")
    private double overload = 10;

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Photos that may wait in the other service (default: ${DEFAULT-VALUE}, as in ours).")
    private int queue = 128;

    @Option(names = "--only-ours", description = "Leaves out the other service.")
    private boolean isAlone;

    private ServeLoad() {}

    public static void main(String[] args) {
        var commandLine = new CommandLine(new ServeLoad());
        commandLine.setExecutionExceptionHandler((problem, command, arguments) -> {
            commandLine.getErr().println("serve-load: " + problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(commandLine.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("mobilenet4j-serve-load");
        var sent = ServicePhotos.of(photos);
        var contestants = new ArrayList<Contestant>();
        try {
            for (var service : services(folder)) {
                var log = folder.resolve(service.name() + ".log");
                var builder = new ProcessBuilder(service.command());
                builder.environment().putAll(service.environment());
                contestants.add(
                        new Contestant(service.name(), ServiceProcess.start(service.name(), builder, log, PATH, sent)));
            }
            if (!isAlone) {
                checkAgreement(contestants, sent);
            }
            return measure(contestants);
        } finally {
            contestants.forEach(contestant -> contestant.process().close());
            deleteAll(folder);
        }
    }

    private List<Service> services(Path folder) throws IOException {
        var ours = Service.ours(model);
        return isAlone ? List.of(ours) : List.of(ours, Service.javalin(model, folder, queue));
    }

    /// Services that do the same work see the same in most photos; they scale them differently.
    private void checkAgreement(List<Contestant> contestants, List<byte[]> sent) throws IOException {
        int same = 0;
        for (var photo : sent) {
            var first = contestants.getFirst().best(photo);
            same += !first.isEmpty() && first.equals(contestants.getLast().best(photo)) ? 1 : 0;
        }
        spec.commandLine().getOut().printf("%d of %d photos are the same to both%n", same, sent.size());
        if (2 * same <= sent.size()) {
            throw new IOException("the services do not agree in what photos show");
        }
    }

    private int measure(List<Contestant> contestants) throws IOException {
        var out = spec.commandLine().getOut();
        for (var contestant : contestants) { // the JIT's turn
            contestant.process().load().saturate(connections, 2 * seconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                contestants.get((i + round) % contestants.size()).saturate(connections, seconds);
            }
        }
        out.print(LoadTable.saturation(contestants));
        out.flush();
        boolean isRight = true;
        for (var contestant : contestants) {
            double before = contestant.process().residentMiB();
            var rate = 4 * contestant.median(LoadResult::perSecond);
            var result = contestant.process().load().offer(2 * queue, overload, rate);
            isRight &= result.hasOnly(200, 429);
            out.print(LoadTable.overload(
                    contestant.name(),
                    rate,
                    result,
                    before,
                    contestant.process().residentMiB()));
            out.flush();
        }
        return isRight ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
