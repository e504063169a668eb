import java.nio.file.Path;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.fit.Training;
import org.mobilenet4j.formats.dataset.DataSets;

/// Trains a small MobileNet on photos, a folder for each class: `TrainFromScratch PHOTOS MODEL EPOCHS`.
class TrainFromScratch {
    public static void main(String[] args) throws Exception {
        var photos = DataSets.open(Path.of(args[0]));
        var fit = Training.of(photos)
                .network(MobileNetV1.of(0.25, 64, photos.labels().size()).network())
                .epochs(Integer.parseInt(args[2]))
                .onEpoch(System.out::println)
                .into(Path.of(args[1])) // interrupted, the same program goes on from the checkpoint beside it
                .fit();
        System.out.println(fit);
    }
}
