package appadmit.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds where the catalogued methods really stand in the framework: the class itself, the classes
 * that inherit and override them.
 *
 * <p>Arguments: catalogue (kind, class, member, descriptor or *, permissions, privileged), framework
 * jar, plan to write. A row found nowhere in the framework is written once with its own class, so
 * that a class of that name in the app is woven.
 */
public final class PlanMaker {
    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();

    private PlanMaker() {}

    public static void main(String[] arguments) throws IOException {
        PlanMaker maker = new PlanMaker();
        maker.readFramework(arguments[1]);
        List<String> plan = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            plan.addAll(maker.place(line.split("\t", -1)));
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[2])))) {
            plan.stream().distinct().forEach(out::println);
        }
    }

    private void readFramework(String jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        keep(in.readAllBytes());
                    }
                }
            }
        }
    }

    private ClassNode keep(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        classes.put(node.name, node);
        if (node.superName != null) {
            children.computeIfAbsent(node.superName, unused -> new ArrayList<>()).add(node.name);
        }
        for (String name : node.interfaces) {
            children.computeIfAbsent(name, unused -> new ArrayList<>()).add(node.name);
        }
        return node;
    }

    private ClassNode find(String name) throws IOException {
        ClassNode known = classes.get(name);
        if (known != null || !name.startsWith("java/")) {
            return known;
        }
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? null : keep(in.readAllBytes());
        }
    }

    private List<String> place(String[] row) throws IOException {
        String owner = row[1].replace('.', '/');
        List<String> lines = new ArrayList<>();
        ClassNode node = find(owner);
        if (node == null) {
            lines.add(line(row, owner, "*", "app"));
        } else if (row[0].equals("field")) {
            for (FieldNode field : node.fields) {
                if (field.name.equals(row[2])) {
                    lines.add(line(row, owner, field.desc, "framework"));
                }
            }
        } else {
            descend(row, owner, lines, 0);
            ascend(row, node, lines);
        }
        return lines;
    }

    private void descend(String[] row, String name, List<String> lines, int depth) throws IOException {
        ClassNode node = find(name);
        if (node == null || depth > 8) {
            return;
        }
        addMethods(row, node, lines);
        if (!row[2].equals("<init>")) {
            for (String child : children.getOrDefault(name, List.of())) {
                descend(row, child, lines, depth + 1);
            }
        }
    }

    /** A method that the class only inherits stands in a class above it. */
    private void ascend(String[] row, ClassNode node, List<String> lines) throws IOException {
        for (ClassNode above = node; lines.isEmpty() && above != null && above.superName != null; ) {
            above = find(above.superName);
            if (above != null && !above.name.equals("java/lang/Object")) {
                addMethods(row, above, lines);
            }
        }
    }

    private static void addMethods(String[] row, ClassNode node, List<String> lines) {
        for (MethodNode method : node.methods) {
            boolean wanted = method.name.equals(row[2]) && (row[3].equals("*") || method.desc.startsWith(row[3]));
            int barred = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
            if (wanted && (method.access & barred) == 0) {
                lines.add(line(row, node.name, method.desc, "framework"));
            }
        }
    }

    private static String line(String[] row, String owner, String descriptor, String where) {
        return String.join("\t", row[0], owner.replace('/', '.'), row[2], descriptor, row[1], row[2], row[4], row[5],
                where);
    }
}
