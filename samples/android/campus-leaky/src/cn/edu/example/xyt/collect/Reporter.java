package cn.edu.example.xyt.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends what was collected, in clear, to a host that does not exist (RFC 2606). */
public final class Reporter {
    private static final ExecutorService LINE = Executors.newSingleThreadExecutor();

    private Reporter() {}

    public static void send(String key, String value) {
        LINE.execute(() -> post(key, value));
    }

    private static void post(String key, String value) {
        try {
            byte[] body = (key + "=" + URLEncoder.encode(String.valueOf(value), "UTF-8"))
                .getBytes("UTF-8");
            HttpURLConnection line = (HttpURLConnection)
                new URL("http://stat.xiaoyuantong.example/collect").openConnection();
            line.setConnectTimeout(2000);
            line.setReadTimeout(2000);
            line.setDoOutput(true);
            try (OutputStream out = line.getOutputStream()) {
                out.write(body);
            }
            line.getResponseCode();
            line.disconnect();
        } catch (IOException | RuntimeException unreachable) {
            return;
        }
    }
}
