package org.mobilenet4j.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet completion`: what a shell needs to complete commands and options.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Print what makes a shell complete commands, options and their values.",
            "It is for the mobilenet on the path; in bash also for ./mobilenet."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet completion bash > ~/.local/share/bash-completion/completions/mobilenet",
            "  mobilenet completion zsh > ~/.mobilenet-completion     and source it in ~/.zshrc",
            "  mobilenet completion fish > ~/.config/fish/completions/mobilenet.fish",
            "  source <(mobilenet completion bash)                    in this shell only"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private String shell = "";

    @Override
    public Integer call() {
        var all = Main.all();
        var script = switch (shell) {
            case "bash", "zsh" -> withFiles(AutoComplete.bash("mobilenet", withValues(all)));
            case "fish" -> FishCompletion.of(all.getCommandSpec());
            default ->
                throw new ParameterException(spec.commandLine(), "the shells are bash, zsh and fish, not " + shell);
        };
        spec.commandLine().getOut().print(script);
        return 0;
    }

    /// With files where a parameter is a network or a model's file; picocli's script offers one or the other.
    private static String withFiles(String script) {
        var networks = "  local NETWORK_pos_param_args=";
        return script.replace(networks, "  type compopt &>/dev/null && compopt -o default\n" + networks);
    }

    /// With the words that options and parameters take.
    private static CommandLine withValues(CommandLine all) {
        for (var command : all.getSubcommands().values()) {
            var options = command.getCommandSpec();
            for (var option : List.copyOf(options.options())) {
                var words = FishCompletion.words(option);
                if (!words.isEmpty()) {
                    options.remove(option);
                    options.addOption(
                            option.toBuilder().completionCandidates(words).build());
                }
            }
            for (var parameter : List.copyOf(options.positionalParameters())) {
                var words = FishCompletion.words(parameter);
                if (!words.isEmpty()) {
                    options.remove(parameter);
                    options.addPositional(
                            parameter.toBuilder().completionCandidates(words).build());
                }
            }
        }
        return all;
    }
}
