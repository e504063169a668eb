package org.mobilenet4j.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Opens;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.packages.PackageTable;

/// Which package of this module may use which: nothing knows the command line. What it may use of the other modules is
/// what these export.
class PackagesTest {
    @Test
    void importsRunOneWay() throws IOException {
        var packages = new PackageTable("""
                app.cli.text:
                app.output:
                app.experiment.run: app.output
                app.pull: app.output
                app.cli.options: app.cli.text app.pull
                app.experiment.conclusion: app.experiment.run
                app.cli.classify: app.cli.options app.cli.text
                app.cli.compare: app.cli.options app.cli.text
                app.cli.cost: app.cli.options app.cli.text
                app.cli.detect: app.cli.options app.cli.text app.output
                app.cli.embed: app.cli.options app.cli.text app.output
                app.cli.explain: app.cli.options app.cli.text app.output
                app.cli.evaluate: app.cli.options app.cli.text app.output
                app.cli.model: app.cli.options app.cli.text
                app.cli.serve: app.cli.options app.cli.text
                app.cli.train: app.cli.options app.cli.text app.output
                app.experiment.table: app.experiment.conclusion app.experiment.run app.output
                app.cli.benchmark: app.cli.cost app.cli.options app.cli.text
                app.cli.prune: app.cli.options app.cli.text app.cli.train
                app.cli.pull: app.cli.cost app.cli.options app.cli.text app.pull
                app.cli.quantize: app.cli.options app.cli.text app.cli.train
                app.cli.search: app.cli.cost app.cli.options app.cli.text app.cli.train app.experiment.run app.output app.pull
                app.experiment: app.experiment.conclusion app.experiment.run app.experiment.table app.output
                app.cli.experiment: app.cli.cost app.cli.options app.cli.text app.cli.train app.experiment app.experiment.conclusion app.experiment.run app.experiment.table
                app.cli: app.cli.benchmark app.cli.classify app.cli.compare app.cli.cost app.cli.detect app.cli.embed app.cli.evaluate app.cli.experiment app.cli.explain app.cli.model app.cli.options app.cli.prune app.cli.pull app.cli.quantize app.cli.search app.cli.serve app.cli.text app.cli.train
                """);

        assertThat(packages.contradictions(Path.of("target/classes"))).isEmpty();
    }

    /// picocli sets fields and makes converters, Jackson reads records: what is closed to them fails only at run time.
    @Test
    void packagesOfCommandsAreOpenToPicocliAndJackson() {
        var module = PackagesTest.class.getModule().getDescriptor();
        var open = module.opens().stream()
                .filter(opens -> opens.targets().containsAll(Set.of("info.picocli", "tools.jackson.databind")))
                .map(Opens::source)
                .collect(toSet());

        assertThat(module.packages().stream().filter(name -> name.contains(".app.cli")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(open).contains(name));
    }
}
