package org.mobilenet4j.server.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;

/// Where a server listens, and to whom.
///
/// @param host the address that it listens at; only this machine's own by default
/// @param port the port, or 0 for any that is free
/// @param token what clients must send; empty if anybody may call
/// @param tls how connections are encrypted; empty if they are not
/// @param limits on what clients may ask
public record ServerSettings(String host, int port, Optional<String> token, Optional<PemFiles> tls, Limits limits) {
    /// Port 8080 of this machine alone.
    public static final ServerSettings DEFAULT =
            new ServerSettings("127.0.0.1", 8080, Optional.empty(), Optional.empty(), Limits.DEFAULT);

    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw new BadValueException("a port lies between 0 and 65535, not " + port);
        }
    }

    /// A key and the certificates for it.
    ///
    /// @param certificates a chain of X.509 certificates in PEM, the server's own first
    /// @param key PKCS#8 in PEM, not encrypted
    public record PemFiles(Path certificates, Path key) {}

    /// At another address.
    public ServerSettings withHost(String newHost) {
        return new ServerSettings(newHost, port, token, tls, limits);
    }

    /// At another port; 0 for any that is free.
    public ServerSettings withPort(int newPort) {
        return new ServerSettings(host, newPort, token, tls, limits);
    }

    /// For those alone who know `secret`.
    public ServerSettings withToken(String secret) {
        return new ServerSettings(host, port, Optional.of(secret), tls, limits);
    }

    /// Over encrypted connections.
    public ServerSettings withTls(PemFiles files) {
        return new ServerSettings(host, port, token, Optional.of(files), limits);
    }

    /// With other limits.
    public ServerSettings withLimits(Limits newLimits) {
        return new ServerSettings(host, port, token, tls, newLimits);
    }
}
