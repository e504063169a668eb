package org.mobilenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.layers.Layers;

/// Which package may use which; `docs/architecture.md` says what each is for.
class LayersTest {
    @Test
    void importsRunOneWay() throws IOException {
        var layers = new Layers("""
                tensor:
                text:
                parallel:
                arch: tensor
                cost: arch tensor
                image: tensor
                model: arch image tensor text
                data: image tensor text
                kernel: arch tensor
                infer: arch image kernel model parallel tensor
                search: arch cost image infer model tensor
                train: arch data image infer kernel model parallel tensor text
                compress.distill: arch data image infer model tensor text train
                compress.prune: arch cost image model tensor train
                compress.quantize: arch data image infer model tensor train
                """);

        assertThat(layers.contradictions(Path.of("target/classes"))).isEmpty();
    }
}
