package cn.example.weak;

import android.webkit.JavascriptInterface;
import android.webkit.WebSettings;
import android.webkit.WebView;

/** Settings and bridges of web views. */
public final class WebSettingsCases {
    private WebSettingsCases() {}

    public static void fileAccess(WebView view) {
        view.getSettings().setAllowFileAccess(true);
    }

    public static void fileUrls(WebSettings settings) {
        settings.setAllowFileAccessFromFileURLs(true);
    }

    public static void universalFileUrls(WebSettings settings) {
        boolean open = true;
        settings.setAllowUniversalAccessFromFileURLs(open);
    }

    public static void noFileAccess(WebView view) {
        view.getSettings().setAllowFileAccess(false);
    }

    public static void noFileUrls(WebSettings settings) {
        settings.setAllowFileAccessFromFileURLs(false);
        settings.setAllowUniversalAccessFromFileURLs(false);
    }

    public static void cacheOnly(WebSettings settings) {
        settings.setDatabaseEnabled(true);
    }

    public static void bridge(WebView view) {
        view.getSettings().setJavaScriptEnabled(true);
        view.addJavascriptInterface(new Bridge(), "campus");
        view.loadUrl("https://h5.campuspass.example/");
    }

    public static void bridgeOverCleartext(WebView view) {
        view.getSettings().setJavaScriptEnabled(true);
        view.addJavascriptInterface(new Bridge(), "pay");
        view.loadUrl("http://h5.campuspass.example/");
    }

    public static void bridgeForAnyPage(WebView view, String url) {
        view.addJavascriptInterface(new Bridge(), "app");
        view.loadUrl(url);
    }

    public static void scriptWithoutBridge(WebView view) {
        view.getSettings().setJavaScriptEnabled(true);
        view.loadUrl("https://www.campuspass.example/");
    }

    public static void bridgeRemoved(WebView view) {
        view.removeJavascriptInterface("searchBoxJavaBridge_");
        view.removeJavascriptInterface("accessibility");
    }

    public static void sameNameElsewhere(Registry registry) {
        registry.addJavascriptInterface(new Object(), "none");
    }

    /** Not a web view. */
    public static final class Registry {
        private int size;

        public void addJavascriptInterface(Object target, String name) {
            size += target == null || name == null ? 0 : 1;
        }

        public int size() {
            return size;
        }
    }

    static final class Bridge {
        @JavascriptInterface
        public String token() {
            return "";
        }
    }
}
