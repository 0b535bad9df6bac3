package appadmit.agent;

import appadmit.witness.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which methods and fields are woven, read from a table with the columns kind, class that declares
 * it, member, descriptor ({@code *} for any), class and member it stands for, permissions, privileged.
 */
final class Plan {
    private final List<Hook> hooks = new ArrayList<>();
    private final Map<String, Map<String, Integer>> methods = new HashMap<>();
    private final Map<String, Integer> fields = new HashMap<>();

    static Plan read(Path file) throws IOException {
        Plan plan = new Plan();
        for (String line : Files.readAllLines(file)) {
            String[] cell = line.split("\t", -1);
            String[] permissions = cell[6].isEmpty() ? new String[0] : cell[6].split(",");
            int number = plan.hooks.size();
            plan.hooks.add(new Hook(cell[4], cell[1], cell[5], cell[3], permissions, cell[7].equals("1")));
            String owner = cell[1].replace('.', '/');
            if (cell[0].equals("field")) {
                plan.fields.put(owner + "." + cell[2], number);
            } else {
                plan.methods.computeIfAbsent(owner, unused -> new HashMap<>()).put(cell[2] + cell[3], number);
            }
        }
        return plan;
    }

    List<Hook> hooks() {
        return hooks;
    }

    boolean watches(String owner) {
        return methods.containsKey(owner);
    }

    /** Gives the number of the hook on a method, or -1. */
    int method(String owner, String name, String descriptor) {
        Map<String, Integer> own = methods.get(owner);
        if (own == null) {
            return -1;
        }
        Integer exact = own.get(name + descriptor);
        return exact != null ? exact : own.getOrDefault(name + "*", -1);
    }

    /** Gives the number of the hook on a field, or -1. */
    int field(String owner, String name) {
        return fields.getOrDefault(owner + "." + name, -1);
    }

    /** Names the woven classes that the JVM itself brings. */
    Iterable<String> platformClasses() {
        TreeSet<String> own = new TreeSet<>();
        for (String owner : methods.keySet()) {
            if (owner.startsWith("java/")) {
                own.add(owner);
            }
        }
        return own;
    }
}
