package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `benchmarks/peers report`: measures all rows or some, and tabulates what stands in the folder.
@Command(
        name = "report",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures a series of settings, one after the other, and writes each row's peers-ROW.json and"
                + " .txt, and peers.md with the ratios of all rows that have been measured.")
final class Report implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rows",
            paramLabel = "ROW",
            split = ",",
            description = "Only these rows, or none to tabulate again (default: all but those of training).")
    private @Nullable List<String> names;

    @Option(
            names = "--models",
            paramLabel = "FOLDER",
            description = "Where TF-Slim's mobilenet_v1_*_quant.tflite are (default: none; their rows are left out).")
    private @Nullable Path models;

    @Option(names = "--rounds", paramLabel = "N", description = "Number of rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where results are and are written (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("docs", "results");

    Report() {}

    @Override
    public Integer call() throws IOException {
        for (var row : rows()) {
            System.err.println("== " + row.name());
            var contest = row.contest(models == null ? Path.of("") : models);
            var result = new ContestResult(contest.setting().toString(), rounds, contest.measure(rounds));
            result.write(row.json(folder));
            System.err.println(result.text());
            tabulate();
        }
        spec.commandLine().getOut().print(tabulate());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    /// The rows to measure.
    private List<ReportRow> rows() {
        var chosen = new ArrayList<ReportRow>();
        if (names == null) {
            ReportRow.all().stream()
                    .filter(row -> row.setting().task() != Task.TRAINING)
                    .forEach(chosen::add);
        } else if (!names.equals(List.of("none"))) {
            names.forEach(name -> chosen.add(row(name)));
        }
        for (var row : List.copyOf(chosen)) {
            var file = row.file();
            if (file == null || (models != null && Files.exists(models.resolve(file)))) {
                continue;
            }
            if (names != null) {
                throw usage(row.name() + " needs " + file + "; give its folder by --models");
            }
            System.err.println(row.name() + ": left out, as --models does not give the folder of " + file);
            chosen.remove(row);
        }
        return chosen;
    }

    private ReportRow row(String name) {
        return ReportRow.all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> usage("there is no row " + name + ", only "
                        + ReportRow.all().stream().map(ReportRow::name).collect(Collectors.joining(", "))));
    }

    /// Writes and returns the tables of all rows whose files are there.
    private String tabulate() throws IOException {
        var text =
                "# Peers over ours\n\nWritten by `benchmarks/peers report`; over 1 is ahead of the peer. Each row is a"
                        + " run of its own, whose file `peers-ROW.txt` says where and which versions.\n\n"
                        + new ReportTable("Median of a run", "ms", PeerResult::medianMillis).of(results(_ -> true))
                        + "\n"
                        + new ReportTable("First output of a process", "ms", PeerResult::coldMillis)
                                .of(results(_ -> true))
                        + "\n"
                        + new ReportTable(
                                        "Second run of a process over the median of a warm one",
                                        "times",
                                        result -> result.secondMillis() / result.medianMillis())
                                .of(results(ReportRow::startsAsItRuns))
                        + "\n"
                        + new ReportTable("Peak memory", "MiB", PeerResult::peakRssMiB).of(results(_ -> true));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("peers.md"), text);
        return text;
    }

    /// Those of an earlier version, which did not time second runs, count as not measured.
    private List<ReportTable.Row> results(Predicate<ReportRow> isWanted) throws IOException {
        var measured = new ArrayList<ReportTable.Row>();
        for (var row : ReportRow.all()) {
            if (isWanted.test(row) && Files.exists(row.json(folder))) {
                var engines = PeerResult.read(Files.readString(row.json(folder)));
                if (engines.getFirst().secondMillis() > 0) {
                    measured.add(new ReportTable.Row(row.name(), engines));
                }
            }
        }
        return measured;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
