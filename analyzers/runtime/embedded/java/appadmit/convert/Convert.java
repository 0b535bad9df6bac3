package appadmit.convert;

import com.googlecode.d2j.dex.Dex2jar;
import com.googlecode.d2j.reader.MultiDexFileReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the dex files of packages into one jar.
 *
 * <p>Arguments: jar to write, then the packages. Standard output gets one JSON object: methods that
 * failed (they throw when run), number of classes, seconds.
 */
public final class Convert {
    private Convert() {}

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        Failures failures = new Failures();
        Set<String> classes = new HashSet<>();
        URI jar = URI.create("jar:" + Path.of(arguments[0]).toUri());
        Map<String, String> options = Map.of("create", "true", "noCompression", "true");
        try (FileSystem out = FileSystems.newFileSystem(jar, options)) {
            for (int i = 1; i < arguments.length; i++) {
                convert(Path.of(arguments[i]), out.getPath("/"), failures);
            }
            try (Stream<Path> paths = Files.walk(out.getPath("/"))) {
                paths.filter(path -> path.toString().endsWith(".class")).forEach(path -> classes.add(path.toString()));
            }
        }
        if (classes.isEmpty()) {
            throw new IOException("no class could be converted");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println("{\"failed\":" + failures.json() + ",\"classes\":" + classes.size() + ",\"seconds\":"
                + String.format(java.util.Locale.ROOT, "%.2f", seconds) + "}");
    }

    private static void convert(Path apk, Path out, Failures failures) throws IOException {
        byte[] bytes = Files.readAllBytes(apk);
        Dex2jar converter = Dex2jar.from(new RepairingReader(MultiDexFileReader.open(bytes)))
                .withExceptionHandler(failures)
                .topoLogicalSort()
                .skipDebug(false)
                .dontSanitizeNames(true);
        converter.doTranslate(out);
    }
}
