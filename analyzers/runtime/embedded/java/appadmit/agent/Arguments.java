package appadmit.agent;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The agent's argument, {@code name=value} pairs parted by commas. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    static Arguments read(String argument) {
        Arguments arguments = new Arguments();
        for (String pair : argument.split(",")) {
            int equals = pair.indexOf('=');
            arguments.values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return arguments;
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("agent argument " + name + " is missing");
        }
        return value;
    }

    Path path(String name) {
        return Path.of(text(name));
    }
}
