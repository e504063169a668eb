import java.nio.file.Path;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;

/// What a photo shows, according to the default network: `ClassifyPhoto PHOTO`.
class ClassifyPhoto {
    public static void main(String[] args) throws Exception {
        var classifier = Classifier.open(DefaultModel.load());
        for (var prediction : classifier.classify(Path.of(args[0]), 3)) {
            System.out.println(prediction);
        }
    }
}
