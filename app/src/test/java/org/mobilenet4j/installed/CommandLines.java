package org.mobilenet4j.installed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Runs command lines one after the other in this process, whose modules are as closed as those of the launcher: no
/// test is patched into them. Prints each command's exit code and, if it did not print what it should, what it did.
final class CommandLines {
    private CommandLines() {}

    /// @param arguments a file with a command a line, arguments separated by tabs
    static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        var run = Class.forName("org.mobilenet4j.app.cli.Main")
                .getDeclaredMethod("run", String[].class, PrintWriter.class, PrintWriter.class);
        run.setAccessible(true);
        for (var line : Files.readAllLines(Path.of(arguments[0]))) {
            IO.println(line.replace('\t', ' ') + ": " + outcome(run, line.split("\t")));
        }
    }

    private static String outcome(Method run, String[] command)
            throws IllegalAccessException, InvocationTargetException {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = run.invoke(null, command, new PrintWriter(out), new PrintWriter(err));
        boolean isJson = Arrays.asList(command).contains("json");
        if (out.toString().isBlank() || (isJson && !isDocument(out.toString()))) {
            return exit + ", " + (out + " " + err).strip().replaceAll("\\s+", " ");
        }
        return exit.toString();
    }

    private static boolean isDocument(String text) {
        try {
            return !JsonMapper.shared().readTree(text).isEmpty();
        } catch (JacksonException e) {
            return false;
        }
    }
}
