/// The command line. Nothing depends on it, so it exports nothing.
module org.mobilenet4j.app {
    requires org.mobilenet4j;
    requires org.mobilenet4j.defaultmodel; // what every command uses without `--model`
    requires org.mobilenet4j.formats;
    requires org.mobilenet4j.server; // what `serve` starts
    requires info.picocli; // the command line's syntax and help
    requires java.desktop; // writes pictures of curves and tables
    requires java.net.http; // `pull` fetches published models
    requires org.apache.commons.compress; // published models come as .tgz archives
    requires org.apache.commons.csv; // tables of results
    requires java.logging; // the log of `serve`
    requires org.knowm.xchart; // curves
    requires tools.jackson.databind; // `--format json` prints records
    requires static org.jspecify; // annotations for the compiler alone

    // picocli sets the fields of commands; Jackson reads the components of records.
    opens org.mobilenet4j.app.cli to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.benchmark to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.classify to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.compare to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.cost to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.detect to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.embed to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.evaluate to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.experiment to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.explain to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.model to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.options to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.prune to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.pull to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.quantize to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.search to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.serve to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.text to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.cli.train to
            info.picocli,
            tools.jackson.databind;
    opens org.mobilenet4j.app.experiment to
            tools.jackson.databind;
    opens org.mobilenet4j.app.experiment.conclusion to
            tools.jackson.databind;
    opens org.mobilenet4j.app.experiment.run to
            tools.jackson.databind;
    opens org.mobilenet4j.app.experiment.table to
            tools.jackson.databind;
    opens org.mobilenet4j.app.pull to
            tools.jackson.databind;
}
