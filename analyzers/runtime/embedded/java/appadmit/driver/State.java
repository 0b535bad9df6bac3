package appadmit.driver;

import android.content.Context;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What the app keeps on disk, carried from one start to the next through the parent. */
final class State {
    private static final int LARGEST = 16 << 20;
    private static final int PART = 512 << 10;

    private State() {}

    /** Lays back what the parent kept of an earlier start, if it did. */
    static void restore(Context context) throws IOException {
        Path kept = Path.of(System.getProperty("appadmit.state"));
        if (!Files.isRegularFile(kept)) {
            return;
        }
        Path root = Path.of(context.getApplicationInfo().dataDir).normalize();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(kept))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (target.startsWith(root)) {
                    Files.createDirectories(target.getParent());
                    Files.write(target, zip.readAllBytes());
                }
            }
        }
    }

    /** Sends the app's files to the parent in parts; too much is told and left out. */
    static void save(Context context) throws IOException {
        byte[] all = pack(Path.of(context.getApplicationInfo().dataDir));
        if (all.length > LARGEST) {
            Channel.send("state_too_large", new Line().put("bytes", all.length));
            return;
        }
        int parts = (all.length + PART - 1) / PART;
        for (int i = 0; i < parts; i++) {
            byte[] part = Arrays.copyOfRange(all, i * PART, Math.min(all.length, (i + 1) * PART));
            Channel.send("state", new Line()
                    .put("part", i)
                    .put("of", parts)
                    .put("bytes", Base64.getEncoder().encodeToString(part)));
        }
    }

    private static byte[] pack(Path root) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes); Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.limit(20_000)::iterator) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && bytes.size() <= LARGEST) {
                    zip.putNextEntry(new ZipEntry(root.relativize(path).toString()));
                    try (InputStream in = Files.newInputStream(path)) {
                        in.transferTo(zip);
                    }
                }
            }
        }
        return bytes.toByteArray();
    }
}
