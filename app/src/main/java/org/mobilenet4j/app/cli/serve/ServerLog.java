package org.mobilenet4j.app.cli.serve;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.mobilenet4j.app.cli.text.PlainText;

/// The server's log on standard error: requests as one line of JSON each, all else as time, level and
/// text.
final class ServerLog extends Formatter {
    private static final String ACCESS = "org.mobilenet4j.server.access";

    /// Held here, as the JDK forgets loggers, and their levels, that nobody holds.
    private static final Logger WEB = Logger.getLogger("io.helidon");

    private static final Logger REQUESTS = Logger.getLogger(ACCESS);

    private ServerLog() {}

    /// Sets the process's log up.
    ///
    /// @param isQuiet whether requests are left out
    static void to(boolean isQuiet) {
        LogManager.getLogManager().reset();
        var console = new ConsoleHandler();
        console.setFormatter(new ServerLog());
        Logger.getLogger("").addHandler(console);
        WEB.setLevel(Level.SEVERE);
        REQUESTS.setLevel(isQuiet ? Level.OFF : Level.INFO);
    }

    @Override
    public String format(LogRecord logged) {
        var thrown = logged.getThrown();
        var text = logged.getLoggerName() != null && logged.getLoggerName().equals(ACCESS)
                ? "{\"time\":\"" + logged.getInstant() + "\","
                        + logged.getMessage().substring(1)
                : logged.getInstant() + " " + logged.getLevel() + " " + PlainText.of(formatMessage(logged));
        var trace = new StringBuilder();
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            trace.append("\n  ").append(PlainText.of("" + cause));
            for (var frame : cause.getStackTrace()) {
                trace.append("\n    at ").append(frame);
            }
        }
        return text + trace + "\n";
    }
}
