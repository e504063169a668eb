import java.nio.file.Path;
import org.mobilenet4j.compress.quantize.Quantization;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.file.Models;

/// Makes an int8 model, with ranges that photos show: `QuantizeModel MODEL PHOTOS OUT`.
class QuantizeModel {
    public static void main(String[] args) throws Exception {
        var model = Models.read(Path.of(args[0]));
        var photos = DataSets.photos(Path.of(args[1])); // their classes do not matter
        var small = Quantization.of(model, photos).perChannel().run();
        Models.write(small, Path.of(args[2]));
        System.out.println(small);
    }
}
