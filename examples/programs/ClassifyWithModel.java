import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.mobilenet4j.classify.Classifier;

/// What a picture in memory shows, according to a model of any format that is read: `ClassifyWithModel MODEL PHOTO`.
class ClassifyWithModel {
    public static void main(String[] args) throws Exception {
        var classifier = Classifier.open(Path.of(args[0])); // .tflite, .onnx, .keras, .h5, .safetensors, ...
        var picture = ImageIO.read(new File(args[1]));
        for (var prediction : classifier.classify(picture, 3)) {
            System.out.printf("%-20s %.3f%n", prediction.label(), prediction.probability());
        }
    }
}
