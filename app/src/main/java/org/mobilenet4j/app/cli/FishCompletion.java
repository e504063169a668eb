package org.mobilenet4j.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Completions for fish, a line for each command and option.
final class FishCompletion {
    /// Such as `none|light|inception`.
    private static final Pattern WORDS = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

    private FishCompletion() {}

    static String of(CommandSpec main) {
        var text = new StringBuilder("# Completions of mobilenet for fish, written by mobilenet completion fish.\n");
        main.subcommands()
                .forEach((name, command) -> text.append("complete -c mobilenet -n __fish_use_subcommand -f -a ")
                        .append(quoted(name))
                        .append(" -d ")
                        .append(quoted(
                                first(command.getCommandSpec().usageMessage().description())))
                        .append('\n'));
        main.options().forEach(option -> add(text, "__fish_use_subcommand", option));
        main.subcommands().forEach((name, command) -> {
            var where = "'__fish_seen_subcommand_from " + name + "'";
            command.getCommandSpec().positionalParameters().forEach(parameter -> add(text, where, parameter));
            command.getCommandSpec().options().forEach(option -> add(text, where, option));
        });
        return text.toString();
    }

    /// The words that an argument takes, which its label lists, as in `text|json`, or a class of its own; none if it
    /// takes something else.
    static List<String> words(ArgSpec argument) {
        if (WORDS.matcher(argument.paramLabel()).matches()) {
            return List.of(argument.paramLabel().split("\\|"));
        }
        var words = new ArrayList<String>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(words::add);
        }
        return words;
    }

    /// Beside files, where a parameter may be one.
    private static void add(StringBuilder text, String where, PositionalParamSpec parameter) {
        var words = words(parameter);
        if (!words.isEmpty()) {
            text.append("complete -c mobilenet -n ")
                    .append(where)
                    .append(parameter.paramLabel().equals("NETWORK") ? " -a " : " -f -a ")
                    .append(quoted(String.join(" ", words)))
                    .append('\n');
        }
    }

    private static void add(StringBuilder text, String where, OptionSpec option) {
        if (option.hidden()) {
            return;
        }
        text.append("complete -c mobilenet -n ").append(where);
        for (var name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        var words = words(option);
        if (!words.isEmpty()) {
            text.append(" -x -a ").append(quoted(String.join(" ", words)));
        } else if (option.arity().max() > 0) {
            text.append(" -r");
        }
        text.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }

    /// The first sentence, without what follows in parentheses or after a colon.
    private static String first(String[] description) {
        var text =
                description.length == 0 ? "" : description[0].replace("%n", " ").replace("%%", "%");
        return text.replaceFirst("( \\(|: |\\. |; ).*", "").replaceFirst("\\.$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
