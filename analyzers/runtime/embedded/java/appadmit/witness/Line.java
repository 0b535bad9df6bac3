package appadmit.witness;

/** Builds one line of JSON; keeps no state beyond its text. */
public final class Line {
    private final StringBuilder text = new StringBuilder(256).append('{');

    public Line put(String key, String value) {
        name(key);
        if (value == null) {
            text.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    public Line put(String key, long value) {
        name(key).append(value);
        return this;
    }

    public Line put(String key, boolean value) {
        name(key).append(value);
        return this;
    }

    public Line put(String key, Iterable<String> values) {
        name(key).append('[');
        char before = 0;
        for (String value : values) {
            if (before != 0) {
                text.append(before);
            }
            before = ',';
            quote(value == null ? "" : value);
        }
        text.append(']');
        return this;
    }

    /** Puts a value that is JSON already. */
    public Line putRaw(String key, String json) {
        name(key).append(json);
        return this;
    }

    /** Gives the text without the closing brace, so that a channel can add its own fields. */
    String open() {
        return text.toString();
    }

    /** Gives the finished object. */
    public String close() {
        return text + "}";
    }

    private StringBuilder name(String key) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(key);
        return text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c) || (c >= 0x2028 && c <= 0x2029)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
