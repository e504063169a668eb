package org.mobilenet4j.app.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;
import org.mobilenet4j.server.settings.ServerSettings.PemFiles;
import picocli.CommandLine.Option;

/// Where a server listens, and to whom.
@OptionGroup("Address")
final class ListenOptions {
    /// A file beyond this is no token.
    private static final int LONGEST_TOKEN = 4096;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at; 0.0.0.0 for any of this machine's (default: 127.0.0.1, which only"
                    + " this machine reaches).")
    private String host = ServerSettings.DEFAULT.host();

    @Option(names = "--port", paramLabel = "N", description = "The port; 0 for any that is free (default: 8080).")
    private int port = ServerSettings.DEFAULT.port();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with a secret that clients must send as Authorization: Bearer SECRET.")
    private @Nullable Path token;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "With --tls-key: a chain of certificates in PEM, to encrypt connections.")
    private @Nullable Path certificates;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of the certificate, PKCS#8 in PEM.")
    private @Nullable Path key;

    ServerSettings settings(Limits limits) throws IOException {
        var settings = ServerSettings.DEFAULT.withHost(host).withPort(port).withLimits(limits);
        if (token != null) {
            settings = settings.withToken(secret(token));
        }
        if ((certificates == null) != (key == null)) {
            throw new BadValueException("--tls-cert and --tls-key belong together; give both");
        }
        return certificates == null || key == null ? settings : settings.withTls(pem(certificates, key));
    }

    private static PemFiles pem(Path certificates, Path key) throws BadFileException {
        for (var file : new Path[] {certificates, key}) {
            if (!Files.isReadable(file)) {
                throw new BadFileException(file, "cannot be read; check the path and its permissions");
            }
        }
        return new PemFiles(certificates, key);
    }

    private static String secret(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.size(file) > LONGEST_TOKEN) {
            throw new BadFileException(file, "is no file with a token; write one line of at least 16 characters");
        }
        return Files.readString(file).strip();
    }
}
