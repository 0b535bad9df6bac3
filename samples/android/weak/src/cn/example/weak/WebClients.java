package cn.example.weak;

import android.net.http.SslError;
import android.util.Log;
import android.webkit.SslErrorHandler;
import android.webkit.WebView;
import android.webkit.WebViewClient;

/** What a web view does when a certificate is wrong. */
public final class WebClients {
    private WebClients() {}

    public static final class Proceeds extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
            handler.proceed();
        }
    }

    public static final class LogsAndProceeds extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
            Log.w("Web", "certificate");
            handler.proceed();
        }
    }

    public static final class ProceedsInHelper extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
            goOn(handler);
        }

        private static void goOn(SslErrorHandler handler) {
            handler.proceed();
        }
    }

    public static final class Cancels extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
            handler.cancel();
        }
    }

    public static final class AsksParent extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
            super.onReceivedSslError(view, handler, error);
        }
    }

    /** Same name, another class: nothing to do with certificates. */
    public static final class Wizard {
        public void proceed() {
            Log.v("Wizard", "next page");
        }

        public void next() {
            proceed();
        }
    }
}
