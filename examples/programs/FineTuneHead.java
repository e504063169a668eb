import java.nio.file.Path;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.fit.FineTuning;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.file.Models;

/// Fits the default network's last layer to one's own classes, in seconds: `FineTuneHead PHOTOS MODEL`.
class FineTuneHead {
    public static void main(String[] args) throws Exception {
        var photos = DataSets.open(Path.of(args[0]));
        var fit = FineTuning.of(DefaultModel.load(), photos).headOnly().fit();
        System.out.println(fit);
        fit.unreadable().problems().forEach(System.err::println);
        Models.write(fit.model(), Path.of(args[1]));
    }
}
