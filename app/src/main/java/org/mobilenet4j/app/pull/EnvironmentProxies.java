package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// The JVM's own proxies (`-Dhttps.proxyHost` and such) or, if it has none, those of the usual environment variables:
/// `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, a list of hosts and domains.
final class EnvironmentProxies extends ProxySelector {
    private static final int HTTP_PORT = 80;

    private final ProxySelector own;
    private final Function<String, @Nullable String> environment;

    EnvironmentProxies(ProxySelector own, Function<String, @Nullable String> environment) {
        this.own = own;
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI address) {
        var selected = own.select(address);
        if (selected.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
            return selected;
        }
        var proxy =
                named(address.getScheme().toLowerCase(Locale.ROOT) + "_proxy").or(() -> named("all_proxy"));
        return List.of(proxy.isEmpty() || isExempt(address.getHost()) ? Proxy.NO_PROXY : proxy(proxy.orElseThrow()));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException problem) {
        own.connectFailed(address, proxy, problem);
    }

    private static Proxy proxy(String text) {
        var uri = address(text);
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
    }

    private static URI address(String text) {
        try {
            var uri = new URI(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Reported below.
        }
        throw new BadValueException(text + ": not the address of an HTTP proxy; it should be like http://host:3128");
    }

    private boolean isExempt(String host) {
        if (host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        var exempt = named("no_proxy").orElse("").split(",", -1);
        return Arrays.stream(exempt).anyMatch(entry -> covers(entry.strip(), host));
    }

    /// Whether `entry` is the host, a domain of it, or all.
    private static boolean covers(String entry, String host) {
        if (entry.equals("*")) {
            return true;
        }
        var domain =
                entry.replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", "").toLowerCase(Locale.ROOT);
        var wanted = host.toLowerCase(Locale.ROOT);
        return !domain.isEmpty() && (wanted.equals(domain) || wanted.endsWith("." + domain));
    }

    /// In lower case, else in upper case.
    private Optional<String> named(String variable) {
        return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
                .map(environment)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .map(String::strip);
    }
}
