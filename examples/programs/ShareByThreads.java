import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.image.ImageDecoder;

/// One classifier for 1,000 virtual threads, each of which classifies the photo: `ShareByThreads PHOTO`.
class ShareByThreads {
    public static void main(String[] args) throws Exception {
        var classifier = Classifier.open(DefaultModel.load());
        var photo = ImageDecoder.decode(Path.of(args[0]));
        var answers = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.submit(() ->
                        answers.merge(classifier.classify(photo, 1).getFirst().toString(), 1, Integer::sum));
            }
        }
        answers.forEach((answer, count) -> System.out.println(count + " threads: " + answer));
    }
}
