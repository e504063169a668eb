/// Networks as a service: HTTP APIs and a page in the browser.
module org.mobilenet4j.server {
    requires transitive org.mobilenet4j; // what is served are its models
    requires io.helidon.common; // builders of the web server's parts
    requires io.helidon.common.context; // what belongs to one request
    requires io.helidon.common.pki; // keys and certificates in PEM files
    requires io.helidon.common.configurable; // names those files
    requires io.helidon.common.parameters; // of paths
    requires io.helidon.common.tls; // encrypted connections
    requires io.helidon.common.uri; // queries
    requires io.helidon.http; // names of headers and statuses
    requires io.helidon.webserver; // HTTP on virtual threads
    requires micrometer.core; // counters and timers
    requires micrometer.registry.prometheus; // and their text for Prometheus
    requires org.apache.commons.fileupload2.core; // several photos in one body
    requires org.mobilenet4j.defaultmodel; // what is served when nothing else is
    requires org.mobilenet4j.formats; // models in every format
    requires tools.jackson.core; // requests, token by token
    requires tools.jackson.databind; // answers in JSON
    requires static org.jspecify; // annotations for the compiler alone

    exports org.mobilenet4j.server;
    exports org.mobilenet4j.server.settings;

    // Jackson reads the components of records.
    opens org.mobilenet4j.server.api to
            tools.jackson.databind;
    opens org.mobilenet4j.server.http to
            tools.jackson.databind;
}
