package appadmit.driver;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/** The seeded values of this run, written by the parent as a properties file. */
final class Seeds {
    private static final Properties VALUES = new Properties();

    private Seeds() {}

    static synchronized Seeds read() {
        if (VALUES.isEmpty()) {
            try (Reader reader = Files.newBufferedReader(Path.of(System.getProperty("appadmit.seeds")))) {
                VALUES.load(reader);
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
        return new Seeds();
    }

    String text(String name) {
        String value = VALUES.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("seed " + name + " is missing");
        }
        return value;
    }

    static Set<String> dangerous() {
        return Set.of(read().text("dangerous").split(","));
    }
}
