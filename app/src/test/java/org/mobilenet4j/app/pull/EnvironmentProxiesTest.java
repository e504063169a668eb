package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
    private final Map<String, String> environment = new HashMap<>();
    private ProxySelector own = HttpClient.Builder.NO_PROXY;

    @Test
    void noneIsNamed() {
        assertThat(proxy("https://host.example.com/a")).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void oneForEachScheme() {
        environment.put("https_proxy", "http://secure.example.com:3128/");
        environment.put("HTTP_PROXY", "plain.example.com");

        assertThat(proxy("https://host.example.com/a")).isEqualTo(http("secure.example.com", 3128));
        assertThat(proxy("http://host.example.com/a")).isEqualTo(http("plain.example.com", 80));
    }

    @Test
    void oneForAll() {
        environment.put("all_proxy", "http://any.example.com:8080");
        environment.put("https_proxy", "");

        assertThat(proxy("https://host.example.com/a")).isEqualTo(http("any.example.com", 8080));
        assertThat(proxy("http://localhost:1234/a")).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy("http://127.0.0.1:1234/a")).isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "host.example.com", "example.com", ".example.com", "*.example.com", "a.b, EXAMPLE.com:443"})
    void exempt(String list) {
        environment.put("all_proxy", "http://any.example.com:8080");
        environment.put("no_proxy", list);

        assertThat(proxy("https://host.example.com/a")).isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "ample.com", "st.example.com", "host.example.com.org"})
    void notExempt(String list) {
        environment.put("all_proxy", "http://any.example.com:8080");
        environment.put("no_proxy", list);

        assertThat(proxy("https://host.example.com/a")).isEqualTo(http("any.example.com", 8080));
    }

    @Test
    void theJvmsOwnComeFirst() {
        environment.put("all_proxy", "http://any.example.com:8080");
        own = ProxySelector.of(InetSocketAddress.createUnresolved("own.example.com", 9));

        assertThat(proxy("https://host.example.com/a").address()).hasToString("own.example.com/<unresolved>:9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://host:1080", "http://", "a b"})
    void whatIsNoProxy(String text) {
        environment.put("all_proxy", text);

        assertThatThrownBy(() -> proxy("https://host.example.com/a")).isInstanceOf(IllegalArgumentException.class);
    }

    private Proxy proxy(String address) {
        return new EnvironmentProxies(own, environment::get)
                .select(URI.create(address))
                .getFirst();
    }

    private static Proxy http(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }
}
