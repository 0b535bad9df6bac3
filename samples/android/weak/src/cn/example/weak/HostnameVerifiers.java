package cn.example.weak;

import android.util.Log;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSession;

/** Hostname verifiers; the decision lies in verify. */
public final class HostnameVerifiers {
    private HostnameVerifiers() {}

    public static final class AlwaysTrue implements HostnameVerifier {
        @Override
        public boolean verify(String host, SSLSession session) {
            return true;
        }
    }

    public static final class LogsAndAgrees implements HostnameVerifier {
        @Override
        public boolean verify(String host, SSLSession session) {
            Log.v("Net", host);
            return true;
        }
    }

    public static void installLambda(HttpsURLConnection line) {
        line.setHostnameVerifier((host, session) -> true);
    }

    public static final class ComparesName implements HostnameVerifier {
        @Override
        public boolean verify(String host, SSLSession session) {
            return "api.campuspass.example".equals(host);
        }
    }

    public static final class AsksDefault implements HostnameVerifier {
        @Override
        public boolean verify(String host, SSLSession session) {
            return HttpsURLConnection.getDefaultHostnameVerifier().verify(host, session);
        }
    }

    public static final class AlwaysFalse implements HostnameVerifier {
        @Override
        public boolean verify(String host, SSLSession session) {
            return false;
        }
    }
}
