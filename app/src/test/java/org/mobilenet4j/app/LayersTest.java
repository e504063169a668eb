package org.mobilenet4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.layers.Layers;

/// Which package of this module may use which: nothing knows the command line. What it may use of the other modules is
/// what these export.
class LayersTest {
    @Test
    void importsRunOneWay() throws IOException {
        var layers = new Layers("""
                app.output:
                app.pull: app.output
                app.experiment: app.output
                app: app.experiment app.output app.pull
                """);

        assertThat(layers.contradictions(Path.of("target/classes"))).isEmpty();
    }
}
