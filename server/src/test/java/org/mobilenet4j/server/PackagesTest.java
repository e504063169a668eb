package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.packages.PackageTable;

/// Which package of this module may use which; what it may use of the other modules is what these
/// export.
class PackagesTest {
    @Test
    void importsRunOneWay() throws IOException {
        var packages = new PackageTable("""
                server.batch:
                server.metrics:
                server.settings:
                server.model: server.batch
                server.http: server.batch server.metrics server.model server.settings
                server.api: server.batch server.http server.metrics server.model
                server.cost: server.http
                server.page: server.http
                server.teach: server.http server.model
                server.openapi: server.http
                server.protocol: server.batch server.http server.model server.settings
                server.protocol.v2: server.http server.model server.protocol
                server.protocol.torchserve: server.http server.model server.protocol
                server.protocol.tfserving: server.http server.model server.protocol
                server.protocol.sagemaker: server.http server.model server.protocol server.protocol.tfserving
                server: server.api server.batch server.cost server.http server.metrics server.model server.openapi server.page server.protocol.sagemaker server.protocol.tfserving server.protocol.torchserve server.protocol.v2 server.settings server.teach
                """);

        assertThat(packages.contradictions(Path.of("target/classes"))).isEmpty();
    }
}
