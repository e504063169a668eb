package org.mobilenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.packages.PackageTable;

/// Which package may use which; `docs/architecture.md` says what each is for.
class PackagesTest {
    @Test
    void importsRunOneWay() throws IOException {
        var packages = new PackageTable("""
                machine.a64.instruction:
                machine.code:
                machine.x64.instruction:
                parallel:
                text:
                error: text
                machine.a64: machine.a64.instruction machine.code
                machine.x64: machine.code machine.x64.instruction
                machine: error machine.a64 machine.a64.instruction machine.code machine.x64 machine.x64.instruction
                tensor: error
                arch: error tensor
                image: error tensor
                arch.zoo: arch error tensor text
                data: error image text
                data.augment: data error image tensor
                kernel.layout: arch tensor
                model: arch error image tensor
                arch.technique: arch arch.zoo error tensor
                cost: arch arch.zoo error tensor
                data.box: data error text
                data.batch: data data.augment error image tensor text
                data.shard: data error image text
                kernel.training: kernel.layout
                machine.recipe: arch kernel.layout machine machine.x64 machine.x64.instruction tensor
                machine.recipe.train: kernel.layout machine machine.x64 machine.x64.instruction
                model.file: arch arch.zoo error image model tensor
                train.optimize: arch error model tensor
                data.idx: data data.shard error image
                kernel: arch kernel.layout kernel.training tensor
                train.loss: train.optimize
                kernel.bfloat16: kernel kernel.layout kernel.training
                kernel.plain: arch kernel kernel.layout tensor
                kernel.scalar: arch kernel kernel.layout kernel.training tensor
                kernel.vector: arch kernel kernel.layout kernel.training tensor
                machine.recipe.a64: arch kernel kernel.layout machine machine.a64 machine.a64.instruction machine.recipe tensor
                machine.recipe.integer: arch kernel kernel.layout machine machine.recipe machine.x64 machine.x64.instruction tensor
                train.op: arch error kernel kernel.layout kernel.training model tensor train.optimize
                kernel.quantized: arch error kernel kernel.layout kernel.plain tensor
                machine.recipe.bytes: kernel kernel.layout machine machine.recipe machine.recipe.integer machine.x64 machine.x64.instruction tensor
                train.graph: arch error kernel kernel.layout kernel.training model parallel tensor train.loss train.op train.optimize
                kernel.machine: arch kernel kernel.bfloat16 kernel.layout kernel.plain kernel.quantized kernel.training machine machine.a64 machine.code machine.recipe machine.recipe.a64 machine.recipe.bytes machine.recipe.integer machine.recipe.train machine.x64 tensor
                train.measure: kernel kernel.layout kernel.training parallel train.graph
                kernel.variant: arch error kernel kernel.bfloat16 kernel.layout kernel.machine kernel.quantized kernel.scalar kernel.training kernel.vector machine tensor
                infer: arch error image kernel kernel.layout kernel.plain kernel.quantized kernel.variant machine model parallel tensor
                classify: arch error image infer model model.file tensor
                detect: arch data.box error image infer model model.file tensor
                detect.measure: data.box detect error text
                infer.measure: arch error infer kernel kernel.quantized kernel.variant model tensor
                search: arch arch.zoo cost error image infer infer.measure model tensor
                train: arch data data.augment data.batch error image infer infer.measure kernel kernel.training kernel.variant model model.file parallel tensor text train.graph train.loss train.measure train.optimize
                detect.train: arch arch.zoo data data.augment data.batch data.box detect detect.measure error image model tensor train train.loss train.optimize
                compress.distill: arch data data.augment data.batch error image infer model model.file tensor text train train.loss
                compress.prune: arch cost error model tensor train train.optimize
                compress.quantize: arch data data.augment data.batch error image infer model tensor train
                train.head: arch data data.augment data.batch error image infer model tensor train
                explain: arch classify error image infer model model.file tensor train train.loss
                fit: arch arch.zoo data data.augment data.batch data.box detect.train error image model model.file tensor train train.head train.loss
                """);

        assertThat(packages.contradictions(Path.of("target/classes"))).isEmpty();
    }

    /// The package `org.mobilenet4j` belongs to the module of the default network, and a package to one module only.
    @Test
    void theTopPackageIsLeftToTheDefaultNetwork() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("target/classes/org/mobilenet4j"), "*.class")) {
            assertThat(files).isEmpty();
        }
    }
}
