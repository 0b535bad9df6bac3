package appadmit.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * Writes what a compiler must know of the framework: its classes without code, without the JDK's
 * own packages (which a compiler would see twice) and without the sandbox's marker interface.
 *
 * <p>Arguments: framework jar, jar to write.
 */
public final class StubJar {
    private static final String MARKER = "org/robolectric/internal/bytecode/ShadowedObject";

    private StubJar() {}

    public static void main(String[] arguments) throws IOException {
        try (ZipFile zip = new ZipFile(arguments[0]);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            out.setLevel(1);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                boolean wanted = name.startsWith("android/") || name.startsWith("dalvik/")
                        || name.startsWith("libcore/") || name.startsWith("com/android/internal/");
                if (wanted && name.endsWith(".class")) {
                    out.putNextEntry(new ZipEntry(name));
                    try (InputStream in = zip.getInputStream(entry)) {
                        out.write(strip(in.readAllBytes()));
                    }
                }
            }
        }
    }

    private static byte[] strip(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        node.interfaces.remove(MARKER);
        node.methods.removeIf(method -> method.name.startsWith("$$robo"));
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
