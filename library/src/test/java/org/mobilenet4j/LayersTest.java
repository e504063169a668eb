package org.mobilenet4j;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Which way imports run; `docs/architecture.md` draws the same.
class LayersTest {
    @Test
    void importsRunOneWay() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mobilenet4j");

        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("tensor")
                .definedBy("org.mobilenet4j.tensor")
                .layer("arch")
                .definedBy("org.mobilenet4j.arch..")
                .layer("cost")
                .definedBy("org.mobilenet4j.cost")
                .layer("image")
                .definedBy("org.mobilenet4j.image")
                .layer("data")
                .definedBy("org.mobilenet4j.data..")
                .layer("model")
                .definedBy("org.mobilenet4j.model..")
                .layer("text")
                .definedBy("org.mobilenet4j.text")
                .layer("error")
                .definedBy("org.mobilenet4j.error")
                .layer("kernel")
                .definedBy("org.mobilenet4j.kernel..")
                .layer("infer")
                .definedBy("org.mobilenet4j.infer..")
                .layer("parallel")
                .definedBy("org.mobilenet4j.parallel")
                .layer("train")
                .definedBy("org.mobilenet4j.train..")
                .layer("compress")
                .definedBy("org.mobilenet4j.compress..")
                .layer("search")
                .definedBy("org.mobilenet4j.search")
                .whereLayer("tensor")
                .mayOnlyAccessLayers("error")
                .whereLayer("arch")
                .mayOnlyAccessLayers("tensor", "error")
                .whereLayer("cost")
                .mayOnlyAccessLayers("arch", "tensor", "error")
                .whereLayer("image")
                .mayOnlyAccessLayers("tensor", "error")
                .whereLayer("data")
                .mayOnlyAccessLayers("arch", "image", "tensor", "text", "error")
                .whereLayer("model")
                .mayOnlyAccessLayers("arch", "tensor", "image", "text", "error")
                .whereLayer("kernel")
                .mayOnlyAccessLayers("arch", "tensor")
                .whereLayer("infer")
                .mayOnlyAccessLayers("arch", "tensor", "image", "model", "kernel", "parallel", "error")
                .whereLayer("parallel")
                .mayNotAccessAnyLayer()
                .whereLayer("error")
                .mayOnlyAccessLayers("text")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("train")
                .mayOnlyAccessLayers(
                        "arch", "tensor", "image", "model", "kernel", "parallel", "data", "infer", "text", "error")
                .whereLayer("compress")
                .mayOnlyAccessLayers(
                        "arch", "tensor", "cost", "image", "model", "data", "infer", "text", "train", "error")
                .whereLayer("search")
                .mayOnlyAccessLayers("arch", "tensor", "cost", "image", "model", "infer", "error")
                .withOptionalLayers(true)
                .check(classes);
    }

    /// Providers know the contracts, contracts know no provider, and only the choice among them knows both.
    @Test
    void kernelsStandBehindOneDoor() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mobilenet4j");

        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("layout")
                .definedBy("org.mobilenet4j.kernel.layout")
                .layer("contracts")
                .definedBy("org.mobilenet4j.kernel")
                .layer("plain")
                .definedBy("org.mobilenet4j.kernel.plain")
                .layer("quantized")
                .definedBy("org.mobilenet4j.kernel.quantized")
                .layer("scalar")
                .definedBy("org.mobilenet4j.kernel.scalar")
                .layer("vector")
                .definedBy("org.mobilenet4j.kernel.vector")
                .layer("variant")
                .definedBy("org.mobilenet4j.kernel.variant")
                .layer("users")
                .definedBy("org.mobilenet4j.infer..", "org.mobilenet4j.train..")
                .whereLayer("layout")
                .mayNotAccessAnyLayer()
                .whereLayer("contracts")
                .mayOnlyAccessLayers("layout")
                .whereLayer("plain")
                .mayOnlyAccessLayers("contracts", "layout")
                .whereLayer("quantized")
                .mayOnlyAccessLayers("contracts", "layout")
                .whereLayer("scalar")
                .mayOnlyAccessLayers("contracts", "layout")
                .whereLayer("vector")
                .mayOnlyAccessLayers("contracts", "layout")
                .whereLayer("variant")
                .mayOnlyAccessLayers("contracts", "layout", "scalar", "vector")
                .whereLayer("users")
                .mayOnlyAccessLayers("contracts", "layout", "plain", "quantized", "variant")
                .check(classes);
    }
}
