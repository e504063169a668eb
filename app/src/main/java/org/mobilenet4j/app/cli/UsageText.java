package org.mobilenet4j.app.cli;

import java.util.Collection;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.text.NearestName;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, as one line that says where the command is explained, and which command or option
/// a mistyped one most likely stands for.
final class UsageText {
    private UsageText() {}

    static String of(ParameterException problem) {
        var text = problem instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : FailureText.line(problem);
        return text + (text.endsWith("?") ? " See " : "; see ")
                + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    private static String unmatched(UnmatchedArgumentException problem) {
        var command = problem.getCommandLine().getCommandSpec();
        var word = problem.getUnmatched().getFirst();
        if (problem.isUnknownOption()) {
            return unknown("option", word.split("=", 2)[0], command.optionsMap().keySet());
        }
        return command.parent() == null
                ? unknown("command", word, command.subcommands().keySet())
                : command.name() + " does not take '" + word + "'";
    }

    private static String unknown(String noun, String word, Collection<String> known) {
        return "there is no " + noun + " " + word + NearestName.hint(word, known);
    }
}
