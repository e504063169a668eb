package org.mobilenet4j.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Nothing knows the command line, not even the packages below it, which nothing else knows; `LayersTest` says the same
/// of the library's packages among themselves.
class AppIsLastTest {
    @Test
    void nothingKnowsTheApp() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mobilenet4j");

        noClasses()
                .that()
                .resideOutsideOfPackage("org.mobilenet4j.app")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mobilenet4j.app")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mobilenet4j.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mobilenet4j.app..")
                .check(classes);
    }
}
