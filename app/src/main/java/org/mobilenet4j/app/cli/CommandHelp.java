package org.mobilenet4j.app.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.Terminal;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The help text of a command, as wide as the terminal: its options by group, its notes and examples wrapped. An
/// example
/// that is too long goes on after a backslash, so that it can be copied.
final class CommandHelp extends Help {
    private static final int WIDTH = 80;

    /// Longer lines are hard to read.
    private static final int WIDEST = 140;

    private static final String COMMAND = "  mobilenet ";
    private static final int COMMAND_INDENT = 6;
    private static final Pattern COLUMN = Pattern.compile("\\s*\\S.*?\\s{2,}(?=\\S)");
    /// What stays on one line.
    private static final Pattern OPTION_AND_VALUE = Pattern.compile("(--\\S+) (?=[^-])");

    private static final String OWN = "Options";
    private static final String GENERAL = "General options";

    private final int width;

    private CommandHelp(CommandSpec command, int width) {
        super(command, defaultColorScheme(Terminal.OUT.hasColors() ? Ansi.ON : Ansi.OFF));
        this.width = width;
    }

    static CommandHelp of(CommandSpec command) {
        int width = Math.min(WIDEST, Terminal.columns(WIDTH));
        command.usageMessage().width(width).parameterListHeading("%n").commandListHeading("%nCommands:%n");
        return new CommandHelp(command, width);
    }

    /// The parameters, the options that must be given, and that there are others.
    @Override
    public String synopsis(int headingLength) {
        var command = commandSpec();
        var parts = new ArrayList<String>();
        parts.add(command.qualifiedName());
        if (command.parent() == null) {
            parts.add("COMMAND");
        }
        command.positionalParameters()
                .forEach(parameter ->
                        parts.add(parameter.arity().min() == 0 ? "[" + label(parameter) + "]" : label(parameter)));
        command.options().stream()
                .filter(ArgSpec::required)
                .forEach(option -> parts.add(option.longestName() + " " + label(option)));
        parts.add("[OPTIONS]");
        return LongText.wrapped("Usage: ", String.join(" ", parts), headingLength + 2, width, "")
                .substring("Usage: ".length());
    }

    private static String label(ArgSpec argument) {
        return argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
    }

    @Override
    public String parameterList() {
        var layout = layout();
        layout.addAllPositionalParameters(commandSpec().positionalParameters(), parameterLabelRenderer());
        return layout.toString();
    }

    @Override
    public String optionList() {
        var text = new StringBuilder();
        groups().forEach((heading, options) -> {
            var layout = layout();
            layout.addAllOptions(options, parameterLabelRenderer());
            text.append(String.format("%n%s:%n", heading)).append(layout);
        });
        return text.toString();
    }

    /// All with the same columns.
    private Layout layout() {
        var layout = createDefaultLayout(commandSpec().options(), commandSpec().positionalParameters(), colorScheme());
        layout.textTable().indentWrappedLines = 0;
        return layout;
    }

    private SequencedMap<String, List<OptionSpec>> groups() {
        var groups = new LinkedHashMap<String, List<OptionSpec>>();
        var general = new ArrayList<OptionSpec>();
        for (var option : commandSpec().options()) {
            if (option.hidden()) {
                continue;
            }
            var heading = heading(option);
            if (heading.equals(GENERAL)) {
                general.add(option);
            } else {
                groups.computeIfAbsent(heading, _ -> new ArrayList<>()).add(option);
            }
        }
        var own = groups.remove(OWN);
        if (own != null) {
            groups.putFirst(OWN, own);
        }
        groups.putLast(groups.isEmpty() ? OWN : GENERAL, general);
        return groups;
    }

    private String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return GENERAL;
        }
        var owner = field.getDeclaringClass();
        var group = owner.getAnnotation(OptionGroup.class);
        if (group != null) {
            return group.value();
        }
        return owner.equals(commandSpec().userObject().getClass()) && owner != Main.class ? OWN : GENERAL;
    }

    @Override
    public String footerHeading(Object... values) {
        return wrapped(commandSpec().usageMessage().footerHeading().formatted().split("\\R", -1))
                        .stripTrailing()
                + System.lineSeparator();
    }

    @Override
    public String footer(Object... values) {
        return wrapped(commandSpec().usageMessage().footer());
    }

    private String wrapped(String... lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(wrapped(String.format(Locale.ROOT, line)));
        }
        return text.toString();
    }

    /// A line in two columns goes on in the second.
    private String wrapped(String line) {
        if (line.length() <= width) {
            return line + "\n";
        }
        if (line.startsWith(COMMAND)) {
            var words =
                    OPTION_AND_VALUE.matcher(line.substring(COMMAND.length())).replaceAll("$1\u00a0");
            return LongText.wrapped(COMMAND, words, COMMAND_INDENT, width, " \\")
                    .replace('\u00a0', ' ');
        }
        var column = COLUMN.matcher(line);
        int start = column.lookingAt() && column.end() < width / 2
                ? column.end()
                : line.length() - line.stripLeading().length();
        return LongText.wrapped(line.substring(0, start), line.substring(start), start, width, "");
    }

    /// `--model MODEL`, as the examples have it.
    @Override
    public IParamLabelRenderer parameterLabelRenderer() {
        return new IParamLabelRenderer() {
            @Override
            public Ansi.Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
                return colorScheme()
                        .text(argument.arity().max() == 0 ? "" : (argument.isOption() ? " " : "") + label(argument));
            }

            @Override
            public String separator() {
                return " ";
            }
        };
    }
}
