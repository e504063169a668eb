package org.mobilenet4j.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One command line run in this process: its exit code and what it wrote.
public record Run(int exit, String out, String err) {
    public static Run of(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(
                Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new),
                new PrintWriter(out),
                new PrintWriter(err));
        return new Run(exit, out.toString(), err.toString());
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    public List<String> errLines() {
        return err.lines().toList();
    }
}
