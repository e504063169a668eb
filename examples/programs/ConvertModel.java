import java.nio.file.Path;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.tensor.ElementType;

/// Writes a model in another format, its weights as float16: `ConvertModel MODEL OUT`, such as `my.keras my.tflite`.
class ConvertModel {
    public static void main(String[] args) throws Exception {
        var model = Models.read(Path.of(args[0]));
        var losses = Models.write(model, Path.of(args[1]), ElementType.FLOAT16);
        System.out.println(model);
        losses.forEach(System.out::println); // what the format cannot hold
    }
}
