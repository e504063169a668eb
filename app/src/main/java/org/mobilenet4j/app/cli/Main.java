package org.mobilenet4j.app.cli;

import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.mobilenet4j.app.cli.text.Encoding;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Stopping;
import org.mobilenet4j.app.cli.text.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `mobilenet`. Exit codes: 0 success, 1 bad input, 2 bad command line.
@Command(
        name = "mobilenet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "MobileNet v1 in pure Java: classify photos, and train, shrink and convert networks that do.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet classify examples/orange.png",
            "  mobilenet pull mobilenet_v1_0.25_128",
            "  mobilenet classify --model mobilenet_v1_0.25_128 photo.jpg",
            "  mobilenet inspect mobilenet_v1_0.25_128",
            "  mobilenet convert mobilenet_v1_0.25_128 mobilenet.onnx",
            "  mobilenet train my-photos --out my.safetensors --init default",
            "  mobilenet evaluate --model my.safetensors my-photos",
            "  mobilenet quantize my.safetensors --out my.tflite --data my-photos",
            "  mobilenet cost mobilenet-v1 --alpha 0.5 --resolution 160",
            "  mobilenet benchmark mobilenet-v1:0.25:128 --profile",
            "",
            "mobilenet COMMAND --help explains a command. The exit status is 0 after success, 1 if the input was bad, and"
                    + " 2 if the command line was. NO_COLOR=1 turns colors off."
        })
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "On failure, print the Java stack trace.")
    private boolean stacktrace;

    private Main() {}

    public static void main(String[] args) {
        Prewarm.begin(args);
        var err = StandardError.descriptor();
        var errors = new PrintWriter(new FileOutputStream(err), true, Encoding.of("stderr"));
        var output = new StandardOutput();
        var out = new PrintWriter(output, true, Encoding.of("stdout"));
        System.exit(Stopping.watch(errors, () -> run(args, out, errors, output::isLeft)));
    }

    /// Runs one command line and returns its exit code. Writes only to `out`, `err` and the files named in
    /// `given`.
    static int run(String[] given, PrintWriter out, PrintWriter err) {
        return run(given, out, err, () -> false);
    }

    /// @param isLeft whether nobody reads `out` any more
    private static int run(String[] given, PrintWriter out, PrintWriter err, BooleanSupplier isLeft) {
        var args = withHelpAsOption(given);
        var main = new Main();
        var commandLine = new CommandLine(main);
        Subcommands.add(commandLine, args);
        commandLine.setOut(out).setErr(err).setHelpFactory((command, _) -> CommandHelp.of(command));
        commandLine.setParameterExceptionHandler((problem, arguments) -> {
            main.report(problem, UsageText.of(problem), err);
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((problem, command, arguments) -> {
            main.report(problem, FailureText.of(problem), err);
            return CommandLine.ExitCode.SOFTWARE;
        });
        int exit = main.execute(commandLine, args, err);
        if (out.checkError() && !isLeft.getAsBoolean()) {
            err.println("mobilenet: standard output cannot be written; check the disk, or where it is piped to");
            exit = exit == 0 ? CommandLine.ExitCode.SOFTWARE : exit;
        }
        err.flush();
        return exit;
    }

    /// `help` and `help COMMAND` as people type them, as `--help` and `COMMAND --help`.
    private static String[] withHelpAsOption(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        if (args.length == 1) {
            return new String[] {"--help"};
        }
        for (var command : Subcommands.ALL) {
            if (command.name().equals(args[1])) {
                return new String[] {args[1], "--help"};
            }
        }
        return new String[] {args[1]}; // which there is not
    }

    /// The whole command line, with all commands.
    static CommandLine all() {
        var all = new CommandLine(new Main());
        Subcommands.add(all, new String[] {"--help"});
        return all;
    }

    private int execute(CommandLine commandLine, String[] args, PrintWriter err) {
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError | StackOverflowError | InternalError problem) {
            report(problem, FailureText.of(problem), err);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Guide.TEXT);
        return 0;
    }

    private void report(Throwable problem, String line, PrintWriter err) {
        err.println(Terminal.ERR.colored(Terminal.Color.RED, "mobilenet:") + " " + PlainText.of(line));
        if (stacktrace) {
            problem.printStackTrace(err);
        }
    }
}
