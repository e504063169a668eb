package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.layers.Layers;

/// Which package of this module may use which; what it may use of the library is what that exports.
class LayersTest {
    @Test
    void importsRunOneWay() throws IOException {
        var layers = new Layers("""
                formats.hdf5:
                formats: formats.hdf5
                """);

        assertThat(layers.contradictions(Path.of("target/classes"))).isEmpty();
    }
}
